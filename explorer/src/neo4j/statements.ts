/** The statements of the page: few, read-only, with bound parameters. */

/** Tells whether anything may have changed; asked every two seconds, and touches a node per scope. */
export const VERSIONS = `
MATCH (state:SyncState)
RETURN state.scope AS scope, state.version AS version, toString(state.held_back_at) AS held_back_at
ORDER BY scope`;

export const STATES = `
MATCH (state:SyncState)
RETURN properties(state) AS state
ORDER BY state.scope`;

export const NAMESPACES = `
MATCH (namespace:Namespace)
RETURN properties(namespace) AS namespace`;

/** What the picture, filters and search need; columns rather than maps, so that names of properties do not come 5,000 times. */
const SERVICE_COLUMNS = `service.arn AS arn, service.id AS id, service.name AS name, service.namespace AS namespace,
  service.namespace_arn AS namespace_arn, service.scope AS scope, service.description AS description,
  service.unresolved_dependencies AS unresolved,
  [key IN coalesce(service.synced_properties, []) | [key, service[key]]] AS tags`;

export const SERVICES = `
MATCH (service:Service)
RETURN ${SERVICE_COLUMNS}`;

export const SERVICES_OF_ARNS = `
UNWIND $arns AS arn
MATCH (service:Service {arn: arn})
RETURN ${SERVICE_COLUMNS}`;

/** Everything of one service, for its details. */
export const PROPERTIES = `
MATCH (service:Service {arn: $arn})
RETURN properties(service) AS properties`;

/** The digest is of all that the sync writes for a service, its instances included: what has the same one is the same. */
export const FINGERPRINTS = `
MATCH (service:Service)
RETURN service.arn AS arn, service.digest AS digest`;

/** One row per service, health and kind; 50,000 instances become some thousand rows. */
export const HEALTHS = `
MATCH (service:Service)<-[:REGISTERED]-(instance:Instance)
RETURN service.arn AS arn, instance.health AS health, instance.kind AS kind, count(*) AS instances`;

export const HEALTHS_OF_ARNS = `
UNWIND $arns AS arn
MATCH (service:Service {arn: arn})<-[:REGISTERED]-(instance:Instance)
RETURN service.arn AS arn, instance.health AS health, instance.kind AS kind, count(*) AS instances`;

export const DEPENDENCIES = `
MATCH (service:Service)-[dependency:DEP_ON]->(target:Service)
RETURN service.arn AS from, target.arn AS to, coalesce(dependency.sources, []) AS sources`;

export const INSTANCES = `
MATCH (:Service {arn: $arn})<-[:REGISTERED]-(instance:Instance)
RETURN properties(instance) AS instance
ORDER BY instance.name`;

export const CHANGES = `
MATCH (change:SyncChange)
RETURN change.scope AS scope, change.version AS version, toString(change.at) AS at, change.kind AS kind,
  change.label AS label, change.key AS key, change.name AS name
ORDER BY version DESC, kind, label, name
LIMIT $most`;

/** Ids, kinds and attributes of instances; services themselves are searched in the page. Each service comes once, by an instance. */
export const SEARCH_INSTANCES = `
MATCH (service:Service)
CALL (service) {
  MATCH (instance:Instance)-[:REGISTERED]->(service)
  WITH instance, [key IN ['name', 'kind'] + coalesce(instance.synced_properties, [])
    WHERE toLower(key + '=' + toStringOrNull(instance[key])) CONTAINS $text | key] AS found
  WHERE size(found) > 0
  WITH instance, found[0] AS key LIMIT 1
  RETURN CASE key WHEN 'name' THEN 'instance ' + instance.name ELSE key + '=' + toStringOrNull(instance[key]) END AS because
}
RETURN service.arn AS arn, because LIMIT $most`;

/** The services that have an instance with an attribute, of a value or of any. People may have given an instance a list, which is no text. */
export const WITH_ATTRIBUTE = `
MATCH (instance:Instance)
WHERE instance[$key] IS NOT NULL AND ($value IS NULL OR toStringOrNull(instance[$key]) = $value)
MATCH (instance)-[:REGISTERED]->(service:Service)
RETURN DISTINCT service.arn AS arn`;
