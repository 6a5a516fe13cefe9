// Locks those that are there, as lock-namespaces.cypher does. The counts are the store's own: no node is read.
UNWIND $arns AS arn
MERGE (namespace:Namespace {arn: arn})
SET namespace.updating = $update_id
WITH collect(namespace) AS locked
RETURN [namespace IN locked | properties(namespace)] AS namespaces,
  count { (:Service) } + count { (:Instance) } + count { (:SyncChange) } AS nodes
