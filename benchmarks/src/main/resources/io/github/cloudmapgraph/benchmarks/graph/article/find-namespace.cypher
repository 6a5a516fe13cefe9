MATCH (namespace:Namespace {arn: $key})
RETURN namespace
