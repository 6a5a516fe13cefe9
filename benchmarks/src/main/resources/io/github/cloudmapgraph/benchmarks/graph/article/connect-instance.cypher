MATCH (instance:Instance {key: $key})
MATCH (service:Service {arn: $parent})
MERGE (instance)-[:REGISTERED]->(service)
