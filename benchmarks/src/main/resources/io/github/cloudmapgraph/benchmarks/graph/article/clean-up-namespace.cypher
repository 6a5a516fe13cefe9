MATCH (namespace:Namespace {scope: $scope})
WHERE namespace.update_id <> $update_id
DETACH DELETE namespace
