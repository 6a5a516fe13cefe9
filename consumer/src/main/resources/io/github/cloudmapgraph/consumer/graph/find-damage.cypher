// What is there of the scope's part of the graph, to be compared with what SyncState counted. No instance is read: the counts
// of a service's relationships come from its node, and those of all instances from the store. Dependencies are counted
// for all scopes together, along their type: to look at whose each is takes as long again as all of the rest.
MATCH (service:Service {scope: $scope})
WITH count(service) AS services,
  count(CASE WHEN count { (service)<-[:REGISTERED]-() } = service.instance_count
    AND count { (service)-[:IN_NAMESPACE]->() } = 1 THEN 1 END) AS complete
MATCH (state:SyncState)
WITH services, complete, sum(state.dependencies) AS dependencies
RETURN services, complete, count { (:Namespace {scope: $scope}) } AS namespaces,
  count { MATCH ()-[dependency:DEP_ON]->() WHERE dependency.sources IS NOT NULL } <> dependencies AS dependencies_differ,
  count { (:Instance) } <> count { (:Instance)-[:REGISTERED]->() } AS unregistered
