UNWIND $arns AS arn
MATCH (namespace:Namespace {arn: arn})
USING INDEX SEEK namespace:Namespace(arn)
REMOVE namespace.updating
