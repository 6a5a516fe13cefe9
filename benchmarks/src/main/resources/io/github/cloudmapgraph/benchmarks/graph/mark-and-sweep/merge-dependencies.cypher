UNWIND $rows AS row
MATCH (service:Service {arn: row.key})
MATCH (target:Service {arn: row.target})
MERGE (service)-[dependency:DEP_ON]->(target)
SET dependency.sources = ['tag'], dependency.update_id = $update_id
