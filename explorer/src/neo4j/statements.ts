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

/**
 * Hands out what was collected in lists of a thousand: each row is a message of its own, and to a browser 5,000 of them are seconds
 * where five are not felt.
 */
const inLists = (collected: string, each: string, name: string) => `
UNWIND range(0, size(${collected}) - 1, 1000) AS start
RETURN [item IN ${collected}[start..start + 1000] | ${each}] AS ${name}`;

/** What the picture, filters and search need; values in an order, so that names of properties do not come 5,000 times. */
const SERVICE = `[item.arn, item.id, item.name, item.namespace, item.namespace_arn, item.scope, item.description,
  item.unresolved_dependencies,
  [key IN coalesce(item.synced_properties, []) | [key, item[key]]]]`;

export const SERVICES = `
MATCH (service:Service)
WITH collect(service) AS services${inLists('services', SERVICE, 'services')}`;

export const SERVICES_OF_ARNS = `
UNWIND $arns AS arn
MATCH (service:Service {arn: arn})
WITH collect(service) AS services${inLists('services', SERVICE, 'services')}`;

/** Everything of one service, for its details. */
export const PROPERTIES = `
MATCH (service:Service {arn: $arn})
RETURN properties(service) AS properties`;

/** The digest is of all that the sync writes for a service, its instances included: what has the same one is the same. */
export const FINGERPRINTS = `
MATCH (service:Service)
WITH collect([service.arn, service.digest]) AS fingerprints${inLists('fingerprints', 'item', 'fingerprints')}`;

/** One item per service, health and kind; 50,000 instances become some thousand. */
const COUNTED = `
MATCH (service)<-[:REGISTERED]-(instance:Instance)
WITH service, instance.health AS health, instance.kind AS kind, count(*) AS instances
WITH collect([service.arn, health, kind, instances]) AS healths${inLists('healths', 'item', 'healths')}`;

export const HEALTHS = `
MATCH (service:Service)${COUNTED}`;

export const HEALTHS_OF_ARNS = `
UNWIND $arns AS arn
MATCH (service:Service {arn: arn})${COUNTED}`;

export const DEPENDENCIES = `
MATCH (service:Service)-[dependency:DEP_ON]->(target:Service)
WITH collect([service.arn, target.arn, coalesce(dependency.sources, [])]) AS dependencies${inLists('dependencies', 'item', 'dependencies')}`;

export const INSTANCES = `
MATCH (:Service {arn: $arn})<-[:REGISTERED]-(instance:Instance)
RETURN properties(instance) AS instance
ORDER BY instance.name`;

export const CHANGES = `
MATCH (change:SyncChange)
WITH change ORDER BY change.version DESC, change.kind, change.label, change.name LIMIT $most
RETURN collect({scope: change.scope, version: change.version, at: toString(change.at), kind: change.kind,
  label: change.label, key: change.key, name: change.name}) AS changes`;

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
