MATCH (service:Service {scope: $scope})
WHERE service.update_id <> $update_id
WITH service LIMIT $limit
DETACH DELETE service
RETURN count(*) AS deleted
