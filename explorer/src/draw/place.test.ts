import { describe, expect, it } from 'vitest';
import { pictureOf, type Picture } from '../model/picture';
import { graphOf } from '../model/testing';
import { Positions } from './positions';
import { sizeOf } from './sizes';

const OPTIONS = { open: [], closed: [], instances: new Map() };

function pictureWith(dependencies: Record<string, string[]>): Picture {
  const graph = graphOf(dependencies);
  return pictureOf(graph, [...graph.services.values()], OPTIONS);
}

function overlapping(picture: Picture, at: ReadonlyMap<string, { x: number; y: number }>): string[] {
  const leaves = picture.nodes.filter((node) => at.has(node.id)).map((node) => ({ ...node, ...sizeOf(node), ...at.get(node.id)! }));
  return leaves.flatMap((a, index) =>
    leaves
      .slice(index + 1)
      .filter((b) => Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < (a.height + b.height) / 2)
      .map((b) => `${a.id} ${b.id}`),
  );
}

describe('Positions', () => {
  it('places every node apart from the others, along the dependencies', () => {
    const picture = pictureWith({ web: ['orders', 'prices'], orders: ['mail'], prices: ['mail'], mail: [], alone: [], other: [] });
    const { at, anew } = new Positions().place(picture, 'all', 1.6);
    expect(anew).toBe(true);
    expect(at.size).toBe(6);
    expect(overlapping(picture, at)).toEqual([]);
    expect(at.get('web')!.x).toBeLessThan(at.get('orders')!.x);
    expect(at.get('orders')!.x).toBeLessThan(at.get('mail')!.x);
  });

  it('leaves known nodes where they are, and puts a new one beside what it hangs together with', () => {
    const positions = new Positions();
    const before = positions.place(pictureWith({ web: ['orders'], orders: ['mail'], mail: [] }), 'all', 1.6).at;
    const picture = pictureWith({ web: ['orders'], orders: ['mail'], mail: [], fresh: ['mail'] });
    const { at, anew } = positions.place(picture, 'all', 1.6);
    expect(anew).toBe(false);
    for (const [id, point] of before) expect(at.get(id)).toEqual(point);
    expect(overlapping(picture, at)).toEqual([]);
    expect(Math.hypot(at.get('fresh')!.x - at.get('mail')!.x, at.get('fresh')!.y - at.get('mail')!.y)).toBeLessThan(200);
  });

  it('comes back to the same places after a node was away', () => {
    const positions = new Positions();
    const all = pictureWith({ web: ['orders'], orders: ['mail'], mail: [] });
    const before = positions.place(all, 'all', 1.6).at;
    positions.place(pictureWith({ web: ['orders'], orders: [] }), 'all', 1.6);
    expect(positions.place(all, 'all', 1.6).at).toEqual(before);
  });

  it('places three hundred services within seconds', () => {
    const names = Array.from({ length: 300 }, (_, index) => `service-${index}`);
    const picture = pictureWith(Object.fromEntries(names.map((name, index) => [name, [1, 7].map((step) => names[index + step]).filter((each) => each !== undefined)])));
    const began = performance.now();
    const { at } = new Positions().place(picture, 'all', 1.6);
    expect(at.size).toBe(300);
    expect(overlapping(picture, at)).toEqual([]);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});
