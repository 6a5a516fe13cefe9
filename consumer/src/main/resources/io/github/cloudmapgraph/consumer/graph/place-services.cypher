UNWIND $rows AS row
MATCH (service:Service {arn: row.arn})
USING INDEX SEEK service:Service(arn)
MATCH (namespace:Namespace {arn: row.namespace_arn})
USING INDEX SEEK namespace:Namespace(arn)
MERGE (service)-[:IN_NAMESPACE]->(namespace)
