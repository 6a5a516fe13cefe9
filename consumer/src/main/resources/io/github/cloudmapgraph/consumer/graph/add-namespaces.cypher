UNWIND $arns AS arn
MERGE (namespace:Namespace {arn: arn})
SET namespace.updating = $update_id
