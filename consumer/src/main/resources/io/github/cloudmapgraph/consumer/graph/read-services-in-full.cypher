UNWIND $arns AS arn
MATCH (service:Service {arn: arn})
RETURN service.arn AS arn, properties(service) AS properties,
  EXISTS { (service)-[:IN_NAMESPACE]->(:Namespace {arn: service.namespace_arn}) } AS in_namespace,
  [(service)-[dependency:DEP_ON]->(target:Service) WHERE dependency.sources IS NOT NULL |
    {target: target.arn, sources: dependency.sources}] AS dependencies
