// What did the last update change that changed anything?
// The newest 1,000 changes of each scope are kept: of a larger update not all are here.
MATCH (c:SyncChange)
WITH c.scope AS scope, max(c.version) AS version
MATCH (change:SyncChange {scope: scope, version: version})
OPTIONAL MATCH (service:Service {arn: change.key})
OPTIONAL MATCH (instance:Instance {key: change.key})
OPTIONAL MATCH (namespace:Namespace {arn: change.key})
RETURN change.at AS at, scope, change.kind AS kind, change.label AS label, change.name AS name,
  coalesce(service, instance, namespace) AS now
ORDER BY scope, kind, label, name;
