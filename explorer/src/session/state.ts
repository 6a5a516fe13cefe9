import type { InstanceMatch } from '../model/search';
import { EMPTY_GRAPH, type Change, type Graph, type ScopeState } from '../model/types';
import { START, type View } from '../model/view';
import type { Opened } from '../neo4j/load';
import type { QueryResult } from './result';

export type Phase = 'starting' | 'signed-out' | 'connecting' | 'connected';

/** Names a read beside the graph: of a service that is open, or of a condition of the filter. */
export function failureKey(of: 'opened' | 'condition', text: string): string {
  return `${of} ${text}`;
}

/** Everything that the page shows follows from this. */
export interface State {
  readonly phase: Phase;
  /** Whether the page was told where its database is, and asks nobody. */
  readonly told: boolean;
  /** Why signing in failed. */
  readonly error: string | undefined;
  /** Set while the database does not answer; the picture stays as it was. */
  readonly lost: string | undefined;
  readonly server: { readonly uri: string; readonly username: string; readonly database: string };
  readonly view: View;
  readonly graph: Graph;
  /** Whether the graph was read at all. */
  readonly loaded: boolean;
  readonly states: readonly ScopeState[];
  readonly changes: readonly Change[];
  /** What was read of the services that are open. */
  readonly opened: ReadonlyMap<string, Opened>;
  /** For each condition of the filter, as text, the services that have such an instance. */
  readonly byInstances: ReadonlyMap<string, ReadonlySet<string>>;
  /** Why something beside the graph could not be read: by `failureKey`. */
  readonly failures: ReadonlyMap<string, string>;
  readonly found: { readonly text: string; readonly matches: readonly InstanceMatch[]; readonly done: boolean; readonly failed?: string };
  readonly result: QueryResult | undefined;
  /** From connecting until the first picture was painted, in milliseconds. */
  readonly firstPictureMs: number | undefined;
}

export const INITIAL: State = {
  phase: 'starting',
  told: false,
  error: undefined,
  lost: undefined,
  server: { uri: '', username: '', database: '' },
  view: START,
  graph: EMPTY_GRAPH,
  loaded: false,
  states: [],
  changes: [],
  opened: new Map(),
  byInstances: new Map(),
  failures: new Map(),
  found: { text: '', matches: [], done: true },
  result: undefined,
  firstPictureMs: undefined,
};
