import type { Sql } from '#platform/database';

/** A question about a contact: did it happen within the last `days`? What is bought is bought by no campaign. */
export interface BehaviourQuestion {
  key: string;
  event: string;
  days: number;
  /** Only of this campaign; null: of any mail. */
  campaignId: string | null;
}

/**
 * What people did, machines left out. Indexes events_contact, purchases_contact.
 * @param at the moment to look back from
 * @returns by contact, the keys of what is true; who has none is missing
 */
export async function findBehaviours(
  sql: Sql,
  workspaceId: string,
  questions: readonly BehaviourQuestion[],
  contactIds: readonly string[],
  at: Date,
): Promise<Map<string, Record<string, boolean>>> {
  if (questions.length === 0 || contactIds.length === 0) return new Map();
  const rows = await sql.rows<{ id: string; keys: string[] }>(
    `SELECT c.id, array_agg(q.key) AS keys
     FROM unnest($2::bigint[]) AS c (id)
     CROSS JOIN unnest($3::text[], $4::text[], $5::int[], $6::bigint[]) AS q (key, event, days, campaign_id)
     WHERE EXISTS (
       SELECT 1 FROM events e
       WHERE e.contact_id = c.id AND e.workspace_id = $1 AND e.type = q.event AND e.human IS NOT FALSE
         AND e.at > $7::timestamptz - make_interval(days => q.days) AND e.at <= $7
         AND (q.campaign_id IS NULL OR e.campaign_id = q.campaign_id)
     ) OR q.event = 'bought' AND q.campaign_id IS NULL AND EXISTS (
       SELECT 1 FROM purchases p
       WHERE p.contact_id = c.id AND p.workspace_id = $1
         AND p.bought_at > $7::timestamptz - make_interval(days => q.days) AND p.bought_at <= $7)
     GROUP BY c.id`,
    [
      workspaceId,
      contactIds,
      questions.map(({ key }) => key),
      questions.map(({ event }) => event),
      questions.map(({ days }) => days),
      questions.map(({ campaignId }) => campaignId),
      at,
    ],
  );
  return new Map(rows.map(({ id, keys }) => [id, Object.fromEntries(keys.map((key) => [key, true]))]));
}
