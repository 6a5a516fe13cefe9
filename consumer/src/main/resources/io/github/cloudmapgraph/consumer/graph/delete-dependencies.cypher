// What is between two nodes that are there already is found from both ends, whatever the counts: where many depend on one
// target, they are not gone through for each of them.
UNWIND $rows AS row
MATCH (service:Service {arn: row.arn})
USING INDEX SEEK service:Service(arn)
MATCH (target:Service {arn: row.target})
USING INDEX SEEK target:Service(arn)
WITH [(service)-[dependency:DEP_ON]->(target) WHERE dependency.sources IS NOT NULL | dependency] AS dependencies
FOREACH (dependency IN dependencies | DELETE dependency)
