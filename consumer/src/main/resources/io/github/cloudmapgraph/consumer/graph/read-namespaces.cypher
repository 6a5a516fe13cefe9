UNWIND $arns AS arn
MATCH (namespace:Namespace {arn: arn})
RETURN arn, properties(namespace) AS properties
