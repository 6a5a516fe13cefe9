UNWIND $rows AS row
MATCH (namespace:Namespace {arn: row.arn})
SET namespace += row.set
