UNWIND $arns AS arn
MATCH (service:Service {arn: arn})
USING INDEX SEEK service:Service(arn)
WHERE service.scope IN $scopes
WITH service, arn AS key, service.name AS name
DETACH DELETE service
RETURN key, name
