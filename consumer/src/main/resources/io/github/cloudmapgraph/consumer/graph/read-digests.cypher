MATCH (service:Service {scope: $scope})
RETURN service.arn AS arn, service.digest AS digest
