UNWIND $rows AS row
MATCH (service:Service {arn: row.arn})-[dependency:DEP_ON]->(target:Service {arn: row.target})
USING INDEX SEEK service:Service(arn)
USING INDEX SEEK target:Service(arn)
WHERE dependency.sources IS NOT NULL
DELETE dependency
