UNWIND $rows AS row
MATCH (service:Service {arn: row.arn})
UNWIND row.instances AS properties
CREATE (instance:Instance)
SET instance = properties
CREATE (instance)-[:REGISTERED]->(service)
