import type { Change, Dependency, Graph, HealthCounts, Instance, InstanceHealth, Namespace, Properties, ScopeState, Service, Value } from '../model/types';
import { INSTANCE_HEALTHS } from '../model/types';
import type { Reader, Row } from './connection';
import * as statements from './statements';

/** More changed services than this are read with all others rather than by their ARNs. */
const MOST_BY_ARN = 1_000;

const OWNED = new Set([
  'arn', 'id', 'name', 'namespace', 'namespace_arn', 'type', 'description', 'scope', 'update_id', 'digest', 'instance_count',
  'unresolved_dependencies', 'dns_routing_policy', 'dns_records', 'health_check', 'health_check_type', 'health_check_path',
  'health_check_failure_threshold', 'synced_properties',
]);

/** The graph, with what tells what of it changed since. */
export interface Loaded {
  readonly graph: Graph;
  readonly digests: ReadonlyMap<string, Value>;
}

export async function loadStates(connection: Reader): Promise<ScopeState[]> {
  return (await connection.read(statements.STATES)).map((row) => toState(row.state as Properties));
}

/** A text that differs when an update was applied, or held back. */
export async function loadVersions(connection: Reader): Promise<string> {
  return JSON.stringify(await connection.read(statements.VERSIONS, {}, 10_000));
}

/**
 * Reads everything but instances. The digests are read before what they are of: an update that comes between leaves older digests than
 * content, which only has it read once more. The other way round, content would stay older than its digest says.
 */
export async function loadAll(connection: Reader): Promise<Loaded> {
  const digests = digestsOf(await connection.read(statements.FINGERPRINTS));
  const [namespaces, services, healths, dependencies] = await Promise.all([
    connection.read(statements.NAMESPACES),
    connection.read(statements.SERVICES),
    connection.read(statements.HEALTHS),
    connection.read(statements.DEPENDENCIES),
  ]);
  const counted = countedHealths(healths);
  const all = listed(services, 'services').map((values) => toService(values, counted));
  return {
    graph: { namespaces: toNamespaces(namespaces), services: new Map(all.map((service) => [service.arn, service])), dependencies: toDependencies(dependencies) },
    digests,
  };
}

function digestsOf(fingerprints: readonly Row[]): Map<string, Value> {
  return new Map(listed(fingerprints, 'fingerprints').map(([arn, digest]) => [text(arn), digest ?? null]));
}

/** Reads what differs from what is known; what is the same stays the same object. */
export async function loadChanges(connection: Reader, known: Loaded): Promise<Loaded> {
  const digests = digestsOf(await connection.read(statements.FINGERPRINTS));
  const same = (arn: string, digest: Value) => digest !== null && known.digests.get(arn) === digest && known.graph.services.has(arn);
  const changed = [...digests].filter(([arn, digest]) => !same(arn, digest)).map(([arn]) => arn);
  if (changed.length > MOST_BY_ARN) return loadAll(connection);
  const [namespaces, services, healths, dependencies] = await Promise.all([
    connection.read(statements.NAMESPACES),
    connection.read(statements.SERVICES_OF_ARNS, { arns: changed }),
    connection.read(statements.HEALTHS_OF_ARNS, { arns: changed }),
    connection.read(statements.DEPENDENCIES),
  ]);
  const counted = countedHealths(healths);
  const fresh = new Map(listed(services, 'services').map((values) => toService(values, counted)).map((service) => [service.arn, service]));
  const merged = new Map<string, Service>();
  for (const arn of digests.keys()) {
    const service = fresh.get(arn) ?? known.graph.services.get(arn);
    if (service !== undefined) merged.set(arn, service);
  }
  return { graph: { namespaces: toNamespaces(namespaces), services: merged, dependencies: toDependencies(dependencies) }, digests };
}

/** What is read of a service only when it is opened. */
export interface Opened {
  readonly properties: Properties;
  readonly instances: readonly Instance[];
}

export async function loadOpened(connection: Reader, arn: string): Promise<Opened> {
  const [properties, instances] = await Promise.all([
    connection.read(statements.PROPERTIES, { arn }),
    connection.read(statements.INSTANCES, { arn }),
  ]);
  return {
    properties: (properties[0]?.properties ?? {}) as Properties,
    instances: instances.map((row) => toInstance(row.instance as Properties)),
  };
}

export async function loadRecentChanges(connection: Reader, most: number): Promise<Change[]> {
  return (await connection.read(statements.CHANGES, { most: Math.trunc(most) })) as unknown as Change[];
}

function text(value: Value | undefined): string {
  return value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}

function texts(value: Value | undefined): string[] {
  return Array.isArray(value) ? (value as readonly Value[]).map(text) : [];
}

function number(value: Value | undefined): number {
  return typeof value === 'number' ? value : 0;
}

function toState(state: Properties): ScopeState {
  return {
    scope: text(state.scope),
    version: number(state.version),
    capturedAt: typeof state.captured_at === 'string' ? withoutZoneName(state.captured_at) : null,
    appliedAt: typeof state.applied_at === 'string' ? withoutZoneName(state.applied_at) : null,
    added: number(state.added),
    changed: number(state.changed),
    removed: number(state.removed),
    heldBack: number(state.held_back),
    heldBackOf: number(state.held_back_of),
    heldBackSeen: number(state.held_back_seen),
    heldByOthers: texts(state.held_by_others_arns),
    denied: texts(state.denied_namespaces),
  };
}

/** Neo4j writes `2026-11-25T12:00:00Z[UTC]`, which Date does not read, and nanoseconds, of which it reads the first three digits. */
function withoutZoneName(time: string): string {
  return time.replace(/\[.*\]$/, '').replace(/(\.\d{3})\d+/, '$1');
}

function toNamespaces(rows: readonly Row[]): Map<string, Namespace> {
  return new Map(
    rows.map((row) => {
      const properties = row.namespace as Properties;
      const arn = text(properties.arn);
      return [arn, { arn, name: text(properties.name), scope: text(properties.scope), properties }];
    }),
  );
}

function toDependencies(rows: readonly Row[]): Dependency[] {
  return listed(rows, 'dependencies').map(([from, to, sources]) => ({ from: text(from), to: text(to), sources: texts(sources) }));
}

interface Counted {
  readonly healths: HealthCounts;
  readonly kinds: readonly string[];
  readonly instances: number;
}

function countedHealths(rows: readonly Row[]): Map<string, Counted> {
  const counting = new Map<string, { healths: Record<string, number>; kinds: Map<string, number>; instances: number }>();
  for (const [serviceArn, healthOfSome, kindOfSome, count] of listed(rows, 'healths')) {
    const arn = text(serviceArn);
    let counted = counting.get(arn);
    if (counted === undefined) counting.set(arn, (counted = { healths: {}, kinds: new Map(), instances: 0 }));
    const instances = number(count);
    const health = (INSTANCE_HEALTHS as readonly string[]).includes(String(healthOfSome)) ? String(healthOfSome) : 'UNKNOWN';
    const kind = typeof kindOfSome === 'string' ? kindOfSome : 'other';
    counted.healths[health] = (counted.healths[health] ?? 0) + instances;
    counted.kinds.set(kind, (counted.kinds.get(kind) ?? 0) + instances);
    counted.instances += instances;
  }
  const mostFirst = (kinds: Map<string, number>) => [...kinds].sort(([a, m], [b, n]) => n - m || a.localeCompare(b)).map(([kind]) => kind);
  return new Map([...counting].map(([arn, { healths, kinds, instances }]) => [arn, { healths, kinds: mostFirst(kinds), instances }]));
}

function toService(values: readonly Value[], counted: ReadonlyMap<string, Counted>): Service {
  const [arn, id, name, namespace, namespaceArn, scope, description, unresolved, , tags] = values;
  const { instances = 0, healths = {}, kinds = [] } = counted.get(text(arn)) ?? {};
  return {
    ...{ arn: text(arn), id: text(id), name: text(name), namespace: text(namespace), namespaceArn: text(namespaceArn), scope: text(scope) },
    ...{ instances, healths, kinds, unresolved: texts(unresolved) },
    tags: Object.fromEntries((tags as [string, Value][]).map(([key, value]) => [key, text(value)])),
    description: text(description),
  };
}

/** The items of all rows: each row holds a list of them. */
function listed(rows: readonly Row[], column: string): (readonly Value[])[] {
  return rows.flatMap((row) => row[column] as readonly (readonly Value[])[]);
}

/** What people added to a service, beside what the sync writes. */
export function peoplesOwn(service: Service, properties: Properties): [string, Value][] {
  return Object.entries(properties).filter(([key]) => !OWNED.has(key) && !Object.hasOwn(service.tags, key));
}

export function toInstance(properties: Properties): Instance {
  const synced = new Set(texts(properties.synced_properties));
  const health = text(properties.health);
  return {
    key: text(properties.key),
    name: text(properties.name),
    health: (INSTANCE_HEALTHS as readonly string[]).includes(health) ? (health as InstanceHealth) : 'UNKNOWN',
    kind: text(properties.kind) || 'other',
    attributes: Object.fromEntries(Object.entries(properties).filter(([key]) => synced.has(key)).map(([key, value]) => [key, text(value)])),
    properties,
  };
}
