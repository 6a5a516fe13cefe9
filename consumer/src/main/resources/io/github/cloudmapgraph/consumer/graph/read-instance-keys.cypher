MATCH (instance:Instance {scope: $scope})
RETURN instance.key AS key
