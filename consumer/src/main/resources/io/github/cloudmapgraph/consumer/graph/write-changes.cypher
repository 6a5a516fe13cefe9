UNWIND $rows AS row
CREATE (change:SyncChange)
SET change = $common
SET change += row
