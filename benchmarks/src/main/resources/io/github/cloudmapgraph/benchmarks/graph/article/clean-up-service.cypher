MATCH (service:Service {scope: $scope})
WHERE service.update_id <> $update_id
DETACH DELETE service
