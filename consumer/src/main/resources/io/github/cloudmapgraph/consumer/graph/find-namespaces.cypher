MATCH (namespace:Namespace {scope: $scope})
RETURN namespace.arn AS arn
