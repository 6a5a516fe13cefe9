// Everything that tells whether a service may be left as it is; no instance is read. The counts of relationships come from
// the service node itself.
MATCH (service:Service {scope: $scope})
RETURN service.arn AS arn, service.digest AS digest, service.name AS name, service.namespace AS namespace,
  service.namespace_arn AS namespace_arn,
  count { (service)<-[:REGISTERED]-() } AS registered,
  count { (service)-[dependency:DEP_ON]->() WHERE dependency.sources IS NOT NULL } AS dependencies,
  EXISTS {
    MATCH (service)-[:IN_NAMESPACE]->(namespace:Namespace {arn: service.namespace_arn})
    USING INDEX SEEK namespace:Namespace(arn)
  } AS in_namespace
