MATCH (service:Service {scope: $scope})
OPTIONAL MATCH (service)<-[:REGISTERED]-(instance:Instance)
WITH service, instance ORDER BY instance.key
WITH service, collect(instance {.name, .health, .kind, properties: properties(instance)}) AS instances
RETURN service.arn AS arn, service.namespace AS namespace, service.name AS name, instances,
  coalesce(service.unresolved_dependencies, []) AS unresolved,
  COLLECT {
    MATCH (service)-[dependency:DEP_ON]->(target:Service)
    RETURN {namespace: target.namespace, name: target.name, arn: target.arn, sources: coalesce(dependency.sources, [])}
    ORDER BY target.namespace, target.name
  } AS dependencies
ORDER BY namespace, name
