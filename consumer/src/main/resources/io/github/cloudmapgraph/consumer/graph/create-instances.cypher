UNWIND $rows AS row
MATCH (service:Service {arn: row.arn})
USING INDEX SEEK service:Service(arn)
UNWIND row.instances AS properties
CREATE (instance:Instance)-[:REGISTERED]->(service)
SET instance = row.common
SET instance += properties
