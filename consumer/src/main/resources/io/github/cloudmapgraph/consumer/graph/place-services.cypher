UNWIND $rows AS row
MATCH (service:Service {arn: row.arn})
MATCH (namespace:Namespace {arn: row.namespace_arn})
MERGE (service)-[:IN_NAMESPACE]->(namespace)
