MATCH (instance:Instance {scope: $scope})
WHERE instance.update_id <> $update_id
WITH instance LIMIT $limit
DETACH DELETE instance
RETURN count(*) AS deleted
