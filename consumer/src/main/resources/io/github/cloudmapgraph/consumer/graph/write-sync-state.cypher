MATCH (state:SyncState {scope: $scope})
SET state += $properties
WITH state
UNWIND $changes AS change
CREATE (entry:SyncChange)
SET entry = $common
SET entry += change
