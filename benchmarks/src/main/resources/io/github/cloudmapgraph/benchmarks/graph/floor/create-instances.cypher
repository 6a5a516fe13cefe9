CYPHER replan=skip
UNWIND $rows AS row
MATCH (service:Service {arn: row.parent})
CREATE (instance:Instance)-[:REGISTERED]->(service)
SET instance = row.set
