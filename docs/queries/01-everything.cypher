// Everything: which services are there, and how do they hang together?
MATCH (service:Service)
OPTIONAL MATCH (service)-[dependency:DEP_ON]->(target:Service)
RETURN service, dependency, target;
