UNWIND $arns AS arn
MATCH (namespace:Namespace {arn: arn, scope: $scope})
USING INDEX SEEK namespace:Namespace(arn)
DETACH DELETE namespace
