// Takes the write lock that orders the updates of a scope, and reads under it: what stands after WITH is done after SET.
MERGE (state:SyncState {scope: $scope})
SET state.updating = $update_id
WITH state
RETURN properties(state) AS properties, collect { MATCH (namespace:Namespace {scope: $scope}) RETURN namespace.arn } AS namespaces
