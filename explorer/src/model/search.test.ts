import { describe, expect, it } from 'vitest';
import { searchServices, withInstances } from './search';
import { graphOf } from './testing';

const graph = graphOf(
  { orders: [], 'back-orders': [], mail: [] },
  { mail: { tags: { team: 'Order-Desk' }, unresolved: ['redis'] }, orders: { description: 'Keeps what was bought' } },
);
const found = (text: string) => searchServices(graph, text).map((match) => match.service.name);

describe('searchServices', () => {
  it('puts names that begin so first, then names that hold it, then the rest', () => {
    expect(found('order')).toEqual(['orders', 'back-orders', 'mail']);
  });

  it('tells why, where it is not the name', () => {
    expect(searchServices(graph, 'team=order')[0]!.because).toBe('team=Order-Desk');
    expect(found('bought')).toEqual(['orders']);
    expect(found('redis')).toEqual(['mail']);
    expect(searchServices(graph, 'srv-mail')).toMatchObject([{ because: 'srv-mail' }]);
  });

  it('wants every word, and nothing for none', () => {
    expect(found('back shop')).toEqual(['back-orders']);
    expect(found('back desk')).toEqual([]);
    expect(found('  ')).toEqual([]);
  });

  it('adds what was found among instances, each service once', () => {
    const matches = withInstances(graph, searchServices(graph, 'mail'), [{ serviceArn: 'mail', because: 'x' }, { serviceArn: 'orders', because: 'stage=mail' }, { serviceArn: 'gone', because: '' }]);
    expect(matches.map(({ service, because }) => [service.name, because])).toEqual([['mail', ''], ['orders', 'stage=mail']]);
  });
});
