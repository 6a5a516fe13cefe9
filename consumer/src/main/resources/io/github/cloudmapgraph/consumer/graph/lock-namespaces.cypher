// In ARN order, so that two scopes that share namespaces never wait for each other in a circle. All are locked when they have
// been collected, so what is read of them is what this update finds.
UNWIND $arns AS arn
MATCH (namespace:Namespace {arn: arn})
SET namespace.updating = $update_id
WITH collect(namespace) AS locked
RETURN [namespace IN locked | properties(namespace)] AS namespaces
