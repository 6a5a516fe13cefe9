MATCH (state:SyncState {scope: $scope})
SET state += $properties
