// Which services depend on themselves, in a circle?
// Not every circle, of which there may be more than anybody could list, but for each service in one a shortest one.
MATCH (s:Service)
WHERE EXISTS { (s)-[:DEP_ON]->() } AND EXISTS { (s)<-[:DEP_ON]-() }
MATCH circle = ANY SHORTEST (s)-[:DEP_ON]->+(s)
WITH s, circle, COLLECT { UNWIND nodes(circle) AS n RETURN DISTINCT n.arn AS arn ORDER BY arn } AS members
ORDER BY s.namespace, s.name, s.arn
// Each of its services finds the same circle.
WITH members, head(collect(circle)) AS circle
RETURN [n IN nodes(circle) | n.namespace + '/' + n.name] AS services, length(circle) AS steps, circle
ORDER BY steps, services;
