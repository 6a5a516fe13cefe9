MATCH (change:SyncChange {scope: $scope, version: $version})
RETURN change.kind AS kind, change.label AS label, change.name AS name
ORDER BY kind, label, name LIMIT $most
