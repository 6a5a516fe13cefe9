// From the namespace, whatever the counts: a scope's services are not gone through for each namespace.
UNWIND $arns AS arn
MATCH (namespace:Namespace {arn: arn})
USING INDEX SEEK namespace:Namespace(arn)
UNWIND [(namespace)<-[:IN_NAMESPACE]-(service) | service] AS service
WITH service
WHERE service:Service AND service.scope IN $scopes
RETURN service.arn AS arn
