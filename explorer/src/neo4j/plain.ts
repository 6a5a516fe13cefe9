import neo4j from 'neo4j-driver-lite';
import type { Value } from '../model/types';

export interface PlainNode {
  readonly $node: string;
  readonly labels: readonly string[];
  readonly properties: Readonly<Record<string, Value>>;
}

export interface PlainRelationship {
  readonly $relationship: string;
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly properties: Readonly<Record<string, Value>>;
}

export interface PlainPath {
  readonly $path: readonly (PlainNode | PlainRelationship)[];
}

export type Plain = Value | PlainNode | PlainRelationship | PlainPath | readonly Plain[] | { readonly [key: string]: Plain };

/** Turns the driver's values into plain ones, free of its classes; times become texts as ISO 8601 has them. */
export function plain(value: unknown): Plain {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return value.map(plain) as Plain;
  if (neo4j.isNode(value as object)) {
    const node = value as InstanceType<typeof neo4j.types.Node>;
    return { $node: node.elementId, labels: node.labels, properties: properties(node.properties) };
  }
  if (neo4j.isRelationship(value as object)) {
    const found = value as InstanceType<typeof neo4j.types.Relationship>;
    return {
      $relationship: found.elementId,
      type: found.type,
      from: found.startNodeElementId,
      to: found.endNodeElementId,
      properties: properties(found.properties),
    };
  }
  if (neo4j.isPath(value as object)) {
    const path = value as InstanceType<typeof neo4j.types.Path>;
    const nodes = path.segments.length === 0 ? [path.start] : [path.start, ...path.segments.map((segment) => segment.end)];
    return { $path: [...nodes, ...path.segments.map((segment) => segment.relationship)].map(plain) as (PlainNode | PlainRelationship)[] };
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) {
    return Object.fromEntries(Object.entries(value as object).map(([key, each]) => [key, plain(each)])) as Plain;
  }
  return String(value);
}

function properties(raw: object): Record<string, Value> {
  return Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, plain(value) as Value]));
}

export function isNode(value: Plain): value is PlainNode {
  return typeof value === 'object' && value !== null && '$node' in value;
}

export function isRelationship(value: Plain): value is PlainRelationship {
  return typeof value === 'object' && value !== null && '$relationship' in value;
}

export function isPath(value: Plain): value is PlainPath {
  return typeof value === 'object' && value !== null && '$path' in value;
}
