UNWIND $arns AS arn
MATCH (service:Service {arn: arn})
USING INDEX SEEK service:Service(arn)
RETURN service.arn AS arn, properties(service) AS properties,
  EXISTS {
    MATCH (service)-[:IN_NAMESPACE]->(namespace:Namespace {arn: service.namespace_arn})
    USING INDEX SEEK namespace:Namespace(arn)
  } AS in_namespace,
  [(service)-[dependency:DEP_ON]->(target:Service) WHERE dependency.sources IS NOT NULL |
    {target: target.arn, sources: dependency.sources}] AS dependencies
