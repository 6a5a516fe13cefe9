import { describe, expect, it } from 'vitest';
import { MOST_CHANGES, updatesOf } from './changes';
import type { Change, ScopeState } from './types';

const changesOf = (scope: string, version: number, kinds: readonly string[]): Change[] =>
  kinds.map((kind, index) => ({ scope, version, at: '2026-11-25T12:00:00Z', kind, label: 'Service', key: `${version} ${index}`, name: `${index}` }));
const stateOf = (scope: string, version: number, added: number, changed: number, removed: number): ScopeState => ({
  ...{ scope, version, capturedAt: null, appliedAt: null, added, changed, removed },
  ...{ heldBack: 0, heldBackOf: 0, heldBackSeen: 0, heldByOthers: [], denied: [] },
});

describe('updatesOf', () => {
  it('counts what is listed, where all of it is', () => {
    const updates = updatesOf([...changesOf('a', 9, ['added', 'removed']), ...changesOf('b', 9, ['changed']), ...changesOf('a', 8, ['added'])], []);
    expect(updates.map(({ scope, version, added, changed, removed, total }) => [scope, version, added, changed, removed, total])).toEqual([
      ['a', 9, 1, 0, 1, 2],
      ['b', 9, 0, 1, 0, 1],
      ['a', 8, 1, 0, 0, 1],
    ]);
  });

  it('takes the counts of the newest update from its scope, which knows those that were not read', () => {
    const [update] = updatesOf(changesOf('a', 9, Array<string>(MOST_CHANGES).fill('added')), [stateOf('a', 9, 5000, 20, 1), stateOf('b', 9, 7, 7, 7)]);
    expect(update).toMatchObject({ added: 5000, changed: 20, removed: 1, total: 5021 });
    expect(update!.changes).toHaveLength(MOST_CHANGES);
  });

  it('says of none how many it had, where reading may have ended within it', () => {
    const changes = [...changesOf('a', 9, ['changed']), ...changesOf('a', 8, Array<string>(MOST_CHANGES - 1).fill('added'))];
    expect(updatesOf(changes, [stateOf('a', 10, 0, 0, 0)]).map((update) => update.total)).toEqual([1, undefined]);
  });
});
