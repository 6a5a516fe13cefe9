MATCH (change:SyncChange {scope: $scope})
WITH change ORDER BY change.version DESC
SKIP $keep
DETACH DELETE change
