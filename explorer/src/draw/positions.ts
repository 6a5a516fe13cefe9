import type { Picture, PictureNode } from '../model/picture';
import { placeAll, placeBox, shifted, type Point } from './place';
import { AGGREGATE, sizeOf } from './sizes';

/** Remembers where nodes are, and finds places for new ones without moving those that are known. */
export class Positions {
  private readonly modes = new Map<string, Map<string, Point>>();
  /** Where arrows bend, as long as both ends are where they were placed. */
  readonly bends = new Map<string, readonly Point[]>();

  remember(mode: string, id: string, at: Point): void {
    this.of(mode).set(id, { x: at.x, y: at.y });
  }

  forget(mode: string): void {
    this.modes.delete(mode);
  }

  /** Returns a place for every node that is no box, and whether all are new. */
  place(picture: Picture, mode: string, aspect: number): { at: Map<string, Point>; anew: boolean } {
    const known = this.of(mode);
    const shape = new Shape(picture);
    const at = new Map<string, Point>();
    for (const leaf of shape.leaves) {
      const position = known.get(leaf.id);
      if (position !== undefined) at.set(leaf.id, position);
    }
    // A box that was folded up and opened again, or the other way round, is where it was; else little of it is known.
    if (at.size < shape.leaves.length / 4 && !shape.continues(known)) {
      const all = placeAll(picture, aspect);
      this.modes.set(mode, new Map(all.leaves));
      this.keep(all.bends);
      return { at: new Map(all.leaves), anew: true };
    }
    for (const box of shape.newBoxes(at)) this.placeNewBox(picture, shape, box, at, known);
    for (const leaf of shape.leaves) {
      if (!at.has(leaf.id)) at.set(leaf.id, near(leaf, shape, at, known));
    }
    for (const [id, position] of at) known.set(id, position);
    for (const [id, middle] of shape.middles(at)) known.set(id, middle);
    return { at, anew: false };
  }

  private keep(bends: ReadonlyMap<string, readonly Point[]>): void {
    for (const [edge, points] of bends) this.bends.set(edge, points);
  }

  private of(mode: string): Map<string, Point> {
    let known = this.modes.get(mode);
    if (known === undefined) this.modes.set(mode, (known = new Map()));
    return known;
  }

  /** Puts a box where it stood folded up, and pushes what is beside it aside by what it grew. */
  private placeNewBox(picture: Picture, shape: Shape, box: string, at: Map<string, Point>, known: ReadonlyMap<string, Point>): void {
    const placed = placeBox(picture, box, 1.7);
    const centre = known.get(box) ?? shape.beside(at, placed);
    const grow = { x: Math.max(0, (placed.width - AGGREGATE.width) / 2 + 20), y: Math.max(0, (placed.height - AGGREGATE.height) / 2 + 20) };
    if (known.has(box)) {
      for (const [unit, members] of shape.unitsBeside(box, at)) {
        const middle = unit;
        const shift = {
          x: Math.abs(middle.x - centre.x) > 60 ? Math.sign(middle.x - centre.x) * grow.x : 0,
          y: Math.abs(middle.y - centre.y) > 48 ? Math.sign(middle.y - centre.y) * grow.y : 0,
        };
        for (const id of members) at.set(id, { x: at.get(id)!.x + shift.x, y: at.get(id)!.y + shift.y });
      }
    }
    this.keep(shifted(placed.bends, centre.x, centre.y));
    for (const [id, offset] of placed.leaves) at.set(id, { x: centre.x + offset.x, y: centre.y + offset.y });
  }
}

/** What stands in what, in one picture. */
class Shape {
  readonly leaves: PictureNode[];
  private readonly parents: Map<string, string | undefined>;
  private readonly nodes: Map<string, PictureNode>;
  readonly neighbours = new Map<string, string[]>();
  private readonly boxes: string[];

  constructor(picture: Picture) {
    this.nodes = new Map(picture.nodes.map((node) => [node.id, node]));
    this.parents = new Map(picture.nodes.map((node) => [node.id, node.parent]));
    this.leaves = picture.nodes.filter((node) => node.kind !== 'namespace' && node.kind !== 'part');
    this.boxes = picture.nodes.filter((node) => node.kind === 'namespace' || node.kind === 'part').map((node) => node.id);
    for (const { source, target } of picture.edges) {
      this.neighbours.set(source, [...(this.neighbours.get(source) ?? []), target]);
      this.neighbours.set(target, [...(this.neighbours.get(target) ?? []), source]);
    }
  }

  /** Whether something of it was there before, as a box or folded up. */
  continues(known: ReadonlyMap<string, Point>): boolean {
    const top = [...this.nodes.values()].filter((node) => node.parent === undefined);
    return top.length > 0 && top.filter((node) => known.has(node.id)).length >= top.length / 2;
  }

  /** Boxes none of whose leaves has a place, outermost first and only those. */
  newBoxes(at: ReadonlyMap<string, Point>): string[] {
    const filled = new Set<string>();
    for (const leaf of this.leaves) {
      if (!at.has(leaf.id)) continue;
      for (let box = leaf.parent; box !== undefined; box = this.parents.get(box)) filled.add(box);
    }
    return this.boxes.filter((box) => {
      const parent = this.parents.get(box);
      return !filled.has(box) && (parent === undefined || filled.has(parent));
    });
  }

  /** The places of boxes: their middles. */
  middles(at: ReadonlyMap<string, Point>): Map<string, Point> {
    const members = new Map<string, Point[]>();
    for (const leaf of this.leaves) {
      for (let box = leaf.parent; box !== undefined; box = this.parents.get(box)) {
        const points = members.get(box) ?? [];
        points.push(at.get(leaf.id)!);
        members.set(box, points);
      }
    }
    return new Map([...members].map(([box, points]) => [box, middle(points)]));
  }

  /** What is moved as one when a box grows: its siblings, and everything further out by its outermost box. */
  unitsBeside(box: string, at: ReadonlyMap<string, Point>): [Point, string[]][] {
    const parent = this.parents.get(box);
    const units = new Map<string, string[]>();
    for (const leaf of this.leaves) {
      if (!at.has(leaf.id)) continue;
      const path = this.pathOf(leaf.id);
      if (path.includes(box)) continue;
      const inParent = parent === undefined ? -1 : path.indexOf(parent);
      const unit = inParent > 0 ? path[inParent - 1]! : path[path.length - 1]!;
      units.set(unit, [...(units.get(unit) ?? []), leaf.id]);
    }
    return [...units.values()].map((ids) => [middle(ids.map((id) => at.get(id)!)), ids]);
  }

  private pathOf(id: string): string[] {
    const path = [id];
    for (let box = this.parents.get(id); box !== undefined; box = this.parents.get(box)) path.push(box);
    return path;
  }

  /** A place below everything, for a box that was not there before. */
  beside(at: ReadonlyMap<string, Point>, size: { width: number; height: number }): Point {
    if (at.size === 0) return { x: 0, y: 0 };
    const points = [...at.values()];
    const left = Math.min(...points.map((point) => point.x));
    return { x: left + size.width / 2 - 80, y: Math.max(...points.map((point) => point.y)) + size.height / 2 + 120 };
  }

  inSameBox(leaf: PictureNode, at: ReadonlyMap<string, Point>): PictureNode[] {
    return this.leaves.filter((each) => each.parent === leaf.parent && at.has(each.id));
  }

  node(id: string): PictureNode | undefined {
    return this.nodes.get(id);
  }
}

function middle(points: readonly Point[]): Point {
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  return { x: (Math.min(...xs) + Math.max(...xs)) / 2, y: (Math.min(...ys) + Math.max(...ys)) / 2 };
}

/** A free place near those that a node hangs together with; without any, below its box's other nodes. */
function near(leaf: PictureNode, shape: Shape, at: ReadonlyMap<string, Point>, known: ReadonlyMap<string, Point>): Point {
  const neighbours = (shape.neighbours.get(leaf.id) ?? []).flatMap((id) => at.get(id) ?? []);
  const siblings = shape.inSameBox(leaf, at);
  const points = siblings.map((sibling) => at.get(sibling.id)!);
  let start: Point;
  if (neighbours.length > 0) {
    start = { x: sum(neighbours.map((p) => p.x)) / neighbours.length, y: sum(neighbours.map((p) => p.y)) / neighbours.length + 64 };
  } else if (points.length > 0) {
    start = { x: middle(points).x, y: Math.max(...points.map((p) => p.y)) + 68 };
  } else {
    start = known.get(leaf.id) ?? { x: 0, y: 0 };
  }
  const { width, height } = sizeOf(leaf);
  const taken = [...at].flatMap(([id, point]) => {
    const node = shape.node(id);
    return node === undefined ? [] : [{ ...point, ...sizeOf(node) }];
  });
  const free = (p: Point) =>
    taken.every((t) => Math.abs(t.x - p.x) > (t.width + width) / 2 + 14 || Math.abs(t.y - p.y) > (t.height + height) / 2 + 14);
  for (let ring = 0; ring < 40; ring++) {
    for (let step = -ring; step <= ring; step++) {
      const candidates = [
        { x: start.x + step * 60, y: start.y + ring * 56 },
        { x: start.x + ring * 60, y: start.y + step * 56 },
        { x: start.x - ring * 60, y: start.y + step * 56 },
      ];
      const found = candidates.find(free);
      if (found !== undefined) return found;
    }
  }
  return start;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
