MATCH (service:Service {arn: $key})
SET service += $properties, service.update_id = $update_id
