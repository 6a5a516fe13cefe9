MATCH (service:Service {arn: $key})
MATCH (namespace:Namespace {arn: $parent})
MERGE (service)-[:IN_NAMESPACE]->(namespace)
