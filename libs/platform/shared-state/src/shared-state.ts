import { Redis } from 'ioredis';
import type { Database } from '#platform/database';

/**
 * A small JSON state under a key that all processes of all hosts change one after the other, with the store's own
 * clock, so that rate limits hold globally whatever the hosts' clocks say.
 */
export interface SharedState {
  /**
   * Reads the state, lets `change` compute the next one, stores it and returns the result. `change` must be pure: it
   * may run again when another process was faster.
   */
  update<S, R>(key: string, change: (state: S | null, nowMs: number) => { state: S; result: R }): Promise<R>;
  /** The states as they are, in the order of the keys, and the store's clock. */
  read<S>(keys: readonly string[]): Promise<{ states: (S | null)[]; nowMs: number }>;
  close(): Promise<void>;
}

/** One-machine mode: a row of `pace_states`, locked while it changes. */
export class PostgresSharedState implements SharedState {
  constructor(private readonly db: Database) {}

  update<S, R>(key: string, change: (state: S | null, nowMs: number) => { state: S; result: R }): Promise<R> {
    return this.db.transaction(async (tx) => {
      await tx.run(
        {
          name: 'shared_state_ensure',
          text: `INSERT INTO pace_states (key, state) VALUES ($1, 'null') ON CONFLICT DO NOTHING`,
        },
        [key],
      );
      const row = await tx.first<{ state: S | null; now: number }>(
        {
          name: 'shared_state_lock',
          // clock_timestamp() is read after the lock was granted: the order of grants is the order of their clocks.
          text: `SELECT state, (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now
                 FROM pace_states WHERE key = $1 FOR UPDATE`,
        },
        [key],
      );
      const { state, result } = change(row?.state ?? null, row?.now ?? 0);
      await tx.run(
        { name: 'shared_state_store', text: 'UPDATE pace_states SET state = $2, updated_at = now() WHERE key = $1' },
        [key, JSON.stringify(state)],
      );
      return result;
    });
  }

  async read<S>(keys: readonly string[]): Promise<{ states: (S | null)[]; nowMs: number }> {
    const rows = await this.db.rows<{ state: S | null; now: number }>(
      {
        name: 'shared_state_read',
        text: `SELECT s.state, (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now
               FROM unnest($1::text[]) WITH ORDINALITY AS k (key, place)
               LEFT JOIN pace_states s USING (key) ORDER BY k.place`,
      },
      [keys],
    );
    return { states: rows.map(({ state }) => state), nowMs: rows[0]?.now ?? Date.now() };
  }

  async close(): Promise<void> {}
}

/** Stores the value if it is still the one that was read; returns 1 when stored. */
const COMPARE_AND_SET = `
  local current = redis.call('GET', KEYS[1])
  if (current or '') ~= ARGV[1] then return 0 end
  redis.call('SET', KEYS[1], ARGV[2], 'EX', 172800)
  return 1`;

/** Many machines: a Redis key, changed by compare-and-set; the engine that computes the state stays the same. */
export class RedisSharedState implements SharedState {
  private readonly redis: Redis;

  constructor(url: string) {
    this.redis = new Redis(url, { maxRetriesPerRequest: 3, commandTimeout: 2_000 });
    this.redis.on('error', () => undefined); // each command reports its own failure
  }

  async update<S, R>(key: string, change: (state: S | null, nowMs: number) => { state: S; result: R }): Promise<R> {
    const name = `hongyan:${key}`;
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const [current, time] = await Promise.all([this.redis.get(name), this.redis.time()]);
      const nowMs = Number(time[0]) * 1000 + Number(time[1]) / 1000;
      const { state, result } = change(current ? (JSON.parse(current) as S) : null, nowMs);
      const stored = await this.redis.eval(COMPARE_AND_SET, 1, name, current ?? '', JSON.stringify(state));
      if (stored === 1) return result;
    }
    throw new Error(`shared state ${key} was contended too long`);
  }

  async read<S>(keys: readonly string[]): Promise<{ states: (S | null)[]; nowMs: number }> {
    const names = keys.map((key) => `hongyan:${key}`);
    const [values, time] = await Promise.all([
      names.length > 0 ? this.redis.mget(names) : Promise.resolve([]),
      this.redis.time(),
    ]);
    const states = values.map((value) => (value ? (JSON.parse(value) as S) : null));
    return { states, nowMs: Number(time[0]) * 1000 + Number(time[1]) / 1000 };
  }

  async close(): Promise<void> {
    this.redis.disconnect();
  }
}

/** Redis where the queue is on Redis, else Postgres. */
export function openSharedState(queueUrl: string, db: Database): SharedState {
  return queueUrl ? new RedisSharedState(queueUrl) : new PostgresSharedState(db);
}
