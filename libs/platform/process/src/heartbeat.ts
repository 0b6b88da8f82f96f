import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Sql } from '#platform/database';

const BEAT_MS = 5_000;
const LEAVE_MS = 1_000;
/** A process that has ended without saying so is forgotten after this. */
const FORGET = '1 hour';

/** A process that says in `process_beats` that it runs. */
export interface Heartbeat {
  /** Says that it ends, so that nobody takes it for one that has died. */
  stop(): Promise<void>;
}

/**
 * Begins to say that this process runs. Failures are passed over: the database being away shows elsewhere.
 * @param app which program, `sender`
 * @param port tells two of one host apart; a process that is started again takes its own place
 */
export function startHeartbeat(sql: Sql, app: string, port: number): Heartbeat {
  const id = `${app} ${hostname()}:${port}`;
  let beating = beat(sql, id, app, true);
  const timer = setInterval(() => {
    beating = beat(sql, id, app, false);
  }, BEAT_MS).unref();
  return {
    async stop() {
      clearInterval(timer);
      const gone = beating.then(() => sql.run('DELETE FROM process_beats WHERE id = $1', [id]));
      // A database that is away holds up no end.
      await Promise.race([gone.catch(() => undefined), sleep(LEAVE_MS, undefined, { ref: false })]);
    },
  };
}

async function beat(sql: Sql, id: string, app: string, first: boolean): Promise<void> {
  try {
    await sql.run(
      `INSERT INTO process_beats (id, app, host, version) VALUES ($1, $2, $3, $4)
       ON CONFLICT (id) DO UPDATE SET seen_at = now(), version = EXCLUDED.version,
         started_at = CASE WHEN $5 THEN now() ELSE process_beats.started_at END`,
      [id, app, hostname(), productVersion(), first],
    );
    if (first) await sql.run(`DELETE FROM process_beats WHERE seen_at < now() - interval '${FORGET}'`);
  } catch {
    // the next one says it
  }
}

let version: string | undefined;
/** Of the package this file belongs to, built or not. */
export function productVersion(): string {
  return (version ??= findVersion(path.dirname(fileURLToPath(import.meta.url))));
}

function findVersion(folder: string): string {
  try {
    const found = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { version?: string };
    if (found.version) return found.version;
  } catch {
    // further up
  }
  const above = path.dirname(folder);
  return above === folder ? '?' : findVersion(above);
}
