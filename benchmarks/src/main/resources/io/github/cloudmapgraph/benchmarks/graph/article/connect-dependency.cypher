MATCH (service:Service {arn: $key})
MATCH (target:Service {arn: $target})
MERGE (service)-[dependency:DEP_ON]->(target)
SET dependency.sources = ['tag']
