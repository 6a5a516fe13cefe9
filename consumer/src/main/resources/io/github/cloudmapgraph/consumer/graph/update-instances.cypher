UNWIND $rows AS row
MATCH (instance:Instance {key: row.key})
SET instance += row.set
