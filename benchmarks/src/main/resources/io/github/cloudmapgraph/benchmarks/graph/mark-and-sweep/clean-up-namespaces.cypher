MATCH (namespace:Namespace {scope: $scope})
WHERE namespace.update_id <> $update_id
WITH namespace LIMIT $limit
DETACH DELETE namespace
RETURN count(*) AS deleted
