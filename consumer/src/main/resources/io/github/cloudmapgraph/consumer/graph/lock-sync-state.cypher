// Takes the write lock that orders the updates of a scope. Reading its version is for the next statement: one that both
// locks and compares may read before it locks.
MERGE (state:SyncState {scope: $scope})
SET state.updating = $update_id
