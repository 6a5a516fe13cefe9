UNWIND $arns AS arn
MATCH (service:Service {arn: arn})
USING INDEX SEEK service:Service(arn)
RETURN service.arn AS arn
