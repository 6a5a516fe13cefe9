import { describe, expect, it } from 'vitest';
import { filterServices, formatCondition, NO_FILTER, parseCondition } from './filter';
import { graphOf } from './testing';

const graph = graphOf(
  { web: [], orders: [], mail: [], idle: [] },
  {
    web: { tags: { owner: 'web', 'a=b': 'c' }, kinds: ['ecs-task'] },
    orders: { tags: { owner: 'shop' }, healths: { HEALTHY: 2, UNHEALTHY: 1 }, kinds: ['ecs-task', 'ec2'] },
    mail: { namespaceArn: 'ns-mail', namespace: 'mail', tags: { owner: 'web' }, kinds: ['sqs'] },
    idle: { healths: {}, instances: 0, kinds: [] },
  },
);
const names = (filter: Partial<typeof NO_FILTER>, byInstances = new Map<string, Set<string>>()) =>
  filterServices(graph, { ...NO_FILTER, ...filter }, byInstances).map((service) => service.name);

describe('filterServices', () => {
  it('lets everything through without a filter', () => {
    expect(names({})).toEqual(['web', 'orders', 'mail', 'idle']);
  });

  it('takes values of one kind as alternatives, and combines the kinds', () => {
    expect(names({ namespaces: ['ns-shop'] })).toEqual(['web', 'orders', 'idle']);
    expect(names({ namespaces: ['mail'] })).toEqual(['mail']);
    expect(names({ healths: ['unhealthy', 'no-instance'] })).toEqual(['orders', 'idle']);
    expect(names({ healths: ['no-check'], kinds: ['sqs'] })).toEqual(['mail']);
    expect(names({ kinds: ['ec2'], namespaces: ['ns-mail'] })).toEqual([]);
  });

  it('asks for every condition, on the service or one of its instances', () => {
    const owner = { key: 'owner', value: 'web' };
    const stage = { key: 'stage', value: 'dev' };
    const byInstances = new Map([['stage=dev', new Set(['mail', 'orders'])]]);
    expect(names({ conditions: [owner] })).toEqual(['web', 'mail']);
    expect(names({ conditions: [owner, stage] }, byInstances)).toEqual(['mail']);
    expect(names({ conditions: [{ key: 'owner', value: undefined }] })).toEqual(['web', 'orders', 'mail']);
    expect(names({ conditions: [{ key: 'toString', value: undefined }] })).toEqual([]);
  });
});

describe('parseCondition', () => {
  it('splits at the first equals sign', () => {
    expect(parseCondition('stage=dev')).toEqual({ key: 'stage', value: 'dev' });
    expect(parseCondition(' query = a=b ')).toEqual({ key: 'query', value: 'a=b' });
    expect(parseCondition('owner')).toEqual({ key: 'owner', value: undefined });
    expect(parseCondition('empty=')).toEqual({ key: 'empty', value: '' });
    expect(parseCondition('=x')).toBeUndefined();
    expect(formatCondition({ key: 'empty', value: '' })).toBe('empty=');
  });
});
