import { describe, expect, it } from 'vitest';
import { MOST_BUNDLES, MOST_INSTANCES, MOST_SERVICES, pathTo, pictureOf, serviceOfKey, type PictureOptions } from './picture';
import { partition, words } from './partition';
import { graphOf } from './testing';
import type { Graph } from './types';

const PLAIN: PictureOptions = { open: [], closed: [], instances: new Map() };

function large(namespaces: number, each: number): Graph {
  const dependencies: Record<string, string[]> = {};
  const change: Record<string, { namespaceArn: string; namespace: string }> = {};
  for (let n = 0; n < namespaces; n++) {
    for (let i = 0; i < each; i++) {
      const name = `${['pay', 'ship', 'mail'][i % 3]}-service-${n}-${i}`;
      dependencies[name] = n === 0 ? [] : [`${['pay', 'ship', 'mail'][i % 3]}-service-0-${i}`];
      change[name] = { namespaceArn: `ns-${n}`, namespace: `ns-${n}` };
    }
  }
  return graphOf(dependencies, change);
}

describe('pictureOf', () => {
  it('draws few services one by one, in boxes of their namespaces, and what is not there as such', () => {
    const graph = graphOf({ web: ['orders'], orders: [] }, { orders: { unresolved: ['redis'] } });
    const picture = pictureOf(graph, [...graph.services.values()], PLAIN);
    expect(picture.nodes.map((node) => [node.kind, node.id, node.parent])).toEqual([
      ['namespace', 'ns-shop', undefined],
      ['service', 'web', 'ns-shop'],
      ['service', 'orders', 'ns-shop'],
      ['unresolved', 'unresolved:ns-shop:redis', 'ns-shop'],
    ]);
    expect(picture.edges.map((edge) => [edge.kind, edge.source, edge.target])).toEqual([
      ['dependency', 'web', 'orders'],
      ['unresolved', 'orders', 'unresolved:ns-shop:redis'],
    ]);
    expect(picture.aggregated).toBe(false);
  });

  it('draws so many instances of a service, and tells of how many it does not', () => {
    const graph = graphOf({ web: [] });
    const instances = Array.from({ length: MOST_INSTANCES + 7 }, (_, index) => ({ key: `web/${index}`, name: `${index}`, health: 'HEALTHY', kind: 'ip', attributes: {}, properties: {} }) as const);
    const picture = pictureOf(graph, [...graph.services.values()], { ...PLAIN, instances: new Map([['web', instances]]) });
    expect(picture.nodes.filter((node) => node.kind === 'instance')).toHaveLength(MOST_INSTANCES);
    expect(picture.hiddenInstances).toBe(7);
  });

  it('folds many into namespaces, with bundles of their dependencies between them', () => {
    const graph = large(4, 100);
    const picture = pictureOf(graph, [...graph.services.values()], PLAIN);
    expect(picture.nodes.map((node) => node.kind)).toEqual(Array(4).fill('aggregate'));
    expect(picture.edges.map((edge) => [edge.kind, edge.source, edge.target, edge.count])).toEqual([
      ['bundle', 'ns-1', 'ns-0', 100],
      ['bundle', 'ns-2', 'ns-0', 100],
      ['bundle', 'ns-3', 'ns-0', 100],
    ]);
    expect(picture.services).toBe(400);
    expect(picture.drawnServices).toBe(0);
  });

  it('draws a namespace that was opened, and leaves the others folded', () => {
    const graph = large(4, 100);
    const picture = pictureOf(graph, [...graph.services.values()], { ...PLAIN, open: ['ns-1'] });
    expect(picture.nodes.filter((node) => node.kind === 'service')).toHaveLength(100);
    expect(picture.nodes.filter((node) => node.kind === 'aggregate')).toHaveLength(3);
    expect(picture.edges.map((edge) => [edge.source, edge.target, edge.count])).toContainEqual(['ns-1', 'ns-0', 100]);
  });

  it('folds a namespace of thousands by the first words of the names, all the way down', () => {
    const graph = large(1, 2000);
    const services = [...graph.services.values()];
    const opened = pictureOf(graph, services, { ...PLAIN, open: ['ns-0'] });
    expect(opened.nodes.map((node) => [node.kind, node.id])).toEqual([
      ['namespace', 'ns-0'],
      ['aggregate', 'ns-0#mail'],
      ['aggregate', 'ns-0#pay'],
      ['aggregate', 'ns-0#ship'],
    ]);
    const path = pathTo(services[7]!, services);
    expect(path.length).toBeGreaterThan(2);
    const deep = pictureOf(graph, services, { ...PLAIN, open: path });
    expect(deep.nodes.some((node) => node.id === services[7]!.arn)).toBe(true);
    expect(deep.drawnServices).toBeLessThanOrEqual(MOST_SERVICES);
    const total = deep.nodes.reduce((sum, node) => sum + (node.kind === 'service' ? 1 : node.kind === 'aggregate' ? node.services.length : 0), 0);
    expect(total).toBe(2000);
  });

  it('draws at most so many opened namespaces, the last ones', () => {
    const graph = large(20, 100);
    const open = [...graph.namespaces.keys()];
    const picture = pictureOf(graph, [...graph.services.values()], { ...PLAIN, open });
    expect(picture.drawnServices).toBe(600);
    expect(picture.nodes.some((node) => node.kind === 'namespace' && node.id === 'ns-19')).toBe(true);
    expect(picture.nodes.some((node) => node.kind === 'namespace' && node.id === 'ns-0')).toBe(false);
  });

  describe('of more bundles than can be told apart', () => {
    const dependencies: Record<string, string[]> = {};
    const change: Record<string, { namespaceArn: string }> = {};
    for (let n = 0; n < 40; n++) {
      for (let m = 0; m < 10; m++) {
        // From each namespace to the next ten: the nearer, the more.
        dependencies[`s-${n}-${m}`] = Array.from({ length: m + 1 }, (_, next) => `s-${(n + next + 1) % 40}-0`);
        change[`s-${n}-${m}`] = { namespaceArn: `ns-${n}` };
      }
    }
    const graph = graphOf(dependencies, change);
    const services = [...graph.services.values()];

    it('draws as many as there are namespaces where those are more', () => {
      const many = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`s-${n}`, Array.from({ length: 50 }, (_, m) => `s-${m}`)]));
      const apart = graphOf({ ...many, ...Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`t-${n}`, []])) }, Object.fromEntries(Object.keys(many).map((name) => [name, { namespaceArn: `ns-${name}` }])));
      const { nodes, edges } = pictureOf(apart, [...apart.services.values()], PLAIN);
      expect([nodes.length, edges.length]).toEqual([51, 51]);
    });

    it('draws the thickest, and keeps the others for who points at their ends', () => {
      const { edges, thin } = pictureOf(graph, services, PLAIN);
      expect(edges).toHaveLength(MOST_BUNDLES);
      expect(edges.length + thin.length).toBe(400);
      expect(Math.min(...edges.map((edge) => edge.count))).toBeGreaterThanOrEqual(Math.max(...thin.map((edge) => edge.count)));
    });

    it('draws all for who asks', () => {
      const { edges, thin } = pictureOf(graph, services, { ...PLAIN, allArrows: true });
      expect([edges.length, thin.length]).toEqual([400, 0]);
      expect(edges.filter((edge) => edge.faint === true)).toHaveLength(400 - MOST_BUNDLES);
    });

    it('draws those of an opened namespace first, however thin', () => {
      const { edges } = pictureOf(graph, services, { ...PLAIN, open: ['ns-7'] });
      const bundles = edges.filter((edge) => edge.kind === 'bundle');
      expect(bundles).toHaveLength(MOST_BUNDLES);
      expect(bundles.filter((edge) => [edge.source, edge.target].includes('ns-7'))).toHaveLength(20);
    });
  });
});

describe('partition', () => {
  it('knows the words of a name', () => {
    expect(words('pay-invoice.api')).toEqual(['pay', 'invoice', 'api']);
    expect(words('SrvBackMort')).toEqual(['Srv', 'Back', 'Mort']);
    expect(words('HTTPServer2')).toEqual(['HTTP', 'Server2']);
  });

  it('goes by the alphabet where names tell nothing apart, and keeps every item', () => {
    const names = Array.from({ length: 900 }, (_, index) => `s${index}`);
    const parts = partition(names, (name) => name, 300);
    expect(parts.length).toBe(9);
    expect(parts.flatMap((part) => part.items).sort()).toEqual([...names].sort());
    expect(partition(Array(500).fill('same'), (name: string) => name, 300).length).toBeGreaterThan(1);
  });
});

describe('serviceOfKey', () => {
  it('ends the ARN at its own slash', () => {
    expect(serviceOfKey('arn:aws:servicediscovery:r:1:service/srv-1/a/b')).toBe('arn:aws:servicediscovery:r:1:service/srv-1');
  });
});
