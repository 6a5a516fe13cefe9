CYPHER replan=skip
UNWIND $rows AS row
MATCH (service:Service {arn: row.arn})
MATCH (target:Service {arn: row.target})
CREATE (service)-[:DEP_ON {sources: row.sources}]->(target)
