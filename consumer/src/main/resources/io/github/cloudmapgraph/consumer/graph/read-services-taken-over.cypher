UNWIND $arns AS arn
MATCH (:Namespace {arn: arn})<-[:IN_NAMESPACE]-(service:Service)
WHERE service.scope IN $scopes
RETURN service.arn AS arn
