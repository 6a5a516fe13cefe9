UNWIND $arns AS arn
MATCH (service:Service {arn: arn})
RETURN service.arn AS arn
