import { addCounts, healthOfService } from './health';
import { groupBy } from './group';
import { inOrder } from './name';
import { partition } from './partition';
import type { Graph, Health, HealthCounts, Instance, Properties, Service } from './types';

/** As many services as are drawn one by one; more are drawn as namespaces, and parts of them. */
export const MOST_SERVICES = 300;
/** As many as are drawn when a person opens one namespace after the other; then the ones opened first fold up. */
const MOST_OPENED = 600;
/** So many arrows between aggregates, or one for each of them, can be told apart: the thickest; the others are drawn for who looks for them. */
export const MOST_BUNDLES = 40;
/** As many as are drawn for who asks for all of them. */
const MOST_OF_ALL_BUNDLES = 2_000;
/** More instances of a service than this are listed in its details only. */
export const MOST_INSTANCES = 40;

interface NodeBase {
  readonly id: string;
  readonly label: string;
  readonly parent?: string;
}

/** A namespace, or a part of it, as a box around what is drawn of it. */
export interface BoxNode extends NodeBase {
  readonly kind: 'namespace' | 'part';
  readonly services: number;
  readonly detail: string;
}

/** A namespace, or a part of it, as one node. */
export interface AggregateNode extends NodeBase {
  readonly kind: 'aggregate';
  readonly of: 'namespace' | 'part';
  readonly services: readonly string[];
  readonly instances: number;
  readonly healths: Readonly<Partial<Record<Health, number>>>;
  readonly unresolved: number;
}

export interface ServiceNode extends NodeBase {
  readonly kind: 'service';
  readonly service: Service;
  readonly health: Health;
}

export interface InstanceNode extends NodeBase {
  readonly kind: 'instance';
  readonly instance: Instance;
}

/** What somebody depends on and is not there. */
export interface UnresolvedNode extends NodeBase {
  readonly kind: 'unresolved';
}

/** What people added to the graph, and a question brought. */
export interface OtherNode extends NodeBase {
  readonly kind: 'other';
  readonly labels: readonly string[];
  readonly properties: Properties;
}

export type PictureNode = BoxNode | AggregateNode | ServiceNode | InstanceNode | UnresolvedNode | OtherNode;

export interface PictureEdge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly kind: 'dependency' | 'bundle' | 'unresolved' | 'registered' | 'other';
  readonly sources: readonly string[];
  /** How many dependencies it stands for. */
  readonly count: number;
  readonly label: string;
  /** Whether it is one of the thinner arrows, drawn because all are. */
  readonly faint?: boolean;
}

export interface Picture {
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
  /** How many services it stands for, drawn one by one or not. */
  readonly services: number;
  readonly drawnServices: number;
  /** Whether some services stand in an aggregate. */
  readonly aggregated: boolean;
  /** Arrows between aggregates that are not drawn as long as nobody points at one of their ends: the thinner ones. */
  readonly thin: readonly PictureEdge[];
  /** How many instances are not drawn of services whose instances are. */
  readonly hiddenInstances: number;
}

export interface OtherRelationship {
  readonly from: string;
  readonly to: string;
  readonly type: string;
}

export interface PictureOptions {
  /** Ids of namespaces and parts that a person opened, in that order. */
  readonly open: readonly string[];
  /** Namespaces that a person folded up. */
  readonly closed: readonly string[];
  /** The instances of services that a person opened. */
  readonly instances: ReadonlyMap<string, readonly Instance[]>;
  /** Whether the thinner arrows between aggregates are drawn too. */
  readonly allArrows?: boolean;
  readonly others?: readonly OtherNode[];
  readonly otherRelationships?: readonly OtherRelationship[];
}

const TYPE_NAMES: Readonly<Record<string, string>> = { HTTP: 'HTTP', DNS_PRIVATE: 'private DNS', DNS_PUBLIC: 'public DNS' };

export function typeName(type: unknown): string {
  return typeof type === 'string' ? (TYPE_NAMES[type] ?? type) : '';
}

/** Draws the given services of a graph: one by one where they are few, folded into namespaces and parts where they are many. */
export function pictureOf(graph: Graph, services: readonly Service[], options: PictureOptions): Picture {
  const nodes: PictureNode[] = [];
  /** By which node a service is shown. */
  const shownBy = new Map<string, string>();
  const drawn = new Set<string>();
  let hiddenInstances = 0;
  const byNamespace = groupBy(services, (service) => service.namespaceArn);
  const opened = openedWithin(byNamespace, services.length, options);

  const name = (arn: string) => graph.namespaces.get(arn)?.name ?? byNamespace.get(arn)![0]!.namespace;
  for (const [arn, members] of [...byNamespace].sort(([a], [b]) => inOrder(name(a), name(b)))) {
    const namespace = graph.namespaces.get(arn);
    const label = name(arn);
    if (opened.has(arn)) {
      nodes.push({ kind: 'namespace', id: arn, label, services: members.length, detail: typeName(namespace?.properties.type) });
      drawInside(arn, members);
    } else {
      aggregate('namespace', arn, label, members, undefined);
    }
  }

  function drawInside(parent: string, members: readonly Service[]): void {
    if (members.length <= MOST_SERVICES) {
      for (const service of members) drawService(service, parent);
      return;
    }
    for (const part of partition(members, (service) => service.name, MOST_SERVICES)) {
      const id = `${parent}#${part.key}`;
      if (part.items.length === 1) {
        drawService(part.items[0]!, parent);
      } else if (options.open.includes(id)) {
        nodes.push({ kind: 'part', id, parent, label: part.label, services: part.items.length, detail: '' });
        drawInside(id, part.items);
      } else {
        aggregate('part', id, part.label, part.items, parent);
      }
    }
  }

  function drawService(service: Service, parent: string): void {
    nodes.push({ kind: 'service', id: service.arn, parent, label: service.name, service, health: healthOfService(service) });
    shownBy.set(service.arn, service.arn);
    drawn.add(service.arn);
    const instances = options.instances.get(service.arn) ?? [];
    hiddenInstances += Math.max(0, instances.length - MOST_INSTANCES);
    for (const instance of instances.slice(0, MOST_INSTANCES)) {
      nodes.push({ kind: 'instance', id: instance.key, parent, label: instance.name, instance });
    }
  }

  function aggregate(of: 'namespace' | 'part', id: string, label: string, members: readonly Service[], parent: string | undefined): void {
    const healths: Partial<Record<Health, number>> = {};
    for (const service of members) {
      const health = healthOfService(service);
      healths[health] = (healths[health] ?? 0) + 1;
      shownBy.set(service.arn, id);
    }
    const instances = members.reduce((sum, service) => sum + service.instances, 0);
    const unresolved = members.reduce((sum, service) => sum + service.unresolved.length, 0);
    const arns = members.map((service) => service.arn);
    nodes.push({ kind: 'aggregate', of, id, label, services: arns, instances, healths, unresolved, ...(parent === undefined ? {} : { parent }) });
  }

  const { edges, thin } = edgesBetween(graph, shownBy, drawn, nodes, options.allArrows === true, Math.max(MOST_BUNDLES, nodes.filter((node) => node.kind === 'aggregate').length));
  drawUnresolved(services, drawn, nodes, edges);
  drawInstances(nodes, edges);
  drawOthers(options, nodes, edges);
  return { nodes, edges, services: services.length, drawnServices: drawn.size, aggregated: drawn.size < services.length, thin, hiddenInstances };
}

/** The namespaces that are drawn open: all where that is not too much, else those that were opened last. */
function openedWithin(byNamespace: ReadonlyMap<string, readonly Service[]>, total: number, options: PictureOptions): Set<string> {
  const closed = new Set(options.closed);
  if (total <= MOST_SERVICES) return new Set([...byNamespace.keys()].filter((arn) => !closed.has(arn)));
  const opened = new Set<string>();
  let room = MOST_OPENED;
  for (const id of [...options.open].reverse()) {
    const size = byNamespace.get(id)?.length;
    if (size === undefined || closed.has(id)) continue;
    room -= Math.min(size, MOST_SERVICES);
    if (room < 0) break;
    opened.add(id);
  }
  return opened;
}

/**
 * Dependencies between drawn services, and bundles of all others. A bundle ends at the whole box that its services stand in, as
 * long as that does not hold the other end: an arrow from each service to each aggregate would be a hairball.
 */
function edgesBetween(graph: Graph, shownBy: ReadonlyMap<string, string>, drawn: ReadonlySet<string>, nodes: readonly PictureNode[], all: boolean, most: number) {
  const endOf = bundleEnds(nodes);
  const edges: PictureEdge[] = [];
  const bundles = new Map<string, { source: string; target: string; count: number; sources: Set<string> }>();
  for (const { from, to, sources } of graph.dependencies) {
    const source = shownBy.get(from);
    const target = shownBy.get(to);
    if (source === undefined || target === undefined) continue;
    if (drawn.has(from) && drawn.has(to)) {
      edges.push({ id: `${from} ${to}`, source, target, kind: 'dependency', sources, count: 1, label: '' });
    } else if (source !== target) {
      const ends = { source: endOf(source, target), target: endOf(target, source) };
      const id = `${ends.source} ${ends.target}`;
      let bundle = bundles.get(id);
      if (bundle === undefined) bundles.set(id, (bundle = { ...ends, count: 0, sources: new Set() }));
      bundle.count++;
      for (const each of sources) bundle.sources.add(each);
    }
  }
  // Whoever opened a box looks at what leads there; between those that are as thick, the names decide, so that none comes and goes.
  const opened = new Set(nodes.filter((node) => node.kind === 'namespace' || node.kind === 'part').map((node) => node.id));
  const leadsThere = ({ source, target }: { source: string; target: string }) => Number(opened.has(source) || opened.has(target));
  const sorted = [...bundles]
    .sort(([a, one], [b, other]) => leadsThere(other) - leadsThere(one) || other.count - one.count || (a < b ? -1 : 1))
    .map(([id, { source, target, count, sources }]): PictureEdge => ({ id, source, target, kind: 'bundle', sources: [...sources].sort(), count, label: String(count) }));
  edges.push(...sorted.slice(0, most));
  if (!all) return { edges, thin: sorted.slice(most) };
  edges.push(...sorted.slice(most, MOST_OF_ALL_BUNDLES).map((edge) => ({ ...edge, faint: true })));
  return { edges, thin: sorted.slice(Math.max(most, MOST_OF_ALL_BUNDLES)) };
}

/** Gives the outermost box of a node that does not hold the other one; the node itself where there is none. */
export function bundleEnds(nodes: readonly PictureNode[]): (id: string, other: string) => string {
  const parents = new Map(nodes.map((node) => [node.id, node.parent]));
  const pathOf = (id: string) => {
    const path = [id];
    for (let box = parents.get(id); box !== undefined; box = parents.get(box)) path.push(box);
    return path;
  };
  return (id, other) => {
    const around = new Set(pathOf(other));
    return pathOf(id).findLast((box) => !around.has(box)) ?? id;
  };
}

function drawUnresolved(services: readonly Service[], drawn: ReadonlySet<string>, nodes: PictureNode[], edges: PictureEdge[]): void {
  const parents = new Map(nodes.map((node) => [node.id, node.parent]));
  const ghosts = new Set<string>();
  for (const service of services) {
    if (!drawn.has(service.arn)) continue;
    const parent = parents.get(service.arn)!;
    for (const target of service.unresolved) {
      const id = `unresolved:${parent}:${target}`;
      if (!ghosts.has(id)) {
        ghosts.add(id);
        nodes.push({ kind: 'unresolved', id, parent, label: target });
      }
      edges.push({ id: `${service.arn} ${id}`, source: service.arn, target: id, kind: 'unresolved', sources: [], count: 1, label: '' });
    }
  }
}

function drawInstances(nodes: readonly PictureNode[], edges: PictureEdge[]): void {
  for (const node of nodes) {
    if (node.kind !== 'instance') continue;
    const service = serviceOfKey(node.id);
    edges.push({ id: `${node.id} registered`, source: node.id, target: service, kind: 'registered', sources: [], count: 1, label: '' });
  }
}

function drawOthers(options: PictureOptions, nodes: PictureNode[], edges: PictureEdge[]): void {
  nodes.push(...(options.others ?? []));
  const ids = new Set(nodes.map((node) => node.id));
  for (const { from, to, type } of options.otherRelationships ?? []) {
    if (!ids.has(from) || !ids.has(to)) continue;
    edges.push({ id: `${from} ${type} ${to}`, source: from, target: to, kind: 'other', sources: [], count: 1, label: type });
  }
}

/** The service that an instance's key belongs to: its ARN holds just one slash, an instance's id may hold more. */
export function serviceOfKey(key: string): string {
  const slash = key.indexOf('/', key.indexOf('/') + 1);
  return slash < 0 ? key : key.slice(0, slash);
}

/** What has to be open for a service to be drawn by itself. */
export function pathTo(service: Service, services: readonly Service[]): string[] {
  const path = [service.namespaceArn];
  let members = services.filter((each) => each.namespaceArn === service.namespaceArn);
  while (members.length > MOST_SERVICES) {
    const part = partition(members, (each) => each.name, MOST_SERVICES).find((each) => each.items.includes(service));
    if (part === undefined || part.items.length === members.length) break;
    path.push(`${path[path.length - 1]}#${part.key}`);
    members = [...part.items];
  }
  return path;
}

export function healthsOf(services: Iterable<Service>): HealthCounts {
  let sum: HealthCounts = {};
  for (const service of services) sum = addCounts(sum, service.healths);
  return sum;
}

