UNWIND $arns AS arn
MATCH (service:Service {arn: arn})
DETACH DELETE service
