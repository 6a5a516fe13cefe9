MATCH (state:SyncState {scope: $scope})
RETURN properties(state) AS properties, collect { MATCH (namespace:Namespace {scope: $scope}) RETURN namespace.arn } AS namespaces
