UNWIND $arns AS arn
MATCH (namespace:Namespace {arn: arn})<-[:IN_NAMESPACE]-(service:Service)
USING INDEX SEEK namespace:Namespace(arn)
WHERE service.scope IN $scopes
RETURN service.arn AS arn
