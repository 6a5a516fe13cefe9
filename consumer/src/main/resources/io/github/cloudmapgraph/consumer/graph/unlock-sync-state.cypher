MATCH (state:SyncState {scope: $scope})
REMOVE state.updating
