// What is in one namespace, and what do its services depend on?
// $namespace: the ARN of a namespace or its name
MATCH (n:Namespace)
WHERE n.arn = $namespace OR n.name = $namespace
OPTIONAL MATCH (n)<-[in:IN_NAMESPACE]-(s:Service)
OPTIONAL MATCH (s)-[d:DEP_ON]->(target:Service)
RETURN n, in, s, d, target
ORDER BY s.name, target.name;
