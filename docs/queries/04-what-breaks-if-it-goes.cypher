// What breaks if this service goes: who depends on it, directly or through others?
// $service: the ARN of a service or its name
MATCH (gone:Service)
WHERE gone.arn = $service OR gone.name = $service
MATCH path = (gone)<-[:DEP_ON*0..]-(affected:Service)
// min() lets Neo4j visit each service once; else it would follow every way, and a dense graph has billions.
WITH affected, min(length(path)) AS steps
RETURN affected.namespace AS namespace, affected.name AS name, steps, affected AS service,
  [(affected)<-[d:DEP_ON]-(:Service) | d] AS dependents
ORDER BY steps, namespace, name;
