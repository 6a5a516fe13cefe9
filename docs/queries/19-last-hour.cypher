// What changed in the last hour?
// $hours: how many hours to look back (default: 1)
// The newest 1,000 changes of each scope are kept.
MATCH (change:SyncChange)
WHERE change.at >= datetime() - duration({hours: $hours})
OPTIONAL MATCH (service:Service {arn: change.key})
OPTIONAL MATCH (instance:Instance {key: change.key})
OPTIONAL MATCH (namespace:Namespace {arn: change.key})
RETURN change.at AS at, change.scope AS scope, change.kind AS kind, change.label AS label, change.name AS name,
  coalesce(service, instance, namespace) AS now
ORDER BY change.version DESC, scope, kind, label, name;
