import type { InstanceMatch } from '../model/search';
import { EMPTY_GRAPH, type Change, type Graph, type Instance, type ScopeState } from '../model/types';
import { START, type View } from '../model/view';
import type { QueryResult } from './result';

export type Phase = 'starting' | 'signed-out' | 'connecting' | 'connected';

/** Everything that the page shows follows from this. */
export interface State {
  readonly phase: Phase;
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
  readonly instances: ReadonlyMap<string, readonly Instance[]>;
  /** For each condition of the filter, as text, the services that have such an instance. */
  readonly byInstances: ReadonlyMap<string, ReadonlySet<string>>;
  readonly found: { readonly text: string; readonly matches: readonly InstanceMatch[]; readonly done: boolean };
  readonly result: QueryResult | undefined;
  /** From connecting to the first picture, in milliseconds. */
  readonly firstPictureMs: number | undefined;
}

export const INITIAL: State = {
  phase: 'starting',
  error: undefined,
  lost: undefined,
  server: { uri: '', username: '', database: '' },
  view: START,
  graph: EMPTY_GRAPH,
  loaded: false,
  states: [],
  changes: [],
  instances: new Map(),
  byInstances: new Map(),
  found: { text: '', matches: [], done: true },
  result: undefined,
  firstPictureMs: undefined,
};
