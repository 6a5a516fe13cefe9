UNWIND $rows AS row
MERGE (service:Service {arn: row.key})
SET service += row.properties, service.update_id = $update_id
WITH row, service
MATCH (namespace:Namespace {arn: row.parent})
MERGE (service)-[in:IN_NAMESPACE]->(namespace)
SET in.update_id = $update_id
