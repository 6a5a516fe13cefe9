UNWIND $rows AS row
MATCH (instance:Instance {key: row.key})
MATCH (service:Service {arn: row.arn})
MERGE (instance)-[:REGISTERED]->(service)
