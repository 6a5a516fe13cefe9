import { describe, expect, it } from 'vitest';
import { resultOf } from './result';

const nodeOf = (id: string, label: string) => ({ $node: id, labels: [label], properties: { arn: `arn-${id}` } });

describe('resultOf', () => {
  it('draws services, and keeps the other columns as a table', () => {
    const result = resultOf('q', ['name', 'service'], [{ name: 'web', service: nodeOf('1', 'Service') }, { name: 'orders', service: nodeOf('2', 'Service') }]);
    expect([...result.services]).toEqual(['arn-1', 'arn-2']);
    expect([result.columns, result.rows]).toEqual([['name'], [['web'], ['orders']]]);
    expect(result.count).toBe(2);
  });

  it('knows of rows that hold nothing to draw and nothing to list', () => {
    const result = resultOf('q', ['n'], [{ n: nodeOf('1', 'Namespace') }]);
    expect([result.count, result.rows.length, result.services.size]).toEqual([1, 0, 0]);
    expect(resultOf('q', ['n'], []).count).toBe(0);
  });
});
