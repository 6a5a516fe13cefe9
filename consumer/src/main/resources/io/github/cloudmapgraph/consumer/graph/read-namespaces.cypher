MATCH (namespace:Namespace)
WHERE namespace.arn IN $arns OR namespace.scope = $scope
RETURN namespace.arn AS arn, properties(namespace) AS properties
