import { Graph as DagreGraph, layout as dagreLayout } from '@dagrejs/dagre';
import type { Picture, PictureEdge, PictureNode } from '../model/picture';
import { sizeOf, type Size } from './sizes';

export interface Point {
  readonly x: number;
  readonly y: number;
}

const PADDING = 34;
const TITLE = 0;
const GAP = 26;
const BOX_GAP = 48;
/** Beyond, layers take longer than people wait, and tell them nothing. */
const MOST_EDGES_IN_LAYERS = 420;

interface Placed extends Size {
  /** Of the leaves inside, relative to the centre. */
  readonly leaves: ReadonlyMap<string, Point>;
}

/**
 * Places every node that is no box: in layers along the dependencies, boxes by themselves first.
 *
 * @param aspect width by height of what it is seen in
 */
export function placeAll(picture: Picture, aspect: number): Map<string, Point> {
  const children = childrenOf(picture.nodes);
  const parents = new Map(picture.nodes.map((node) => [node.id, node.parent]));
  return new Map(placeInside(undefined, children, parents, picture.edges, aspect).leaves);
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
  const blocks: { block: Placed; centres: Map<string, Point> }[] = [];
  if (connected.length > 0 && links.length <= MOST_EDGES_IN_LAYERS) {
    blocks.push(inLayers(connected, links, items));
  } else if (connected.length > 0) {
    blocks.push(inRows(byWeight(connected, links), items, aspect));
  }
  if (alone.length > 0) blocks.push(inRows(alone, items, blocks.length === 0 ? aspect : Math.max(aspect, 3)));
  return stack(blocks, items, box === undefined);
}

function isBox(node: PictureNode): boolean {
  return node.kind === 'namespace' || node.kind === 'part';
}

function leaf(node: PictureNode): Placed {
  return { ...sizeOf(node), leaves: new Map([[node.id, { x: 0, y: 0 }]]) };
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
  for (const { source, target } of edges) {
    const from = itemOf(source);
    const to = itemOf(target);
    if (from === undefined || to === undefined || from === to || seen.has(`${from} ${to}`)) continue;
    seen.add(`${from} ${to}`);
    links.push([from, to]);
  }
  return links;
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
  return { block: extent(centres, items), centres };
}

/** The most connected in the middle rows would need a force; here they come first, which reads as well. */
function byWeight(ids: readonly string[], links: readonly [string, string][]): string[] {
  const weight = new Map<string, number>();
  for (const id of links.flat()) weight.set(id, (weight.get(id) ?? 0) + 1);
  return [...ids].sort((a, b) => (weight.get(b) ?? 0) - (weight.get(a) ?? 0));
}

/** Rows of about the width that gives the aspect: a shelf for each. */
function inRows(ids: readonly string[], items: ReadonlyMap<string, Placed>, aspect: number) {
  const gap = ids.some((id) => items.get(id)!.leaves.size > 1) ? BOX_GAP : GAP;
  const sizes = ids.map((id) => items.get(id)!);
  const area = sizes.reduce((sum, size) => sum + (size.width + gap) * (size.height + gap), 0);
  const width = Math.max(Math.sqrt(area * aspect), ...sizes.map((size) => size.width));
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
  return { block: extent(centres, items), centres };
}

function extent(centres: ReadonlyMap<string, Point>, items: ReadonlyMap<string, Placed>): Placed {
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
  for (const [id, { x, y }] of centres) {
    for (const [inner, offset] of items.get(id)!.leaves) leaves.set(inner, { x: x - middle.x + offset.x, y: y - middle.y + offset.y });
  }
  return { width: right - left, height: bottom - top, leaves };
}

function stack(blocks: readonly { block: Placed }[], items: ReadonlyMap<string, Placed>, root: boolean): Placed {
  const padding = root ? 0 : PADDING;
  const title = root ? 0 : TITLE;
  const gap = root ? BOX_GAP : GAP;
  if (items.size === 0) return { width: 2 * padding, height: 2 * padding + title, leaves: new Map() };
  const width = Math.max(...blocks.map(({ block }) => block.width));
  const height = blocks.reduce((sum, { block }) => sum + block.height, 0) + gap * (blocks.length - 1);
  const leaves = new Map<string, Point>();
  let y = -height / 2;
  for (const { block } of blocks) {
    for (const [id, at] of block.leaves) leaves.set(id, { x: at.x - (width - block.width) / 2, y: y + block.height / 2 + at.y });
    y += block.height + gap;
  }
  return { width: width + 2 * padding, height: height + 2 * padding + title, leaves };
}
