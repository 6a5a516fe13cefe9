UNWIND $rows AS row
MATCH (namespace:Namespace {arn: row.namespace_arn})
CREATE (service:Service)-[:IN_NAMESPACE]->(namespace)
SET service = row.set
