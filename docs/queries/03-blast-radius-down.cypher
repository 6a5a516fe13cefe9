// On whom does it depend, all the way down?
// $service: the service's ARN or name
MATCH path = (service:Service)-[:DEP_ON*1..]->(needed:Service)
WHERE service.arn = $service OR service.name = $service
RETURN path, needed.namespace AS namespace, needed.name AS name;
