UNWIND $arns AS arn
MATCH (service:Service {arn: arn})
WHERE service.scope IN $scopes
DETACH DELETE service
