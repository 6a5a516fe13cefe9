UNWIND $rows AS row
MATCH (service:Service {arn: row.arn})
SET service += row.set
