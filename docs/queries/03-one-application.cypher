// What makes up one application: a service, all that it needs, and the instances behind it?
// $service: the ARN of the service where the application begins, or its name
MATCH (entry:Service)
WHERE entry.arn = $service OR entry.name = $service
MATCH (entry)-[:DEP_ON*0..]->(part:Service)
// DISTINCT lets Neo4j visit each service once; else it would follow every way, and a dense graph has billions.
WITH DISTINCT part
OPTIONAL MATCH (part)-[d:DEP_ON]->(needed:Service)
OPTIONAL MATCH (part)<-[r:REGISTERED]-(i:Instance)
RETURN part, d, needed, r, i
ORDER BY part.namespace, part.name, needed.name, i.name;
