import neo4j, { type Driver } from 'neo4j-driver-lite';
import { plain, type Plain } from './plain';

export interface Address {
  readonly uri: string;
  readonly username: string;
  readonly password: string;
  readonly database: string;
}

export type Row = Readonly<Record<string, Plain>>;

export interface Table {
  /** As the statement returns them; empty where it returns no row. */
  readonly columns: readonly string[];
  readonly rows: Row[];
}

/** What asks the database; a connection is one. */
export interface Reader {
  read(statement: string, parameters?: Record<string, unknown>, timeoutMs?: number): Promise<Row[]>;
}

/** Why the database does not answer, in a sentence for the person who waits. */
export class ConnectionError extends Error {
  constructor(
    message: string,
    /** Whether trying again may help, without another password or address. */
    readonly passing: boolean,
  ) {
    super(message);
  }
}

/** Reads, and only reads: every session is one of access mode READ. The password lives in the driver's memory alone. */
export class Connection implements Reader {
  private constructor(
    private readonly driver: Driver,
    private readonly database: string,
  ) {}

  static async open(address: Address): Promise<Connection> {
    let driver: Driver;
    try {
      driver = neo4j.driver(address.uri, { scheme: 'basic', principal: address.username, credentials: address.password }, {
        disableLosslessIntegers: true,
        connectionTimeout: 8_000,
        connectionAcquisitionTimeout: 10_000,
        maxTransactionRetryTime: 4_000,
        maxConnectionPoolSize: 6,
        telemetryDisabled: true,
        userAgent: 'cloud-map-graph-explorer',
      });
    } catch (error) {
      throw new ConnectionError(`The address is not one of Neo4j: ${withoutUserInfo(messageOf(error), address.uri)}`, false);
    }
    const connection = new Connection(driver, address.database);
    try {
      await connection.read('RETURN 1 AS one');
    } catch (error) {
      await connection.close();
      throw error;
    }
    return connection;
  }

  async read(statement: string, parameters: Record<string, unknown> = {}, timeoutMs = 30_000): Promise<Row[]> {
    return (await this.table(statement, parameters, timeoutMs)).rows;
  }

  async table(statement: string, parameters: Record<string, unknown> = {}, timeoutMs = 30_000): Promise<Table> {
    const session = this.driver.session({
      defaultAccessMode: neo4j.session.READ,
      // All rows at once: asking for the next thousand each time makes thousands of services wait.
      fetchSize: -1,
      ...(this.database === '' ? {} : { database: this.database }),
    });
    try {
      const result = await session.executeRead((transaction) => transaction.run(statement, toDriver(parameters)), { timeout: timeoutMs });
      const rows = result.records.map((record) => Object.fromEntries(record.keys.map((key) => [String(key), plain(record.get(key))])));
      return { columns: result.records[0]?.keys.map(String) ?? [], rows };
    } catch (error) {
      throw explained(error);
    } finally {
      await session.close().catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    await this.driver.close().catch(() => undefined);
  }
}

/** The driver takes every number of JavaScript's for a float, which is no LIMIT. */
function toDriver(parameters: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, Number.isInteger(value) ? neo4j.int(value as number) : value]),
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A message that quotes an address must not show the password that somebody put into it. */
export function withoutUserInfo(message: string, uri: string): string {
  // Up to the last @: a password may hold anything.
  const bare = uri.replace(/^([^:/@]+:\/\/)?.*@/s, '$1');
  const quoted = uri === bare ? message : message.replaceAll(uri, bare);
  return quoted.replace(/([a-z][a-z0-9+.-]*:\/\/)?\S+@/gi, '$1');
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

function explained(error: unknown): Error {
  const code = codeOf(error);
  switch (code) {
    case 'Neo.ClientError.Security.Unauthorized':
      return new ConnectionError('Neo4j refuses this user and password.', false);
    case 'Neo.ClientError.Security.AuthenticationRateLimit':
      return new ConnectionError('Neo4j refuses to be asked again so soon: too many wrong passwords. Wait some seconds.', false);
    case 'Neo.ClientError.Security.CredentialsExpired':
      return new ConnectionError('The password has expired: change it in Neo4j first.', false);
    case 'Neo.ClientError.Database.DatabaseNotFound':
      return new ConnectionError('There is no database of that name.', false);
    case 'ServiceUnavailable':
    case 'SessionExpired':
      return new ConnectionError('Neo4j does not answer at this address.', true);
    default:
      return code.startsWith('Neo.TransientError.') ? new ConnectionError('Neo4j is there, but too busy to answer in time.', true) : new Error(messageOf(error));
  }
}
