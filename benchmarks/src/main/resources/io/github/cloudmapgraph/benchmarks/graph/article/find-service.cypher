MATCH (service:Service {arn: $key})
RETURN service
