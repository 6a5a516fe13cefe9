UNWIND $rows AS row
MERGE (instance:Instance {key: row.key})
SET instance += row.properties, instance.update_id = $update_id
WITH row, instance
MATCH (service:Service {arn: row.parent})
MERGE (instance)-[registered:REGISTERED]->(service)
SET registered.update_id = $update_id
