MATCH (state:SyncState {scope: $scope})
WHERE coalesce(state.version, 0) < $version AND coalesce(state.held_back_version, 0) < $version
SET state += $held_back
