import { describe, expect, it } from 'vitest';
import { trouble } from './elements';

describe('trouble', () => {
  it('names what is wrong, worst first', () => {
    expect(trouble({ healths: { unhealthy: 2, unknown: 1, healthy: 9 }, unresolved: 3 })).toBe('2 unhealthy, 1 unknown, 3 unresolved');
    expect(trouble({ healths: { unhealthy: 2, unknown: 1, 'no-instance': 1 }, unresolved: 3 })).toBe('2 unhealthy, 1 unknown, 3 unresolved, …');
  });

  it('calls nothing healthy that nobody checked', () => {
    expect(trouble({ healths: { healthy: 4 }, unresolved: 0 })).toBe('all healthy');
    expect(trouble({ healths: { 'no-check': 4 }, unresolved: 0 })).toBe('no check configured');
    expect(trouble({ healths: { healthy: 1, 'no-check': 4 }, unresolved: 0 })).toBe('1 healthy, 4 not checked');
    expect(trouble({ healths: { unknown: 4 }, unresolved: 0 })).toBe('4 unknown');
  });
});
