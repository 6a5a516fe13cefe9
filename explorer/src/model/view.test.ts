import { describe, expect, it } from 'vitest';
import { formatView, parseView, START, withoutCredentials, type View } from './view';

const SOME: View = {
  filter: { namespaces: ['arn:aws:servicediscovery:us-east-1:1:namespace/ns-1'], healths: ['unhealthy', 'no-check'], kinds: ['ec2'], conditions: [{ key: 'stage', value: 'dev' }, { key: 'odd &#', value: '100% = "all"' }] },
  search: 'pay + <b>',
  open: ['ns-1', 'ns-1#pay'],
  closed: ['ns-2'],
  service: 'arn:aws:servicediscovery:us-east-1:1:service/srv-1',
  up: 'all',
  down: 'step',
  only: true,
  allArrows: true,
  instances: ['srv-1'],
  query: '03-blast-radius',
  parameters: { service: 'mail', hours: '24' },
  panel: 'queries',
  staleAfterMinutes: 30,
  server: 'neo4j+s://x.databases.neo4j.io',
};

describe('the view in the URL', () => {
  it('comes back as it was', () => {
    expect(parseView(`#${formatView(SOME)}`)).toEqual(SOME);
    expect(formatView(START)).toBe('');
    expect(parseView('')).toEqual(START);
  });

  it('is readable', () => {
    expect(formatView({ ...START, filter: { ...START.filter, conditions: [{ key: 'stage', value: 'dev' }] }, up: 'all' })).toBe('where=stage=dev&up=all');
  });

  it('leaves out what it does not understand', () => {
    expect(parseView('#health=fine&up=sideways&stale-after=never&panel=x&$a-b=1&nonsense&%')).toEqual(START);
  });

  it('never holds credentials', () => {
    expect(withoutCredentials('bolt://neo4j:secret@127.0.0.1:7687')).toBe('bolt://127.0.0.1:7687');
    expect(parseView('#server=neo4j%2Bs://me:p@ss@host').server).toBe('neo4j+s://host');
    expect(parseView('#password=secret&username=me')).toEqual(START);
  });
});
