// In ARN order, so that two scopes that share namespaces never wait for each other in a circle.
UNWIND $arns AS arn
MATCH (namespace:Namespace {arn: arn})
SET namespace.updating = $update_id
