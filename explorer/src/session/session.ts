import { MOST_CHANGES } from '../model/changes';
import { findService } from '../model/name';
import { formatCondition } from '../model/filter';
import { valueOf } from '../model/queries';
import { MOST_MATCHES } from '../model/search';
import { formatView, parseView, withoutCredentials, type View } from '../model/view';
import { Connection, ConnectionError, type Address } from '../neo4j/connection';
import { loadAll, loadChanges, loadOpened, loadRecentChanges, loadStates, loadVersions, type Loaded } from '../neo4j/load';
import { SEARCH_INSTANCES, WITH_ATTRIBUTE } from '../neo4j/statements';
import { QUERIES } from './queries';
import { emptyResult, resultOf } from './result';
import { INITIAL, type State } from './state';

const POLL_MS = 2_000;
const SEARCH_AFTER_MS = 200;
/** Shorter texts are in almost everything. */
const LEAST_SEARCH = 2;

/** Holds the connection and the state; whoever shows it is told when it changes. */
export class Session {
  state: State = { ...INITIAL, view: parseView(location.hash) };
  /** What was opened last, to be brought into sight. */
  lastOpened: { readonly id: string } | undefined;
  private connection: Connection | undefined;
  private known: Loaded | undefined;
  private versions = '';
  private timer = 0;
  private began: number | undefined;
  private searchTimer = 0;
  private readonly listeners = new Set<() => void>();

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Connects by itself where the page is served beside its database; else asks. */
  async start(): Promise<void> {
    addEventListener('hashchange', () => {
      if (location.hash.replace(/^#/, '') !== formatView(this.state.view)) this.show(parseView(location.hash), false);
    });
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) this.pollSoon(0);
    });
    const address = await servedConnection();
    if (address !== undefined) {
      this.set({ told: true });
      await this.connect(address);
    }
    else this.set({ phase: 'signed-out' });
  }

  async connect(address: Address): Promise<void> {
    this.began = performance.now();
    const uri = address.uri.trim();
    this.set({ phase: 'connecting', error: undefined, server: { uri: withoutCredentials(uri) ?? '', username: address.username, database: address.database } });
    try {
      this.connection = await Connection.open({ ...address, uri });
      await this.loadEverything();
    } catch (error) {
      await this.connection?.close();
      this.connection = undefined;
      this.set({ phase: 'signed-out', told: false, error: messageOf(error) });
      return;
    }
    this.set({ phase: 'connected', firstPictureMs: undefined });
    this.setView({ server: withoutCredentials(uri) });
    this.pollSoon(POLL_MS);
  }

  /** Told when a picture is on the canvas: the first one ends what a person waited for. */
  pictured(): void {
    if (this.began === undefined || this.state.phase !== 'connected') return;
    this.set({ firstPictureMs: performance.now() - this.began });
    this.began = undefined;
  }

  async disconnect(): Promise<void> {
    clearTimeout(this.timer);
    const connection = this.connection;
    this.connection = undefined;
    this.known = undefined;
    this.set({ ...INITIAL, phase: 'signed-out', view: this.state.view, server: this.state.server });
    await connection?.close();
  }

  /** Changes what is looked at, and the URL with it. */
  setView(change: Partial<View>): void {
    this.show({ ...this.state.view, ...change }, true);
  }

  private show(view: View, writeUrl: boolean): void {
    const before = this.state.view;
    this.set({ view });
    if (writeUrl) history.replaceState(null, '', `#${formatView(view)}`);
    if (this.connection === undefined) return;
    if (view.service !== before.service || view.instances !== before.instances) void this.loadOpened();
    if (view.filter.conditions !== before.filter.conditions) void this.loadConditions();
    if (view.search !== before.search) this.searchSoon();
    if (view.query !== before.query && view.query === undefined) this.set({ result: undefined });
    if (view.query !== before.query && view.query !== undefined && !writeUrl) void this.runQuery(view.query, view.parameters);
  }

  private async loadEverything(): Promise<void> {
    const connection = this.connected();
    this.versions = await loadVersions(connection);
    const [known, states, changes] = await Promise.all([loadAll(connection), loadStates(connection), loadRecentChanges(connection, MOST_CHANGES)]);
    this.known = known;
    this.set({ graph: known.graph, states, changes, loaded: true });
    // What the picture hangs on is waited for; the rest comes into it.
    await this.loadConditions();
    void this.loadOpened();
    if (this.state.view.search !== '') this.searchSoon();
    const { query, parameters } = this.state.view;
    if (query !== undefined) void this.runQuery(query, parameters);
  }

  private pollSoon(after: number): void {
    clearTimeout(this.timer);
    if (this.connection === undefined) return;
    this.timer = window.setTimeout(() => void this.poll(), after);
  }

  private async poll(): Promise<void> {
    // A hidden tab asks nobody; being shown again starts it anew.
    if (document.hidden || this.connection === undefined) return;
    try {
      const versions = await loadVersions(this.connection);
      if (versions !== this.versions || this.state.lost !== undefined) {
        await this.loadChanged();
        this.versions = versions;
      }
      if (this.state.lost !== undefined) this.set({ lost: undefined });
    } catch (error) {
      if (this.connection === undefined) return;
      this.set({ lost: messageOf(error) });
    }
    this.pollSoon(POLL_MS);
  }

  private async loadChanged(): Promise<void> {
    const connection = this.connected();
    const known = this.known;
    const [loaded, states, changes] = await Promise.all([
      known === undefined ? loadAll(connection) : loadChanges(connection, known),
      loadStates(connection),
      loadRecentChanges(connection, MOST_CHANGES),
    ]);
    const same = known !== undefined && sameGraph(known, loaded);
    if (!same) {
      this.known = loaded;
      this.set({ graph: loaded.graph, states, changes });
      await Promise.all([this.loadOpened(true), this.loadConditions(true)]);
    } else {
      this.set({ states, changes });
    }
  }

  /** Reads the instances of what is open: the selected service, and those whose instances are drawn. */
  private async loadOpened(again = false): Promise<void> {
    const { view, graph, opened } = this.state;
    const wanted = [...new Set([view.service, ...view.instances])].filter((arn): arn is string => arn !== undefined && graph.services.has(arn));
    if (again) this.set({ opened: new Map([...opened].filter(([arn]) => wanted.includes(arn))) });
    await Promise.all(
      wanted
        .filter((arn) => again || !opened.has(arn))
        .map(async (arn) => {
          const read = await this.attempt(() => loadOpened(this.connected(), arn));
          if (read !== undefined) this.set({ opened: new Map(this.state.opened).set(arn, read) });
        }),
    );
  }

  /** Asks which services have an instance for which a condition of the filter holds. */
  private async loadConditions(again = false): Promise<void> {
    const wanted = this.state.view.filter.conditions;
    const known = again ? new Map<string, ReadonlySet<string>>() : this.state.byInstances;
    await Promise.all(
      wanted
        .filter((condition) => !known.has(formatCondition(condition)))
        .map(async (condition) => {
          const rows = await this.attempt(() => this.connected().read(WITH_ATTRIBUTE, { key: condition.key, value: condition.value ?? null }));
          if (rows === undefined) return;
          this.set({ byInstances: new Map(this.state.byInstances).set(formatCondition(condition), new Set(rows.map((row) => String(row.arn)))) });
        }),
    );
  }

  private searchSoon(): void {
    clearTimeout(this.searchTimer);
    const text = this.state.view.search.trim().toLowerCase();
    if (text.length < LEAST_SEARCH) {
      this.set({ found: { text, matches: [], done: true } });
      return;
    }
    this.set({ found: { text, matches: this.state.found.matches, done: false } });
    this.searchTimer = window.setTimeout(() => void this.search(text), SEARCH_AFTER_MS);
  }

  private async search(text: string): Promise<void> {
    const rows = await this.attempt(() => this.connected().read(SEARCH_INSTANCES, { text, most: MOST_MATCHES }));
    // Whoever types on is no longer interested.
    if (this.state.found.text !== text) return;
    const matches = (rows ?? []).map((row) => ({ serviceArn: String(row.arn), because: String(row.because) }));
    this.set({ found: { text, matches, done: true } });
  }

  /** Asks a question of docs/queries, with what a person gave for its parameters. */
  async runQuery(name: string, parameters: Readonly<Record<string, string>>): Promise<void> {
    const query = QUERIES.find((each) => each.name === name);
    if (query === undefined) return;
    this.setView({ query: name, parameters });
    this.set({ result: emptyResult(name, 'running', '') });
    const values = Object.fromEntries(
      query.parameters.map((parameter) => [parameter.name, valueOf(parameter, parameters[parameter.name] ?? parameter.defaultValue ?? '')]),
    );
    try {
      const { columns, rows } = await this.connected().table(query.statement, values);
      if (this.state.view.query === name) this.set({ result: resultOf(name, columns, rows) });
    } catch (error) {
      if (this.state.view.query === name) this.set({ result: emptyResult(name, 'failed', messageOf(error)) });
    }
  }

  /** Selects a service by its ARN or a name that only one has. */
  select(text: string | undefined): void {
    const service = text === undefined ? undefined : findService(this.state.graph, text);
    const same = service?.arn === this.state.view.service;
    this.setView({ service: service?.arn, ...(same ? {} : { only: false }), ...(service === undefined ? {} : { panel: undefined }) });
  }

  /** Draws what stands in an aggregate, in its place. */
  open(id: string): void {
    this.lastOpened = { id };
    const { open, closed } = this.state.view;
    this.setView({ open: [...open.filter((each) => each !== id), id], closed: closed.filter((each) => each !== id) });
  }

  /** Folds a namespace, or a part of one, into an aggregate. */
  fold(id: string): void {
    this.lastOpened = undefined;
    const { open, closed, service } = this.state.view;
    const selected = service === undefined ? undefined : this.state.graph.services.get(service);
    const hides = selected !== undefined && (id === selected.namespaceArn || id.startsWith(`${selected.namespaceArn}#`));
    this.setView({
      open: open.filter((each) => each !== id && !each.startsWith(`${id}#`)),
      closed: id.includes('#') ? closed : [...closed.filter((each) => each !== id), id],
      ...(hides ? { service: undefined, up: undefined, down: undefined } : {}),
    });
  }

  private connected(): Connection {
    if (this.connection === undefined) throw new ConnectionError('Not connected.', false);
    return this.connection;
  }

  /** A read beside the polling: where the database is gone, polling says so. */
  private async attempt<T>(read: () => Promise<T>): Promise<T | undefined> {
    try {
      return await read();
    } catch (error) {
      if (this.connection !== undefined && error instanceof ConnectionError) this.set({ lost: messageOf(error) });
      return undefined;
    }
  }

  private set(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}

function sameGraph(a: Loaded, b: Loaded): boolean {
  if (a.digests.size !== b.digests.size || a.graph.namespaces.size !== b.graph.namespaces.size) return false;
  for (const [arn, digest] of b.digests) if (digest === null || a.digests.get(arn) !== digest) return false;
  const identity = (loaded: Loaded) => JSON.stringify([loaded.graph.dependencies.map((each) => [each.from, each.to, each.sources]).sort(), [...loaded.graph.namespaces]]);
  return identity(a) === identity(b);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The local run tells its own page where its database is; anybody else's server answers 404. */
async function servedConnection(): Promise<Address | undefined> {
  if (!location.protocol.startsWith('http')) return undefined;
  try {
    const response = await fetch('/connection.json', { cache: 'no-store', credentials: 'omit' });
    if (!response.ok || !(response.headers.get('content-type') ?? '').startsWith('application/json')) return undefined;
    const { uri, username, password, database } = (await response.json()) as Partial<Record<keyof Address, unknown>>;
    if ([uri, username, password, database].some((each) => typeof each !== 'string')) return undefined;
    return { uri, username, password, database } as Address;
  } catch {
    return undefined;
  }
}
