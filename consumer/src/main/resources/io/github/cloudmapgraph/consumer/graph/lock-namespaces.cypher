// In ARN order, so that two scopes that share namespaces do not wait for each other in a circle. (They may where a shared one is
// made by both just now, while one of them loses another: Neo4j then ends one, which is tried again.) All are locked when
// they have been collected, so what is read of them is what this update finds.
UNWIND $arns AS arn
MATCH (namespace:Namespace {arn: arn})
USING INDEX SEEK namespace:Namespace(arn)
SET namespace.updating = $update_id
WITH collect(namespace) AS locked
RETURN [namespace IN locked | properties(namespace)] AS namespaces
