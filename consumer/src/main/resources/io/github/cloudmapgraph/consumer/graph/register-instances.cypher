UNWIND $rows AS row
MATCH (instance:Instance {key: row.key})
USING INDEX SEEK instance:Instance(key)
MATCH (service:Service {arn: row.arn})
USING INDEX SEEK service:Service(arn)
MERGE (instance)-[:REGISTERED]->(service)
