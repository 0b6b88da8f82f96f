import type { z } from 'zod';
import type { SystemProcess } from '#contracts';
import type { Sql } from '#platform/database';

type Process = z.infer<typeof SystemProcess>;

/** Four beats missed. */
const SILENT_SECONDS = 20;
/** One that died and was not started again in its place is shown for so long. */
const SHOWN = '1 hour';
const MOST = 200;

/** Who said lately that they run, by program. */
export async function readProcesses(sql: Sql): Promise<Process[]> {
  const rows = await sql.rows<Record<'id' | 'app' | 'host' | 'version', string> & Beats>(
    `SELECT id, app, host, version, started_at AS "startedAt", seen_at AS "seenAt",
       seen_at > now() - interval '${SILENT_SECONDS} s' AS alive
     FROM process_beats WHERE seen_at > now() - interval '${SHOWN}' ORDER BY app, started_at LIMIT ${MOST}`,
  );
  return rows.map(({ id, startedAt, seenAt, ...row }) => ({
    ...row,
    name: id,
    startedAt: startedAt.toISOString(),
    seenAt: seenAt.toISOString(),
  }));
}

interface Beats {
  startedAt: Date;
  seenAt: Date;
  alive: boolean;
}
