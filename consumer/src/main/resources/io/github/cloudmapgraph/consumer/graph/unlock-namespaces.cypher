UNWIND $arns AS arn
MATCH (namespace:Namespace {arn: arn})
REMOVE namespace.updating
