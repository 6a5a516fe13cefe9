import { Graph as DagreGraph, layout as dagreLayout } from '@dagrejs/dagre';
import { groupBy } from '../model/group';
import type { Picture, PictureEdge, PictureNode } from '../model/picture';
import { AGGREGATE, sizeOf, type Size } from './sizes';

export interface Point {
  readonly x: number;
  readonly y: number;
}

const PADDING = 32;
const TITLE = 0;
const GAP = 26;
const BOX_GAP = 52;
/** Beyond, layers take longer than people wait, and tell them nothing. */
const MOST_EDGES_IN_LAYERS = 420;

export interface Placed extends Size {
  /** Of the leaves inside, relative to the centre. */
  readonly leaves: ReadonlyMap<string, Point>;
  /** By `source target`: where an arrow that crosses layers goes, from its source's middle to its target's, between the nodes. */
  readonly bends: ReadonlyMap<string, readonly Point[]>;
}

const NO_BENDS: ReadonlyMap<string, readonly Point[]> = new Map();

/**
 * Places every node that is no box: in layers along the dependencies, boxes by themselves first.
 *
 * @param aspect width by height of what it is seen in
 */
export function placeAll(picture: Picture, aspect: number): Placed {
  const children = childrenOf(picture.nodes);
  const parents = new Map(picture.nodes.map((node) => [node.id, node.parent]));
  return placeInside(undefined, children, parents, picture.edges, aspect);
}

/** Places the inside of one box, around its centre. */
export function placeBox(picture: Picture, box: string, aspect: number): Placed {
  const parents = new Map(picture.nodes.map((node) => [node.id, node.parent]));
  return placeInside(box, childrenOf(picture.nodes), parents, picture.edges, aspect);
}

type Children = ReadonlyMap<string | undefined, readonly PictureNode[]>;

function childrenOf(nodes: readonly PictureNode[]): Children {
  const children = new Map<string | undefined, PictureNode[]>();
  for (const node of nodes) {
    const siblings = children.get(node.parent);
    if (siblings === undefined) children.set(node.parent, [node]);
    else siblings.push(node);
  }
  return children;
}

function placeInside(
  box: string | undefined,
  children: Children,
  parents: ReadonlyMap<string, string | undefined>,
  edges: readonly PictureEdge[],
  aspect: number,
): Placed {
  const items = new Map<string, Placed>();
  for (const node of children.get(box) ?? []) {
    items.set(node.id, isBox(node) ? placeInside(node.id, children, parents, edges, 1.7) : leaf(node));
  }
  const links = lift(edges, items, parents, box);
  const linked = new Set(links.flat());
  const connected = [...items.keys()].filter((id) => linked.has(id));
  const alone = [...items.keys()].filter((id) => !linked.has(id));
  const blocks: Placed[] = [];
  // Arrows between aggregates lead everywhere: layers of them are a long thin line, rows are a map.
  const folded = (children.get(box) ?? []).some((node) => node.kind === 'aggregate');
  if (connected.length > 0 && !folded && links.length <= MOST_EDGES_IN_LAYERS) {
    blocks.push(inParts(connected, links, items, aspect));
  } else if (folded) {
    // In the order of their names, whatever arrows are drawn: on a map, each has its place.
    alone.splice(0, alone.length, ...items.keys());
  } else {
    alone.unshift(...byWeight(connected, links));
  }
  if (alone.length > 0) blocks.push(inRows(alone, items, aspect, blocks[0]?.width ?? 0));
  return stack(blocks, items, box === undefined);
}

function isBox(node: PictureNode): boolean {
  return node.kind === 'namespace' || node.kind === 'part';
}

function leaf(node: PictureNode): Placed {
  return { ...sizeOf(node), leaves: new Map([[node.id, { x: 0, y: 0 }]]), bends: NO_BENDS };
}

/** Edges between leaves, as edges between the items of a box that hold them. */
function lift(
  edges: readonly PictureEdge[],
  items: ReadonlyMap<string, Placed>,
  parents: ReadonlyMap<string, string | undefined>,
  box: string | undefined,
): [string, string][] {
  const itemOf = (id: string): string | undefined => {
    let at: string | undefined = id;
    while (at !== undefined && parents.get(at) !== box) at = parents.get(at);
    return at !== undefined && items.has(at) ? at : undefined;
  };
  const seen = new Set<string>();
  const links: [string, string][] = [];
  for (const { source, target, kind } of edges) {
    // Instances stand behind their service, not before it.
    const [from, to] = kind === 'registered' ? [itemOf(target), itemOf(source)] : [itemOf(source), itemOf(target)];
    if (from === undefined || to === undefined || from === to || seen.has(`${from} ${to}`)) continue;
    seen.add(`${from} ${to}`);
    links.push([from, to]);
  }
  return links;
}

/** What hangs together in layers of its own; the parts side by side. */
function inParts(ids: readonly string[], links: readonly [string, string][], items: ReadonlyMap<string, Placed>, aspect: number): Placed {
  const parts = components(ids, links);
  if (parts.length === 1) return inLayers(ids, links, items);
  const placed = parts.map((part) => {
    const members = new Set(part);
    return inLayers(part, links.filter(([from]) => members.has(from)), items);
  });
  const highestFirst = placed.sort((a, b) => b.height - a.height);
  const blocks = new Map(highestFirst.map((block, index) => [String(index), block]));
  return inRows([...blocks.keys()], blocks, aspect);
}

function components(ids: readonly string[], links: readonly [string, string][]): string[][] {
  const leader = new Map(ids.map((id) => [id, id]));
  const find = (id: string): string => {
    let at = id;
    while (leader.get(at) !== at) at = leader.get(at)!;
    leader.set(id, at);
    return at;
  };
  for (const [from, to] of links) leader.set(find(from), find(to));
  return [...groupBy(ids, find).values()];
}

function inLayers(ids: readonly string[], links: readonly [string, string][], items: ReadonlyMap<string, Placed>) {
  const boxes = ids.some((id) => items.get(id)!.leaves.size > 1);
  const graph = new DagreGraph();
  graph.setGraph({ rankdir: 'LR', nodesep: boxes ? BOX_GAP : 22, ranksep: boxes ? 100 : 84, edgesep: 10 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const id of ids) graph.setNode(id, { width: items.get(id)!.width, height: items.get(id)!.height });
  for (const [from, to] of links) graph.setEdge(from, to);
  dagreLayout(graph);
  const centres = new Map(ids.map((id) => [id, { x: graph.node(id).x as number, y: graph.node(id).y as number }]));
  const bends = new Map<string, Point[]>();
  for (const [from, to] of links) {
    const between = (graph.edge(from, to).points as Point[]).slice(1, -1);
    // A single point lies in the gap between two neighbouring layers, where an S does as well.
    if (between.length > 1) bends.set(`${from} ${to}`, [centres.get(from)!, ...between.map(({ x, y }) => ({ x, y })), centres.get(to)!]);
  }
  return extent(centres, items, bends);
}

/** The most connected in the middle rows would need a force; here they come first, which reads as well. */
function byWeight(ids: readonly string[], links: readonly [string, string][]): string[] {
  const weight = new Map<string, number>();
  for (const id of links.flat()) weight.set(id, (weight.get(id) ?? 0) + 1);
  return [...ids].sort((a, b) => (weight.get(b) ?? 0) - (weight.get(a) ?? 0));
}

/** Rows of about the width that gives the aspect: a shelf for each. */
function inRows(ids: readonly string[], items: ReadonlyMap<string, Placed>, aspect: number, leastWidth = 0): Placed {
  const large = ids.some((id) => items.get(id)!.leaves.size > 1 || items.get(id)!.height >= AGGREGATE.height);
  const gap = large ? BOX_GAP : GAP;
  const sizes = ids.map((id) => items.get(id)!);
  const area = sizes.reduce((sum, size) => sum + (size.width + gap) * (size.height + gap), 0);
  const width = Math.max(leastWidth, Math.sqrt(area * aspect), ...sizes.map((size) => size.width));
  const centres = new Map<string, Point>();
  let x = 0;
  let y = 0;
  let rowHeight = 0;
  ids.forEach((id, index) => {
    const size = sizes[index]!;
    if (x > 0 && x + size.width > width) {
      x = 0;
      y += rowHeight + gap;
      rowHeight = 0;
    }
    centres.set(id, { x: x + size.width / 2, y: y + size.height / 2 });
    x += size.width + gap;
    rowHeight = Math.max(rowHeight, size.height);
  });
  return extent(centres, items, NO_BENDS);
}

function extent(centres: ReadonlyMap<string, Point>, items: ReadonlyMap<string, Placed>, own: ReadonlyMap<string, readonly Point[]>): Placed {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [id, { x, y }] of centres) {
    const { width, height } = items.get(id)!;
    left = Math.min(left, x - width / 2);
    right = Math.max(right, x + width / 2);
    top = Math.min(top, y - height / 2);
    bottom = Math.max(bottom, y + height / 2);
  }
  const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
  const leaves = new Map<string, Point>();
  const bends = shifted(own, -middle.x, -middle.y);
  for (const [id, { x, y }] of centres) {
    const item = items.get(id)!;
    for (const [inner, offset] of item.leaves) leaves.set(inner, { x: x - middle.x + offset.x, y: y - middle.y + offset.y });
    for (const [edge, points] of shifted(item.bends, x - middle.x, y - middle.y)) bends.set(edge, points);
  }
  return { width: right - left, height: bottom - top, leaves, bends };
}

/** Moves all points by the same. */
export function shifted(bends: ReadonlyMap<string, readonly Point[]>, x: number, y: number): Map<string, Point[]> {
  return new Map([...bends].map(([edge, points]) => [edge, points.map((point) => ({ x: point.x + x, y: point.y + y }))]));
}

function stack(blocks: readonly Placed[], items: ReadonlyMap<string, Placed>, root: boolean): Placed {
  const padding = root ? 0 : PADDING;
  const title = root ? 0 : TITLE;
  const gap = root ? BOX_GAP : GAP;
  if (items.size === 0) return { width: 2 * padding, height: 2 * padding + title, leaves: new Map(), bends: NO_BENDS };
  const width = Math.max(...blocks.map((block) => block.width));
  const height = blocks.reduce((sum, block) => sum + block.height, 0) + gap * (blocks.length - 1);
  const leaves = new Map<string, Point>();
  let y = -height / 2;
  const bends = new Map<string, Point[]>();
  for (const block of blocks) {
    const by = { x: (block.width - width) / 2, y: y + block.height / 2 };
    for (const [id, at] of block.leaves) leaves.set(id, { x: at.x + by.x, y: at.y + by.y });
    for (const [edge, points] of shifted(block.bends, by.x, by.y)) bends.set(edge, points);
    y += block.height + gap;
  }
  return { width: width + 2 * padding, height: height + 2 * padding + title, leaves, bends };
}
