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
  /** Services that were read because they changed: perhaps while the update was still being applied, so they are read once more. */
  readonly unsure: ReadonlySet<string>;
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
  const beside = loadBeside(connection);
  const [digests, { namespaces, dependencies }] = await Promise.all([loadDigests(connection), beside]);
  return { graph: { namespaces, services: await loadServices(connection, undefined), dependencies }, digests, unsure: new Set() };
}

/** Reads what differs from what is known; what is the same stays the same object. */
export async function loadChanges(connection: Reader, known: Loaded): Promise<Loaded> {
  const [digests, { namespaces, dependencies }] = await Promise.all([loadDigests(connection), loadBeside(connection)]);
  const same = (arn: string, digest: Value) => digest !== null && known.digests.get(arn) === digest && known.graph.services.has(arn);
  const changed = [...digests].filter(([arn, digest]) => !same(arn, digest)).map(([arn]) => arn);
  const wanted = [...new Set([...changed, ...[...known.unsure].filter((arn) => digests.has(arn))])];
  const fresh = await loadServices(connection, wanted.length > MOST_BY_ARN ? undefined : wanted);
  const merged = new Map<string, Service>();
  for (const arn of digests.keys()) {
    const service = sameOrNew(known.graph.services.get(arn), fresh.get(arn));
    if (service !== undefined) merged.set(arn, service);
  }
  return { graph: { namespaces, services: merged, dependencies }, digests, unsure: new Set(changed) };
}

/** What no digest tells of: it is read whole each time, and so it need not wait for the digests. */
async function loadBeside(connection: Reader) {
  const [namespaces, dependencies] = await Promise.all([connection.read(statements.NAMESPACES), connection.read(statements.DEPENDENCIES)]);
  return { namespaces: toNamespaces(namespaces), dependencies: toDependencies(dependencies) };
}

async function loadDigests(connection: Reader): Promise<Map<string, Value>> {
  const fingerprints = await connection.read(statements.FINGERPRINTS);
  return new Map(listed(fingerprints, 'fingerprints').map(([arn, digest]) => [text(arn), digest ?? null]));
}

/** Reads the services of some ARNs; without any, all. */
async function loadServices(connection: Reader, arns: readonly string[] | undefined): Promise<Map<string, Service>> {
  if (arns?.length === 0) return new Map();
  const [services, healths] = await Promise.all(
    arns === undefined
      ? [connection.read(statements.SERVICES), connection.read(statements.HEALTHS)]
      : [connection.read(statements.SERVICES_OF_ARNS, { arns }), connection.read(statements.HEALTHS_OF_ARNS, { arns })],
  );
  const counted = countedHealths(healths!);
  const read = listed(services!, 'services').map((values) => toService(values, counted));
  return new Map(read.map((service) => [service.arn, service]));
}

function sameOrNew(known: Service | undefined, read: Service | undefined): Service | undefined {
  return known !== undefined && (read === undefined || JSON.stringify(known) === JSON.stringify(read)) ? known : read;
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
  const rows = await connection.read(statements.CHANGES, { most: Math.trunc(most) });
  return rows.flatMap((row) => row.changes as unknown as Change[]);
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
  const [arn, id, name, namespace, namespaceArn, scope, description, unresolved, tags] = values;
  const { instances = 0, healths = {}, kinds = [] } = counted.get(text(arn)) ?? {};
  return {
    arn: text(arn),
    id: text(id),
    name: text(name),
    namespace: text(namespace),
    namespaceArn: text(namespaceArn),
    scope: text(scope),
    instances,
    healths,
    kinds,
    unresolved: texts(unresolved),
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
