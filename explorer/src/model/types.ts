/** What the explorer knows of the graph: the field's terms, free of the driver and of the view. */

/** The health of one instance, as Cloud Map tells it. */
export type InstanceHealth = 'HEALTHY' | 'UNHEALTHY' | 'UNKNOWN' | 'NO_CHECK';

export const INSTANCE_HEALTHS: readonly InstanceHealth[] = ['UNHEALTHY', 'UNKNOWN', 'HEALTHY', 'NO_CHECK'];

/** The health of a service, by its instances: the worst that one of them is in. */
export type Health = 'unhealthy' | 'unknown' | 'healthy' | 'no-check' | 'no-instance';

/** Worst first. */
export const HEALTHS: readonly Health[] = ['unhealthy', 'unknown', 'no-instance', 'healthy', 'no-check'];

export type HealthCounts = Readonly<Partial<Record<InstanceHealth, number>>>;

export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

export type Properties = Readonly<Record<string, Value>>;

export interface Namespace {
  readonly arn: string;
  readonly name: string;
  readonly scope: string;
  readonly properties: Properties;
}

export interface Service {
  readonly arn: string;
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  readonly namespaceArn: string;
  readonly scope: string;
  readonly instances: number;
  readonly healths: HealthCounts;
  /** What is registered, most frequent first. */
  readonly kinds: readonly string[];
  readonly unresolved: readonly string[];
  /** Tags and service attributes: the graph holds both under their own names. */
  readonly tags: Readonly<Record<string, string>>;
  readonly description: string;
}

export interface Instance {
  readonly key: string;
  readonly name: string;
  readonly health: InstanceHealth;
  readonly kind: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly properties: Properties;
}

export interface Dependency {
  readonly from: string;
  readonly to: string;
  /** `tag`, `attribute`; empty where a person drew the relationship. */
  readonly sources: readonly string[];
}

/** A `SyncState` node. */
export interface ScopeState {
  readonly scope: string;
  readonly version: number;
  readonly capturedAt: string | null;
  readonly appliedAt: string | null;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly heldBack: number;
  readonly heldBackOf: number;
  readonly heldBackSeen: number;
  readonly heldByOthers: readonly string[];
  readonly denied: readonly string[];
}

/** A `SyncChange` node. */
export interface Change {
  readonly scope: string;
  readonly version: number;
  readonly at: string;
  readonly kind: string;
  readonly label: string;
  readonly key: string;
  readonly name: string;
}

export interface Graph {
  readonly namespaces: ReadonlyMap<string, Namespace>;
  readonly services: ReadonlyMap<string, Service>;
  readonly dependencies: readonly Dependency[];
}

export const EMPTY_GRAPH: Graph = { namespaces: new Map(), services: new Map(), dependencies: [] };
