import { describe, expect, it } from 'vitest';
import { parseQuery, valueOf } from './queries';
import { freshnessOf, ago } from './freshness';
import type { ScopeState } from './types';

describe('parseQuery', () => {
  it('reads the question, its parameters and the statement', () => {
    const query = parseQuery('../docs/queries/04-recent.cypher', '// What changed?\n// $hours: how far back (default: 24)\n// $tag: the tag (default: \'owner\')\n// $service: its ARN or name\n// A remark.\nMATCH (n)\n// Why.\nRETURN n;\n');
    expect(query.name).toBe('04-recent');
    expect(query.question).toBe('What changed?');
    expect(query.parameters).toEqual([
      { name: 'hours', description: 'how far back', defaultValue: '24' },
      { name: 'tag', description: 'the tag', defaultValue: 'owner' },
      { name: 'service', description: 'its ARN or name', defaultValue: undefined },
    ]);
    expect(query.remarks).toEqual(['A remark.']);
    expect(query.statement).toBe('MATCH (n)\nRETURN n');
  });

  it('gives numbers as numbers, and nothing as null', () => {
    expect(valueOf({ name: 'hours', description: '', defaultValue: '1' }, '12')).toBe(12);
    expect(valueOf({ name: 'service', description: '', defaultValue: undefined }, '12')).toBe('12');
    expect(valueOf({ name: 'namespace', description: '', defaultValue: 'null' }, '')).toBeNull();
  });
});

describe('freshnessOf', () => {
  const now = new Date('2026-11-25T12:00:00Z');
  const state = (scope: string, version: number, capturedAt: string | null): ScopeState => ({
    ...{ scope, version, capturedAt, appliedAt: null, added: 0, changed: 0, removed: 0 },
    ...{ heldBack: 0, heldBackOf: 0, heldBackSeen: 0, heldByOthers: [], denied: [] },
  });

  it('is that of the oldest scope', () => {
    const states = [state('a', 5, '2026-11-25T11:59:00Z'), state('b', 9, '2026-11-25T11:30:00Z')];
    expect(freshnessOf(states, now, 15)).toMatchObject({ state: 'stale', version: 9, ageSeconds: 1800 });
    expect(freshnessOf(states, now, 60).state).toBe('fresh');
  });

  it('is unknown before the first update, and never negative', () => {
    expect(freshnessOf([], now, 15)).toMatchObject({ state: 'unknown', version: 0 });
    expect(freshnessOf([state('a', 1, null)], now, 15).state).toBe('unknown');
    expect(freshnessOf([state('a', 1, '2026-11-25T12:05:00Z')], now, 15)).toMatchObject({ state: 'fresh', ageSeconds: 0 });
    expect([ago(0), ago(59), ago(60), ago(7200), ago(864000)]).toEqual(['just now', '59 s ago', '1 min ago', '2 h ago', '10 days ago']);
  });
});
