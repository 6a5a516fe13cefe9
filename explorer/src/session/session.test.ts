import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Connection, ConnectionError, type Row, type Table } from '../neo4j/connection';
import * as statements from '../neo4j/statements';
import { QUERIES } from './queries';
import { Session } from './session';
import { failureKey } from './state';

const ADDRESS = { uri: 'bolt://127.0.0.1:7687', username: 'reader', password: 'secret', database: '' };
const QUESTION = QUERIES.find((query) => query.parameters.length > 0)!;
const PARAMETER = QUESTION.parameters[0]!.name;

/** Answers as the database does, in what the session asks it; a test changes the answers between. */
class Database {
  version = 1;
  digest = '';
  /** Answers wait for it, where a test sets it. */
  gate: Promise<void> | undefined;
  error: Error | undefined;
  /** The error of the reads beside the graph alone. */
  sideError: Error | undefined;
  withOwner = ['web'];
  readonly asked: string[] = [];
  /** The questions that wait for a test to answer them. */
  readonly questions: { readonly parameters: Record<string, unknown>; readonly answer: (value: string) => void; readonly fail: (error: Error) => void }[] = [];

  async read(statement: string): Promise<Row[]> {
    this.asked.push(statement);
    await this.gate;
    if (this.error !== undefined) throw this.error;
    switch (statement) {
      case statements.VERSIONS:
        return [{ version: this.version }];
      case statements.FINGERPRINTS:
        return [{ fingerprints: [['web', this.digest || `d${this.version}`]] }];
      case statements.SERVICES:
      case statements.SERVICES_OF_ARNS:
        return [{ services: [['web', 'srv-1', 'web', 'shop', 'ns', '', `version ${this.version}`, [], []]] }];
      case statements.WITH_ATTRIBUTE:
        if (this.sideError !== undefined) throw this.sideError;
        return this.withOwner.map((arn) => ({ arn }));
      case statements.INSTANCES:
      case statements.SEARCH_INSTANCES:
        if (this.sideError !== undefined) throw this.sideError;
        return [];
      default:
        return [];
    }
  }

  table(_: string, parameters: Record<string, unknown>): Promise<Table> {
    return new Promise((resolve, reject) =>
      this.questions.push({ parameters, answer: (value) => resolve({ columns: ['value'], rows: [{ value }] }), fail: reject }),
    );
  }

  async close(): Promise<void> {}
}

describe('Session', () => {
  let database: Database;
  let session: Session;

  beforeEach(async () => {
    vi.useFakeTimers();
    vi.stubGlobal('location', { hash: '', protocol: 'file:' });
    vi.stubGlobal('history', { replaceState: () => undefined });
    vi.stubGlobal('document', { hidden: false, addEventListener: () => undefined });
    vi.stubGlobal('window', globalThis);
    database = new Database();
    vi.spyOn(Connection, 'open').mockImplementation(async () => database as unknown as Connection);
    session = new Session();
    await session.connect(ADDRESS);
  });

  afterEach(async () => {
    await session.disconnect();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  const poll = () => vi.advanceTimersByTimeAsync(2_000);
  const settle = () => vi.advanceTimersByTimeAsync(0);
  const filter = (...keys: string[]) =>
    session.setView({ filter: { ...session.state.view.filter, conditions: keys.map((key) => ({ key, value: undefined })) } });

  it('goes on by itself when the database was gone', async () => {
    database.error = new ConnectionError('Gone.', true);
    await poll();
    expect(session.state.lost).toBe('Gone.');
    database.error = undefined;
    await poll();
    expect(session.state).toMatchObject({ phase: 'connected', lost: undefined });
  });

  it('asks for the password, and no longer the database, when that refuses it', async () => {
    database.error = new ConnectionError('Neo4j refuses this user and password.', false);
    await poll();
    expect(session.state).toMatchObject({ phase: 'signed-out', error: 'Neo4j refuses this user and password.' });
    const { length } = database.asked;
    await poll();
    await poll();
    expect(database.asked).toHaveLength(length);
  });

  it('says which reads failed, and repeats them when the database is back, though the graph is the same', async () => {
    database.sideError = new ConnectionError('Gone.', true);
    session.select('web');
    filter('owner');
    session.setView({ search: 'shop' });
    await vi.advanceTimersByTimeAsync(200);
    expect([...session.state.failures.keys()].sort()).toEqual([failureKey('condition', 'owner'), failureKey('opened', 'web')]);
    expect(session.state.found).toMatchObject({ done: true, failed: 'Gone.' });
    expect(session.state.lost).toBe('Gone.');
    await poll();
    expect(session.state.lost, 'the graph can be read, but not all').toBe('Gone.');
    database.sideError = undefined;
    await poll();
    await vi.advanceTimersByTimeAsync(200);
    expect(session.state.failures.size).toBe(0);
    expect(session.state.lost).toBeUndefined();
    expect(session.state.opened.has('web')).toBe(true);
    expect(session.state.byInstances.get('owner')).toEqual(new Set(['web']));
    expect(session.state.found.failed).toBeUndefined();
  });

  it('forgets the answers for conditions that were not asked anew', async () => {
    filter('owner', 'stage');
    await settle();
    filter('stage');
    database.version++;
    database.withOwner = [];
    await poll();
    expect(session.state.byInstances.get('stage')).toEqual(new Set());
    filter('owner');
    await settle();
    expect(session.state.byInstances.get('owner')).toEqual(new Set());
  });

  it('asks the shown question again when the graph changed, and keeps the answer until then', async () => {
    void session.runQuery(QUESTION.name, { [PARAMETER]: 'web' });
    database.questions[0]!.answer('before');
    await settle();
    database.version++;
    await poll();
    expect(database.questions).toHaveLength(2);
    expect(database.questions[1]!.parameters).toEqual(database.questions[0]!.parameters);
    expect(session.state.result).toMatchObject({ state: 'done', rows: [['before']] });
    database.questions[1]!.answer('after');
    await settle();
    expect(session.state.result).toMatchObject({ state: 'done', rows: [['after']] });
    const { result } = session.state;
    database.version++;
    await poll();
    database.questions[2]!.answer('after');
    await settle();
    expect(session.state.result, 'the same answer').toBe(result);
  });

  it('asks a question that is still awaited once more, not beside itself', async () => {
    void session.runQuery(QUESTION.name, {});
    database.version++;
    await poll();
    database.version++;
    await poll();
    expect(database.questions).toHaveLength(1);
    database.questions[0]!.answer('before');
    await settle();
    expect(database.questions).toHaveLength(2);
    database.questions[1]!.fail(new Error('Too long.'));
    await settle();
    expect(session.state.result).toMatchObject({ state: 'failed', message: 'Too long.' });
  });

  it('takes the answer to the last question alone', async () => {
    void session.runQuery(QUESTION.name, { [PARAMETER]: 'web' });
    void session.runQuery(QUESTION.name, { [PARAMETER]: 'orders' });
    database.questions[1]!.answer('of orders');
    database.questions[0]!.answer('of web');
    await settle();
    expect(session.state.result).toMatchObject({ rows: [['of orders']] });
    void session.runQuery(QUESTION.name, {});
    session.setView({ query: undefined, parameters: {} });
    database.questions[2]!.answer('too late');
    await settle();
    expect(session.state.result).toBeUndefined();
  });

  it('asks again where a link differs in the parameters alone', async () => {
    const listeners: (() => void)[] = [];
    vi.stubGlobal('addEventListener', (_: string, listener: () => void) => listeners.push(listener));
    await session.start();
    await session.connect(ADDRESS);
    void session.runQuery(QUESTION.name, { [PARAMETER]: 'web' });
    location.hash = `#query=${QUESTION.name}&$${PARAMETER}=orders`;
    listeners.forEach((listener) => listener());
    expect(database.questions.map(({ parameters }) => parameters[PARAMETER])).toEqual(['web', 'orders']);
  });

  it('reads a graph that changed until two readings are alike: one may meet an update half applied', async () => {
    const readings = () => database.asked.filter((statement) => statement === statements.FINGERPRINTS).length;
    await poll();
    await poll();
    const before = readings();
    await poll();
    expect(readings(), 'nothing new').toBe(before);
    // The version is seen before the rest of the update is.
    database.digest = 'd1';
    database.version++;
    await poll();
    database.digest = '';
    await poll();
    await poll();
    expect(readings()).toBe(before + 3);
    await poll();
    expect(readings()).toBe(before + 3);
  });

  it('asks one thing after the other, also when a hidden tab is shown while an answer is awaited', async () => {
    const listeners: (() => void)[] = [];
    vi.stubGlobal('document', { hidden: false, addEventListener: (_: string, listener: () => void) => listeners.push(listener) });
    vi.stubGlobal('addEventListener', () => undefined);
    await session.start();
    await session.connect(ADDRESS);
    const versions = () => database.asked.filter((statement) => statement === statements.VERSIONS).length;
    let open = () => undefined as void;
    database.gate = new Promise((resolve) => (open = resolve));
    await poll();
    const length = versions();
    listeners.forEach((listener) => listener());
    await settle();
    expect(versions()).toBe(length);
    open();
    await poll();
    expect(versions()).toBe(length + 1);
  });

  it('opens the folded namespace of a service that is chosen', () => {
    session.fold('ns');
    expect(session.state.view.closed).toEqual(['ns']);
    session.select('web');
    expect(session.state.view).toMatchObject({ service: 'web', closed: [] });
  });
});
