// How are two services connected, whichever way the dependencies point?
// $from: the ARN of a service or its name
// $to: the ARN of another service or its name
MATCH (from:Service)
WHERE from.arn = $from OR from.name = $from
MATCH (to:Service)
WHERE (to.arn = $to OR to.name = $to) AND from <> to
MATCH path = shortestPath((from)-[:DEP_ON*]-(to))
RETURN [n IN nodes(path) | n.namespace + '/' + n.name] AS way, length(path) AS steps, path
ORDER BY steps, way;
