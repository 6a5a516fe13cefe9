// What is there of the scope's part of the graph, to be compared with what SyncState counted. No instance is read: the counts
// of a service's relationships come from its node, and those of all instances from the store. Dependencies are counted the
// quicker way where every Service is this scope's, and every DEP_ON begins at one.
MATCH (service:Service {scope: $scope})
WITH service, count { (service)<-[:REGISTERED]-() } AS registered
WITH count(service) AS services,
  sum(registered) AS instances,
  count(CASE WHEN registered = service.instance_count AND count { (service)-[:IN_NAMESPACE]->() } = 1 THEN 1 END) AS complete
RETURN services, instances, complete,
  CASE WHEN count { (:Service) } = services AND count { ()-[:DEP_ON]->() } = count { (:Service)-[:DEP_ON]->() }
    THEN count { MATCH ()-[dependency:DEP_ON]->() WHERE dependency.sources IS NOT NULL }
    ELSE count { MATCH (:Service {scope: $scope})-[dependency:DEP_ON]->() WHERE dependency.sources IS NOT NULL }
  END AS dependencies,
  count { (:Namespace {scope: $scope}) } AS namespaces,
  count { (:Instance) } <> count { (:Instance)-[:REGISTERED]->() } AS unregistered
