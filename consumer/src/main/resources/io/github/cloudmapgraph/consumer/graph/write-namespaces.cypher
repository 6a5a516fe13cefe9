UNWIND $rows AS row
MATCH (namespace:Namespace {arn: row.arn})
USING INDEX SEEK namespace:Namespace(arn)
SET namespace += row.set
