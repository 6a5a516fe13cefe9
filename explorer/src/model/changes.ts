import { groupBy } from './group';
import type { Change, ScopeState } from './types';

/** As many changes as are read, newest first. */
export const MOST_CHANGES = 300;

/** One update, with what is listed of it. */
export interface Update {
  readonly scope: string;
  readonly version: number;
  readonly at: string;
  readonly changes: readonly Change[];
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  /** How many changes it made; undefined where more may have been than were read, and nothing says how many. */
  readonly total: number | undefined;
}

/** The updates that changes belong to, in the order of these. What the newest of a scope changed in all is said by its state. */
export function updatesOf(changes: readonly Change[], states: readonly ScopeState[]): Update[] {
  // Reading ends within an update of this version, if at all.
  const oldest = changes.length < MOST_CHANGES ? undefined : changes[changes.length - 1]!.version;
  return [...groupBy(changes, (change) => `${change.version} ${change.scope}`).values()].map((listed) => {
    const { scope, version, at } = listed[0]!;
    const common = { scope, version, at, changes: listed };
    const state = states.find((each) => each.scope === scope && each.version === version);
    if (state !== undefined) {
      const { added, changed, removed } = state;
      return { ...common, added, changed, removed, total: added + changed + removed };
    }
    const count = (kind: string) => listed.filter((change) => change.kind === kind).length;
    const counts = { added: count('added'), changed: count('changed'), removed: count('removed') };
    return { ...common, ...counts, total: version === oldest ? undefined : listed.length };
  });
}
