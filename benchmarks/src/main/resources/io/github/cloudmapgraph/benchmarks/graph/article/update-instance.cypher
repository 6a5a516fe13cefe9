MATCH (instance:Instance {key: $key})
SET instance += $properties, instance.update_id = $update_id
