// What does this service need, directly or through others?
// $service: the ARN of a service or its name
MATCH (s:Service)
WHERE s.arn = $service OR s.name = $service
MATCH path = (s)-[:DEP_ON*0..]->(needed:Service)
// min() lets Neo4j visit each service once; else it would follow every way, and a dense graph has billions.
WITH needed, min(length(path)) AS steps
RETURN needed.namespace AS namespace, needed.name AS name, steps, needed AS service,
  [(needed)-[d:DEP_ON]->(:Service) | d] AS needs
ORDER BY steps, namespace, name;
