UNWIND $rows AS row
CREATE (change:SyncChange)
SET change = row
