MATCH (instance:Instance {key: $key})
RETURN instance
