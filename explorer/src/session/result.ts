import type { OtherNode, OtherRelationship } from '../model/picture';
import { serviceOfKey } from '../model/picture';
import type { Instance, Value } from '../model/types';
import type { Row } from '../neo4j/connection';
import { toInstance } from '../neo4j/load';
import { isNode, isPath, isRelationship, type Plain, type PlainNode, type PlainRelationship } from '../neo4j/plain';

/** The answer to a question: what of it is drawn, and what is a table. */
export interface QueryResult {
  readonly query: string;
  readonly state: 'running' | 'done' | 'failed';
  readonly message: string;
  /** How many rows it has, whatever is drawn of them. */
  readonly count: number;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Value[])[];
  /** Services to draw; empty where the answer holds no nodes. */
  readonly services: ReadonlySet<string>;
  readonly instances: ReadonlyMap<string, readonly Instance[]>;
  readonly others: readonly OtherNode[];
  readonly relationships: readonly OtherRelationship[];
}

const OURS = new Set(['DEP_ON', 'IN_NAMESPACE', 'REGISTERED']);

export function resultOf(query: string, columns: readonly string[], rows: readonly Row[]): QueryResult {
  const nodes = new Map<string, PlainNode>();
  const relationships = new Map<string, PlainRelationship>();
  const drawnColumns = new Set<string>();
  for (const row of rows) {
    for (const column of columns) if (collect(row[column] ?? null, nodes, relationships)) drawnColumns.add(column);
  }
  const ids = new Map<string, string>();
  const services = new Set<string>();
  const instances = new Map<string, Instance[]>();
  const others: OtherNode[] = [];
  for (const node of nodes.values()) {
    const id = idOf(node);
    ids.set(node.$node, id);
    if (node.labels.includes('Service')) services.add(id);
    else if (node.labels.includes('Instance')) {
      const service = serviceOfKey(id);
      services.add(service);
      instances.set(service, [...(instances.get(service) ?? []), toInstance(node.properties)]);
    } else if (!node.labels.includes('Namespace')) {
      others.push({ kind: 'other', id, label: text(node.properties.name ?? ''), labels: node.labels, properties: node.properties });
    }
  }
  const drawn = [...relationships.values()].flatMap(({ type, from, to }) => {
    const [source, target] = [ids.get(from), ids.get(to)];
    return OURS.has(type) || source === undefined || target === undefined ? [] : [{ from: source, to: target, type }];
  });
  const table = columns.filter((column) => !drawnColumns.has(column));
  return {
    query,
    state: 'done',
    message: '',
    count: rows.length,
    columns: table,
    rows: table.length === 0 ? [] : rows.map((row) => table.map((column) => (row[column] ?? null) as Value)),
    services,
    instances,
    others,
    relationships: drawn,
  };
}

export function emptyResult(query: string, state: QueryResult['state'], message: string): QueryResult {
  return { query, state, message, count: 0, columns: [], rows: [], services: new Set(), instances: new Map(), others: [], relationships: [] };
}

function idOf(node: PlainNode): string {
  const { arn, key } = node.properties;
  if (node.labels.includes('Instance') && typeof key === 'string') return key;
  return typeof arn === 'string' ? arn : `node:${node.$node}`;
}

/** Puts what a value holds of nodes and relationships aside; false where it holds none. */
function collect(value: Plain, nodes: Map<string, PlainNode>, relationships: Map<string, PlainRelationship>): boolean {
  if (isNode(value)) {
    nodes.set(value.$node, value);
    return true;
  }
  if (isRelationship(value)) {
    relationships.set(value.$relationship, value);
    return true;
  }
  if (isPath(value)) return value.$path.map((part) => collect(part, nodes, relationships)).length > 0;
  if (Array.isArray(value)) return value.map((each) => collect(each as Plain, nodes, relationships)).some((found) => found);
  return false;
}

function text(value: Value): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
