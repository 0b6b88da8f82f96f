import type { z } from 'zod';
import type {
  Page,
  SettleUncertainBody,
  UncertainCause,
  UncertainQuery,
  UncertainRecipient,
  UncertainStory,
} from '#contracts';
import { toPage } from '#platform/database';
import type { Sql } from '#platform/database';
import { containsPattern, decodeIdCursor } from '#domain/contacts';

/** Which of the uncertain ones; all without a word. */
export type UncertainChoice = Omit<z.infer<typeof SettleUncertainBody>, 'action'>;

/** Before the journal noted the account of an intent, a crash left none. */
const ACCOUNT = `nullif(r.attempts->-1->>'smtpAccountId', '')`;
const CAUSE = `CASE WHEN ${ACCOUNT} IS NULL OR r.attempts->-1 ? 'senderStopped'
  THEN 'sender_stopped' ELSE 'connection_ended' END`;

/** $1 campaign, $2 seqs, $3 cause, $4 account, $5 pattern. Index: campaign_recipients_uncertain. */
export const UNCERTAIN_ONES = `r.campaign_id = $1 AND r.uncertain
  AND ($2::int[] IS NULL OR r.seq = ANY ($2)) AND ($3::text IS NULL OR ${CAUSE} = $3)
  AND ($4::text IS NULL OR ${ACCOUNT} = $4) AND ($5::text IS NULL OR lower(r.email) LIKE $5)`;

/** Values of {@link UNCERTAIN_ONES}. */
export function uncertainValues(campaignId: string, { recipients, filter }: UncertainChoice): unknown[] {
  return [
    campaignId,
    recipients ?? null,
    filter?.cause ?? null,
    filter?.smtpAccountId ?? null,
    containsPattern(filter?.q),
  ];
}

type View = z.infer<typeof UncertainRecipient>;
type Row = Omit<View, 'at'> & { at: string | null };

/** The uncertain recipients of a campaign, in the order of the ledger. */
export async function listUncertain(
  sql: Sql,
  campaignId: string,
  query: z.infer<typeof UncertainQuery>,
): Promise<Page<View>> {
  const values = uncertainValues(campaignId, { filter: query });
  const rows = await sql.rows<Row>(
    `SELECT r.seq, r.contact_id AS "contactId", r.email, coalesce(c.name, '') AS name, r.provider,
       r.attempts->-1->>'at' AS at, ${CAUSE} AS cause, a.id AS "smtpAccountId", a.name AS "smtpAccountName", a.host,
       coalesce(r.attempts->-1->>'text', '') AS text, jsonb_array_length(r.attempts) AS attempts
     FROM campaign_recipients r LEFT JOIN contacts c ON c.id = r.contact_id
     LEFT JOIN smtp_accounts a ON a.workspace_id = r.workspace_id AND a.id::text = ${ACCOUNT}
     WHERE ${UNCERTAIN_ONES} AND r.seq > $6::bigint ORDER BY r.seq LIMIT $7`,
    [...values, decodeIdCursor(query.cursor) ?? '0', query.limit + 1],
  );
  const page = toPage(
    rows,
    query.limit,
    (row) => [String(row.seq)],
    (row) => row,
  );
  return query.count ? { ...page, total: await countUncertain(sql, campaignId, { filter: query }) } : page;
}

export async function countUncertain(sql: Sql, campaignId: string, choice: UncertainChoice = {}): Promise<number> {
  const row = await sql.first<{ n: number }>(
    `SELECT count(*)::int AS n FROM campaign_recipients r WHERE ${UNCERTAIN_ONES}`,
    uncertainValues(campaignId, choice),
  );
  return row?.n ?? 0;
}

/** What happened to them, by cause and account: what a person has to know before deciding. */
export async function uncertainStory(sql: Sql, campaignId: string): Promise<z.infer<typeof UncertainStory>> {
  const groups = await sql.rows<z.infer<typeof UncertainStory>['groups'][number] & { cause: UncertainCause }>(
    `SELECT ${CAUSE} AS cause, a.id AS "smtpAccountId", a.name AS "smtpAccountName", a.host, count(*)::int AS count,
       min(r.attempts->-1->>'at') AS "firstAt", max(r.attempts->-1->>'at') AS "lastAt"
     FROM campaign_recipients r
     LEFT JOIN smtp_accounts a ON a.workspace_id = r.workspace_id AND a.id::text = ${ACCOUNT}
     WHERE ${UNCERTAIN_ONES} GROUP BY 1, 2, 3, 4 ORDER BY count DESC, cause, "smtpAccountId"`,
    uncertainValues(campaignId, {}),
  );
  return { count: groups.reduce((sum, group) => sum + group.count, 0), groups };
}
