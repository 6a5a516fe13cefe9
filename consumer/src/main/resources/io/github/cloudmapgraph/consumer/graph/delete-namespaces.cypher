UNWIND $arns AS arn
MATCH (namespace:Namespace {arn: arn, scope: $scope})
DETACH DELETE namespace
