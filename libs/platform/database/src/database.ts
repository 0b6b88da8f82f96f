import type { Writable } from 'node:stream';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { toParameter } from './array-parameter.js';
import { binaryRows } from './binary-rows.js';
import type { BinaryRow } from './binary-rows.js';

/** A statement; a `name` prepares it once per connection (hot paths only). */
export type Statement = string | { name: string; text: string };

/**
 * What SQL can be run on: the pool, or one transaction. Repositories take it as their first argument, so that a
 * service decides what belongs together.
 */
export interface Sql {
  /** All rows. bigint columns come as decimal strings, timestamps as Date. */
  rows<T = Record<string, unknown>>(statement: Statement, values?: readonly unknown[]): Promise<T[]>;
  /** The first row, or undefined. */
  first<T = Record<string, unknown>>(statement: Statement, values?: readonly unknown[]): Promise<T | undefined>;
  /** Number of rows changed. */
  run(statement: Statement, values?: readonly unknown[]): Promise<number>;
}

/** The one door to Postgres. */
export class Database implements Sql {
  private readonly pool: pg.Pool;

  constructor(options: { url: string; poolSize: number; applicationName: string }) {
    this.pool = new pg.Pool({
      connectionString: options.url,
      max: options.poolSize,
      application_name: options.applicationName,
      connectionTimeoutMillis: 10_000,
      idleTimeoutMillis: 30_000,
      // A statement that runs longer than this has lost its plan; long set-based work raises it in its transaction.
      statement_timeout: 60_000,
      idle_in_transaction_session_timeout: 60_000,
    });
    // A connection that Postgres closes (restart) must not end the process, neither an idle one, which the pool
    // replaces, nor one between two statements of a transaction, whose next statement fails.
    this.pool.on('error', () => undefined);
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  rows<T>(statement: Statement, values: readonly unknown[] = []): Promise<T[]> {
    return new PooledSql(this.pool).rows<T>(statement, values);
  }

  first<T>(statement: Statement, values: readonly unknown[] = []): Promise<T | undefined> {
    return new PooledSql(this.pool).first<T>(statement, values);
  }

  run(statement: Statement, values: readonly unknown[] = []): Promise<number> {
    return new PooledSql(this.pool).run(statement, values);
  }

  /**
   * Runs `work` in a transaction; rolls back when it throws.
   * @param options.timeoutMs statement time-out inside it, for long set-based work
   * @param options.repeatable what it does is done again from what is stored, should a Postgres that dies forget the last
   * moments: then its commit need not wait for the disk
   * @param options.yields it gives way (SQLSTATE 55P03) rather than wait long for a lock: Postgres looks for a deadlock
   * only later, so that it never ends somebody else's transaction for it
   */
  async transaction<T>(
    work: (tx: Transaction) => Promise<T>,
    options: { timeoutMs?: number; repeatable?: boolean; yields?: boolean } = {},
  ): Promise<T> {
    const client = await this.pool.connect();
    try {
      await client.query(begin(options));
      const result = await work(new Transaction(client));
      await client.query('COMMIT');
      client.release();
      return result;
    } catch (error) {
      // A connection whose rollback fails is broken: give it away instead of back.
      const broken = await client.query('ROLLBACK').then(
        () => false,
        () => true,
      );
      client.release(broken);
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}

/** Below Postgres' `deadlock_timeout` of a second. */
const YIELD_MS = 500;

function begin(options: { timeoutMs?: number; repeatable?: boolean; yields?: boolean }): string {
  const { timeoutMs, repeatable, yields } = options;
  return [
    'BEGIN',
    ...(timeoutMs ? [`SET LOCAL statement_timeout = ${Math.trunc(timeoutMs)}`] : []),
    ...(repeatable ? ['SET LOCAL synchronous_commit = off'] : []),
    ...(yields ? [`SET LOCAL lock_timeout = ${YIELD_MS}`] : []),
  ].join('; ');
}

class PooledSql implements Sql {
  constructor(private readonly client: pg.Pool | pg.PoolClient) {}

  async rows<T>(statement: Statement, values: readonly unknown[] = []): Promise<T[]> {
    return (await this.query(statement, values)).rows as T[];
  }

  async first<T>(statement: Statement, values: readonly unknown[] = []): Promise<T | undefined> {
    return (await this.query(statement, values)).rows[0] as T | undefined;
  }

  async run(statement: Statement, values: readonly unknown[] = []): Promise<number> {
    return (await this.query(statement, values)).rowCount ?? 0;
  }

  private query(statement: Statement, values: readonly unknown[]): Promise<pg.QueryResult> {
    const config = typeof statement === 'string' ? { text: statement } : statement;
    return this.client.query({ ...config, values: values.map(toParameter) });
  }
}

/** One open transaction. */
export class Transaction extends PooledSql {
  constructor(private readonly connection: pg.PoolClient) {
    super(connection);
  }

  /** Streams text-format lines into `COPY … FROM STDIN`; rejects when the source or Postgres fails. */
  async copyInto(statement: string, source: AsyncIterable<string | Buffer>): Promise<void> {
    await pipeline(
      Readable.from(source, { objectMode: false }),
      this.connection.query(copyFrom(statement)) as Writable,
    );
  }

  /**
   * All rows of a query without parameters in Postgres' binary formats, in one block of memory: for bytes, which go as
   * text of twice their size otherwise.
   */
  async binaryRows(query: string): Promise<BinaryRow[]> {
    const rows = this.connection.query(copyTo(`COPY (${query}) TO STDOUT (FORMAT binary)`));
    // Not stream/consumers' buffer(): it copies everything twice more, and that memory makes the collector run oftener.
    const chunks: Buffer[] = [];
    for await (const chunk of rows) chunks.push(chunk as Buffer);
    return binaryRows(Buffer.concat(chunks));
  }
}

/** True for a violated unique constraint (SQLSTATE 23505), optionally of one constraint. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const e = error as { code?: string; constraint?: string };
  return e?.code === '23505' && (constraint === undefined || e.constraint === constraint);
}
