import type { Database, Sql } from '#platform/database';

/** A stored mail as the processing needs it. */
export interface StoredMail {
  id: string;
  workspaceId: string | null;
  /** How often it was taken, this time included. */
  attempts: number;
  envelope: { recipients: string[]; sender: string | null };
  raw: Buffer;
  receivedAt: Date;
}

/** Mails that are taken until {@link endTake}. */
export interface Take {
  takeId: string | null;
  mails: StoredMail[];
}

/** Taken at once are no more than this, or one mail. */
const TAKE_BYTES = 8 * 1024 * 1024;
/** So many that were in one batch when its process died are taken together; who was in two is taken alone. */
const TRIED_ONCE = 10;

type Row = Omit<StoredMail, 'raw'> & { takeId: string };

/**
 * Takes stored mails that nobody has tried yet, the oldest first and as many as fit into eight MB; where there are none,
 * ten of those that were tried once, else one: what ended its process must not do so again and again in the company of
 * those that have nothing to do with it. Call it again for the rest. The attempt counts from now on, so that a mail that kills its process is put aside instead of
 * tried for ever; it is noted for all of them at once, since a mail's own row is long and has many indexes.
 */
export async function takeStored(db: Database, ids: readonly string[]): Promise<Take> {
  // Only an attempt counted: a Postgres that dies may forget it, and the mails are taken again.
  return db.transaction(
    async (tx) => {
      const rows = await tx.rows<Row>({ name: 'inbound_take', text: TAKE }, [ids]);
      if (rows.length === 0) return { takeId: null, mails: [] };
      const mails = new Map(rows.map((row) => [row.id, row]));
      const own = rows.map(({ id }) => BigInt(id)).join();
      const raws = await tx.binaryRows(
        `SELECT id, raw FROM inbound_messages WHERE id = ANY ('{${own}}'::bigint[]) ORDER BY id`,
      );
      return {
        takeId: rows[0]!.takeId,
        mails: raws.map(([id, raw]) => withRaw(mails.get(String(id!.readBigInt64BE()))!, raw!)),
      };
    },
    { repeatable: true },
  );
}

function withRaw({ id, workspaceId, attempts, envelope, receivedAt }: Row, raw: Buffer): StoredMail {
  return { id, workspaceId, attempts, envelope, raw, receivedAt };
}

// Lists as arrays and sums, not as joins: a planner whose statistics know of no stored mail compares each mail that waits
// with each that is asked for (two seconds for two hundred mails among seven thousand).
const TAKE = `
  WITH sized AS (
    SELECT id, sum(attempts)::int AS attempts, max(size) AS size
    FROM (SELECT id, attempts, octet_length(raw) AS size FROM inbound_messages
          WHERE id = ANY ($1::bigint[]) AND status = 'stored'
          UNION ALL SELECT mail, 1, NULL FROM inbound_takes, unnest(mails) AS mail) known
    GROUP BY id HAVING max(size) IS NOT NULL
  ), lined_up AS (
    SELECT id, attempts, min(attempts) OVER () AS least, row_number() OVER first AS place,
      sum(size) OVER first - size AS before
    FROM sized WINDOW first AS (ORDER BY attempts, id)
  ), chosen AS (
    SELECT id, attempts FROM lined_up WHERE place = 1 OR (
      attempts = least AND before < ${TAKE_BYTES} AND (least = 0 OR (least = 1 AND place <= ${TRIED_ONCE})))
  ), noted AS (
    INSERT INTO inbound_takes (mails) SELECT array_agg(id) FROM chosen HAVING count(*) > 0 RETURNING id
  )
  SELECT (SELECT id FROM noted) AS "takeId", m.id, m.workspace_id AS "workspaceId", c.attempts + 1 AS attempts,
    m.envelope, m.received_at AS "receivedAt"
  FROM chosen c JOIN inbound_messages m ON m.id = c.id`;

/** Ends a take: those of its mails that got no result have been tried once more. */
export async function endTake(sql: Sql, takeId: string | null): Promise<void> {
  await sql.run(
    {
      name: 'inbound_end_take',
      text: `WITH ended AS (DELETE FROM inbound_takes WHERE id = $1 RETURNING mails)
     UPDATE inbound_messages SET attempts = attempts + 1
     WHERE id = ANY (ARRAY(SELECT unnest(mails) FROM ended)) AND status = 'stored'
       AND (SELECT set_config('synchronous_commit', 'off', true)) = 'off'`,
    },
    [takeId],
  );
}

/** Deletes takes of processes that died, once all their mails have a result. */
export async function forgetTakes(sql: Sql): Promise<void> {
  await sql.run(
    `DELETE FROM inbound_takes t WHERE taken_at < now() - interval '1 minute'
       AND NOT EXISTS (SELECT 1 FROM inbound_messages WHERE id = ANY (t.mails) AND status = 'stored')`,
  );
}
