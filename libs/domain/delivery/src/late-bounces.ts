import type { Sql } from '#platform/database';

/** More bounces than that of a workspace in a day stop a warm-up whichever of them are looked at. */
const LOOKED_AT = 5_000;

/**
 * How many messages of an SMTP account were taken and then came back for good, by bounces of the last day and since
 * then. Index: hygiene_hits_recent, the ledger's primary key.
 * @param since earlier bounces do not count
 */
export async function lateBounces(
  sql: Sql,
  { id, workspaceId }: { id: string; workspaceId: string },
  since: Date | null,
): Promise<number> {
  const row = await sql.first<{ n: number }>(
    {
      name: 'late_bounces',
      text: `
        SELECT count(*)::int AS n
        FROM (SELECT campaign_id, seq FROM hygiene_hits
              WHERE workspace_id = $1 AND rule IN ('no_mailbox', 'suspended', 'blocked')
                AND at > greatest(now() - interval '1 day', $3::timestamptz)
              LIMIT ${LOOKED_AT}) h
        JOIN campaign_recipients r ON r.campaign_id = h.campaign_id AND r.seq = h.seq
        WHERE r.status = 'accepted' AND r.attempts->-1->>'smtpAccountId' = $2`,
    },
    [workspaceId, id, since],
  );
  return row?.n ?? 0;
}
