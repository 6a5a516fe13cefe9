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
import { failureKey, INITIAL, type State } from './state';

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
  /** Whether the graph was read twice alike: one reading may meet an update half applied, and the version says nothing of that. */
  private settled = false;
  /** The connection that a poll is waiting for. */
  private polling: Connection | undefined;
  private timer = 0;
  private began: number | undefined;
  private searchTimer = 0;
  /** Counts the graphs: what was asked beside an earlier one, and answered late, is not taken. */
  private era = 0;
  /** Counts the questions that were asked: only the answer to the last is taken. */
  private turn = 0;
  private asking = false;
  /** Whether the graph changed while the question was being asked. */
  private askOnceMore = false;
  /** The answer that is shown, as text: the same one anew changes nothing. */
  private answer = '';
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
    let connection: Connection | undefined;
    try {
      this.connection = connection = await Connection.open({ ...address, uri });
      await this.loadEverything();
    } catch (error) {
      if (this.connection !== connection) return;
      this.era++;
      this.connection = undefined;
      await connection?.close();
      this.set({ phase: 'signed-out', told: false, error: messageOf(error) });
      return;
    }
    if (this.connection !== connection) return;
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

  /** Forgets the connection and the graph, and asks for an address and a password; because of an error, if there is one. */
  async disconnect(error?: string): Promise<void> {
    clearTimeout(this.timer);
    clearTimeout(this.searchTimer);
    this.era++;
    this.dropAnswer();
    const connection = this.connection;
    this.connection = undefined;
    this.known = undefined;
    this.set({ ...INITIAL, phase: 'signed-out', view: this.state.view, server: this.state.server, error });
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
    if (view.query === before.query && sameParameters(view.parameters, before.parameters)) return;
    if (view.query === undefined) this.dropAnswer();
    else if (!writeUrl) void this.runQuery(view.query, view.parameters);
  }

  private async loadEverything(): Promise<void> {
    const connection = this.connected();
    this.versions = await loadVersions(connection);
    this.settled = false;
    const [known, states] = await Promise.all([loadAll(connection), loadStates(connection)]);
    this.known = known;
    this.set({ graph: known.graph, states, loaded: true });
    // What the picture hangs on is waited for; the rest comes into it.
    await this.loadConditions();
    void this.loadOpened();
    void this.loadRecentChanges(connection);
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
    const connection = this.connection;
    if (document.hidden || connection === undefined || this.polling === connection) return;
    this.polling = connection;
    try {
      const versions = await loadVersions(connection);
      if (this.connection === connection && (versions !== this.versions || !this.settled || this.state.lost !== undefined)) {
        const same = await this.loadChanged(connection);
        if (this.connection === connection) {
          this.settled = same && versions === this.versions;
          this.versions = versions;
        }
      }
    } catch (error) {
      if (this.connection === connection) this.failed(error);
    } finally {
      if (this.polling === connection) this.polling = undefined;
    }
    if (this.connection === connection) this.pollSoon(POLL_MS);
  }

  /** Reads what changed; returns whether that was nothing. */
  private async loadChanged(connection: Connection): Promise<boolean> {
    const known = this.known;
    const [loaded, states, changes] = await Promise.all([
      known === undefined ? loadAll(connection) : loadChanges(connection, known),
      loadStates(connection),
      loadRecentChanges(connection, MOST_CHANGES),
    ]);
    if (this.connection !== connection) return false;
    const same = known !== undefined && sameGraph(known, loaded);
    this.known = same ? { ...known, digests: loaded.digests, unsure: loaded.unsure } : loaded;
    // With the database, what was read beside the graph may have been lost.
    const back = this.state.lost !== undefined;
    this.set({ graph: same ? known.graph : loaded.graph, states, changes, lost: undefined });
    if (this.state.found.failed !== undefined) this.searchSoon();
    this.askAgain();
    // What was read beside a graph that changed is no more certain than the graph.
    if (same && !back && this.settled) return same;
    this.era++;
    await Promise.all([this.loadOpened(true), this.loadConditions(true)]);
    return same;
  }

  /** What the panel of changes shows; the picture does not wait for it. */
  private async loadRecentChanges(connection: Connection): Promise<void> {
    try {
      const changes = await loadRecentChanges(connection, MOST_CHANGES);
      if (this.connection === connection) this.set({ changes });
    } catch (error) {
      if (this.connection === connection) this.failed(error);
    }
  }

  /** Reads the instances of what is open: the selected service, and those whose instances are drawn. */
  private async loadOpened(again = false): Promise<void> {
    const { view, graph, opened } = this.state;
    const wanted = [...new Set([view.service, ...view.instances])].filter((arn): arn is string => arn !== undefined && graph.services.has(arn));
    if (again) this.set({ opened: keepOnly(opened, wanted) });
    await Promise.all(
      wanted
        .filter((arn) => again || !opened.has(arn))
        .map((arn) =>
          this.attempt(
            failureKey('opened', arn),
            () => loadOpened(this.connected(), arn),
            (read) => ({ opened: new Map(this.state.opened).set(arn, read) }),
          ),
        ),
    );
  }

  /** Asks which services have an instance for which a condition of the filter holds. */
  private async loadConditions(again = false): Promise<void> {
    const wanted = this.state.view.filter.conditions;
    const known = this.state.byInstances;
    // What nobody asks for now would be old when somebody does.
    if (again) this.set({ byInstances: keepOnly(known, wanted.map(formatCondition)) });
    await Promise.all(
      wanted
        .filter((condition) => again || !known.has(formatCondition(condition)))
        .map((condition) =>
          this.attempt(
            failureKey('condition', formatCondition(condition)),
            () => this.connected().read(WITH_ATTRIBUTE, { key: condition.key, value: condition.value ?? null }),
            (rows) => ({ byInstances: new Map(this.state.byInstances).set(formatCondition(condition), new Set(rows.map((row) => String(row.arn)))) }),
          ),
        ),
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
    // Whoever types on is no longer interested.
    const wanted = () => this.connection !== undefined && this.state.found.text === text;
    try {
      const rows = await this.connected().read(SEARCH_INSTANCES, { text, most: MOST_MATCHES });
      const matches = rows.map((row) => ({ serviceArn: String(row.arn), because: String(row.because) }));
      if (wanted()) this.set({ found: { text, matches, done: true } });
    } catch (error) {
      if (!wanted()) return;
      this.set({ found: { text, matches: [], done: true, failed: messageOf(error) } });
      if (error instanceof ConnectionError) this.failed(error);
    }
  }

  /** Asks a question of docs/queries, with what a person gave for its parameters. */
  async runQuery(name: string, parameters: Readonly<Record<string, string>>): Promise<void> {
    if (!QUERIES.some((each) => each.name === name)) return this.dropAnswer();
    this.answer = '';
    this.setView({ query: name, parameters });
    this.set({ result: emptyResult(name, 'running', '') });
    await this.ask();
  }

  /** The graph changed, and perhaps the answer that is shown; one that is still awaited is not asked for twice at a time. */
  private askAgain(): void {
    if (this.asking) this.askOnceMore = true;
    else if (this.state.result !== undefined) void this.ask();
  }

  private dropAnswer(): void {
    this.turn++;
    this.asking = false;
    this.askOnceMore = false;
    this.answer = '';
    if (this.state.result !== undefined) this.set({ result: undefined });
  }

  /** Asks the question that is looked at, and leaves what is shown as it is until the answer is there. */
  private async ask(): Promise<void> {
    const { query: name, parameters } = this.state.view;
    const query = QUERIES.find((each) => each.name === name);
    if (name === undefined || query === undefined) return;
    const turn = ++this.turn;
    this.asking = true;
    this.askOnceMore = false;
    const values = Object.fromEntries(
      query.parameters.map((parameter) => [parameter.name, valueOf(parameter, parameters[parameter.name] ?? parameter.defaultValue ?? '')]),
    );
    try {
      const { columns, rows } = await this.connected().table(query.statement, values);
      if (turn !== this.turn) return;
      const answer = JSON.stringify([columns, rows]);
      if (answer !== this.answer) this.set({ result: resultOf(name, columns, rows) });
      this.answer = answer;
    } catch (error) {
      if (turn !== this.turn) return;
      this.answer = '';
      this.set({ result: emptyResult(name, 'failed', messageOf(error)) });
      // Polling finds out whether the database is gone, or whether it was this question.
      if (error instanceof ConnectionError && !error.passing) this.failed(error);
    }
    if (turn !== this.turn) return;
    this.asking = false;
    if (this.askOnceMore) void this.ask();
  }

  /** Selects a service by its ARN or a name that only one has. */
  select(text: string | undefined): void {
    const service = text === undefined ? undefined : findService(this.state.graph, text);
    const { closed, service: before } = this.state.view;
    const same = service?.arn === before;
    // One in a folded namespace would not be drawn.
    const opens = service !== undefined && closed.includes(service.namespaceArn);
    this.setView({
      service: service?.arn,
      ...(same ? {} : { only: false }),
      ...(service === undefined ? {} : { panel: undefined }),
      ...(opens ? { closed: closed.filter((each) => each !== service.namespaceArn) } : {}),
    });
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

  /** A read beside the graph. Where it fails the page says so; it is read again when the database is back, or the graph changed. */
  private async attempt<T>(key: string, read: () => Promise<T>, taken: (value: T) => Partial<State>): Promise<void> {
    const era = this.era;
    try {
      const value = await read();
      if (era !== this.era) return;
      const failures = new Map(this.state.failures);
      this.set({ ...taken(value), ...(failures.delete(key) ? { failures } : {}) });
    } catch (error) {
      if (era !== this.era) return;
      this.set({ failures: new Map(this.state.failures).set(key, messageOf(error)) });
      if (error instanceof ConnectionError) this.failed(error);
    }
  }

  /** Goes on asking where that may help. Else, as after a change of the password, each try is one more that locks the user out. */
  private failed(error: unknown): void {
    if (this.connection === undefined) return;
    if (error instanceof ConnectionError && !error.passing) void this.disconnect(error.message);
    else this.set({ lost: messageOf(error) });
  }

  private set(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}

function sameGraph(a: Loaded, b: Loaded): boolean {
  if (a.graph.services.size !== b.graph.services.size || a.graph.namespaces.size !== b.graph.namespaces.size) return false;
  for (const [arn, service] of b.graph.services) if (a.graph.services.get(arn) !== service) return false;
  const identity = (loaded: Loaded) => JSON.stringify([loaded.graph.dependencies.map((each) => [each.from, each.to, each.sources]).sort(), [...loaded.graph.namespaces]]);
  return identity(a) === identity(b);
}

function sameParameters(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

/** The same map where there is nothing to drop: what follows from it is not computed anew. */
function keepOnly<T>(map: ReadonlyMap<string, T>, wanted: readonly string[]): ReadonlyMap<string, T> {
  if ([...map.keys()].every((key) => wanted.includes(key))) return map;
  return new Map([...map].filter(([key]) => wanted.includes(key)));
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
