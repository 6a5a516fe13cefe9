// What is there of the scope's part of the graph, to be compared with what SyncState counted. No instance is read: the counts
// of a service's relationships come from its node, and those of all instances from the store.
MATCH (service:Service {scope: $scope})
WITH service, count { (service)<-[:REGISTERED]-() } AS registered
WITH count(service) AS services,
  sum(registered) AS instances,
  count(CASE WHEN registered = service.instance_count AND count { (service)-[:IN_NAMESPACE]->() } = 1 THEN 1 END) AS complete
RETURN services, instances, complete,
  count { MATCH (:Service {scope: $scope})-[dependency:DEP_ON]->() WHERE dependency.sources IS NOT NULL } AS dependencies,
  count { (:Namespace {scope: $scope}) } AS namespaces,
  count { (:Instance) } <> count { (:Instance)-[:REGISTERED]->() } AS unregistered
