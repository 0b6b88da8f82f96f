import type { Database, Sql } from '#platform/database';
import { markAddressStatuses } from '#domain/contacts';
import { deleteExpired } from './suppression.repository.js';

const PAGE = 500;

/**
 * Lets those be mailed again whose suppression has come to its end. Until this ran they stay barred, so that no
 * statement of the sending has to look at the time.
 * @returns how many
 */
export async function endExpired(db: Database): Promise<number> {
  let ended = 0;
  for (;;) {
    const n = await db.transaction(async (tx) => {
      const gone = await deleteExpired(tx, PAGE);
      for (const workspaceId of new Set(gone.map((entry) => entry.workspaceId))) {
        const theirs = gone.filter((entry) => entry.workspaceId === workspaceId);
        await markAddressStatuses(
          tx,
          workspaceId,
          theirs.map(({ canonical }) => canonical),
        );
      }
      return gone.length;
    });
    ended += n;
    if (n < PAGE) return ended;
  }
}

/**
 * Ends the back-off of those who clicked or replied: their mailbox works. Costs one look at an index where nobody's
 * suppression has an end.
 * @param recipients rows of the ledger
 */
export async function endBackOff(
  sql: Sql,
  recipients: ReadonlyArray<{ campaignId: string; seq: number }>,
): Promise<void> {
  await sql.run(
    {
      name: 'end_back_off',
      text: `DELETE FROM suppressions s USING unnest($1::bigint[], $2::int[]) AS v (campaign_id, seq), campaign_recipients r
             WHERE EXISTS (SELECT 1 FROM suppressions WHERE expires_at IS NOT NULL)
               AND r.campaign_id = v.campaign_id AND r.seq = v.seq AND s.workspace_id = r.workspace_id
               AND s.canonical = r.canonical AND s.reason = 'backed_off'`,
    },
    [recipients.map(({ campaignId }) => campaignId), recipients.map(({ seq }) => seq)],
  );
}
