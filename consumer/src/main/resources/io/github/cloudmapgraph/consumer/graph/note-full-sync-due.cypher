// A person's order came with a snapshot that was overtaken: the next update carries it out.
MATCH (state:SyncState {scope: $scope})
SET state.full_sync_due = true
REMOVE state.updating
