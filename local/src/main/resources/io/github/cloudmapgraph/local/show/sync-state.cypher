MATCH (state:SyncState {scope: $scope})
RETURN properties(state) AS state
