UNWIND $rows AS row
MATCH (instance:Instance {key: row.key})
USING INDEX SEEK instance:Instance(key)
SET instance += row.set
