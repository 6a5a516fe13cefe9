MATCH (instance:Instance {scope: $scope})
WHERE instance.update_id <> $update_id
DETACH DELETE instance
