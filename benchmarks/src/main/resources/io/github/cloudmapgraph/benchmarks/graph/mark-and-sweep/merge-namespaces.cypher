UNWIND $rows AS row
MERGE (namespace:Namespace {arn: row.key})
SET namespace += row.properties, namespace.update_id = $update_id
