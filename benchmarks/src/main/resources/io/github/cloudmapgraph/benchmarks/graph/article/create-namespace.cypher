CREATE (namespace:Namespace {arn: $key})
SET namespace += $properties, namespace.update_id = $update_id
