UNWIND $rows AS row
MATCH (service:Service {arn: row.arn})-[dependency:DEP_ON]->(:Service {arn: row.target})
WHERE dependency.sources IS NOT NULL
DELETE dependency
