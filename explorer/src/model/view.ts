import { formatCondition, NO_FILTER, parseCondition, type Filter } from './filter';
import { STALE_AFTER_MINUTES } from './freshness';
import type { Depth } from './impact';
import { HEALTHS, type Health } from './types';

/** What a person looks at: all of it stands in the URL's hash, so that it can be shared. Never a user or a password. */
export interface View {
  readonly filter: Filter;
  readonly search: string;
  readonly open: readonly string[];
  readonly closed: readonly string[];
  /** The ARN of the selected service. */
  readonly service: string | undefined;
  readonly up: Depth | undefined;
  readonly down: Depth | undefined;
  /** Whether only the selected service and what it hangs together with are drawn. */
  readonly only: boolean;
  /** Whether the thinner arrows between folded namespaces are drawn too. */
  readonly allArrows: boolean;
  /** Services whose instances are drawn. */
  readonly instances: readonly string[];
  readonly query: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
  readonly panel: 'changes' | 'queries' | undefined;
  readonly staleAfterMinutes: number;
  /** The address to sign in to. */
  readonly server: string | undefined;
}

export const START: View = {
  filter: NO_FILTER,
  search: '',
  open: [],
  closed: [],
  service: undefined,
  up: undefined,
  down: undefined,
  only: false,
  allArrows: false,
  instances: [],
  query: undefined,
  parameters: {},
  panel: undefined,
  staleAfterMinutes: STALE_AFTER_MINUTES,
  server: undefined,
};

export function formatView(view: View): string {
  const parameters = new URLSearchParams();
  const add = (name: string, values: readonly string[]) => values.forEach((value) => parameters.append(name, value));
  const put = (name: string, value: string | undefined) => {
    if (value !== undefined && value !== '') parameters.append(name, value);
  };
  put('server', view.server);
  add('namespace', view.filter.namespaces);
  add('health', view.filter.healths);
  add('kind', view.filter.kinds);
  add('where', view.filter.conditions.map(formatCondition));
  put('search', view.search);
  add('open', view.open);
  add('closed', view.closed);
  put('service', view.service);
  put('up', view.up);
  put('down', view.down);
  if (view.only) put('only', 'yes');
  if (view.allArrows) put('arrows', 'all');
  add('instances', view.instances);
  put('query', view.query);
  for (const [name, value] of Object.entries(view.parameters)) put(`$${name}`, value);
  put('panel', view.panel);
  if (view.staleAfterMinutes !== STALE_AFTER_MINUTES) put('stale-after', String(view.staleAfterMinutes));
  // What a URL's fragment may hold as it is, is easier to read as it is.
  return parameters.toString().replace(/%3A/g, ':').replace(/%2F/g, '/').replace(/%24/g, '$').replace(/%3D/g, '=');
}

/** Reads a hash that a person may have edited: what is not understood is left out. */
export function parseView(hash: string): View {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''));
  const text = (name: string) => parameters.get(name) ?? undefined;
  const staleAfter = Number(text('stale-after'));
  const panel = text('panel');
  return {
    filter: {
      namespaces: parameters.getAll('namespace'),
      healths: parameters.getAll('health').filter((value): value is Health => (HEALTHS as readonly string[]).includes(value)),
      kinds: parameters.getAll('kind'),
      conditions: parameters.getAll('where').flatMap((value) => parseCondition(value) ?? []),
    },
    search: text('search') ?? '',
    open: parameters.getAll('open'),
    closed: parameters.getAll('closed'),
    service: text('service'),
    up: depth(text('up')),
    down: depth(text('down')),
    only: text('only') === 'yes',
    allArrows: text('arrows') === 'all',
    instances: parameters.getAll('instances'),
    query: text('query'),
    parameters: Object.fromEntries([...parameters].filter(([name]) => /^\$[A-Za-z_]\w*$/.test(name)).map(([name, value]) => [name.slice(1), value])),
    panel: panel === 'changes' || panel === 'queries' ? panel : undefined,
    staleAfterMinutes: Number.isFinite(staleAfter) && staleAfter > 0 ? staleAfter : STALE_AFTER_MINUTES,
    server: withoutCredentials(text('server')),
  };
}

function depth(text: string | undefined): Depth | undefined {
  return text === 'step' || text === 'all' ? text : undefined;
}

/** An address that somebody put a password into is not passed on with it. */
export function withoutCredentials(address: string | undefined): string | undefined {
  return address?.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1');
}
