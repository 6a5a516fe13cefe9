import { describe, expect, it } from 'vitest';
import { impactOf } from './impact';
import { graphOf } from './testing';

const graph = graphOf({ web: ['orders', 'prices'], orders: ['billing'], billing: ['orders', 'mail'], prices: ['mail'], mail: [], alone: [] });

describe('impactOf', () => {
  it('reaches one step in either direction', () => {
    expect([...impactOf(graph, 'orders', 'up', 'step').services.keys()].sort()).toEqual(['billing', 'web']);
    expect([...impactOf(graph, 'orders', 'down', 'step').services.keys()]).toEqual(['billing']);
  });

  it('reaches all the way, with the shortest distance, and ends where a circle closes', () => {
    const { services, dependencies } = impactOf(graph, 'mail', 'up', 'all');
    expect(Object.fromEntries(services)).toEqual({ billing: 1, prices: 1, orders: 2, web: 2 });
    expect(dependencies.size).toBe(6);
    expect(impactOf(graph, 'orders', 'down', 'all').services.get('orders')).toBe(2);
  });

  it('reaches nothing from what nobody knows', () => {
    expect(impactOf(graph, 'alone', 'up', 'all').services.size).toBe(0);
    expect(impactOf(graph, 'missing', 'down', 'all').services.size).toBe(0);
  });
});
