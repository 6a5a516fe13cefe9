UNWIND $rows AS row
MATCH (service:Service {arn: row.arn})
USING INDEX SEEK service:Service(arn)
SET service += row.set
