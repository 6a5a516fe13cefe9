UNWIND $rows AS row
MATCH (namespace:Namespace {arn: row.namespace_arn})
USING INDEX SEEK namespace:Namespace(arn)
CREATE (service:Service)-[:IN_NAMESPACE]->(namespace)
SET service = row.set
WITH service, row
UNWIND row.instances AS properties
CREATE (instance:Instance)-[:REGISTERED]->(service)
SET instance = row.common
SET instance += properties
