import { notFound } from '#contracts';
import type {
  DeliveryAttempt,
  ExclusionReason,
  MembershipStatus,
  RecipientStatus,
  SuppressionReason,
} from '#contracts';
import type { Sql } from '#platform/database';
import { audienceRules, candidates, findCampaign } from '#domain/campaigns';
import type { CampaignRow } from '#domain/campaigns';
import { findContact, findContactByCanonical } from '#domain/contacts';
import type { ContactRow } from '#domain/contacts';

/** What a story needs to know of the campaign. */
export type TrailCampaign = Pick<
  CampaignRow,
  'id' | 'name' | 'status' | 'audience' | 'frozenAt' | 'startedAt' | 'maxContactId' | 'preparedAt'
> & { prepareCursor: string };

export interface TrailMembership {
  listId: string;
  list: string;
  status: MembershipStatus;
  createdAt: Date;
  unsubscribedAt: Date | null;
}

/** The row of the ledger. */
export interface TrailRecipient {
  seq: number;
  contactId: string;
  batchId: string;
  email: string;
  canonical: string;
  provider: string;
  status: RecipientStatus;
  attempts: DeliveryAttempt[];
  retryAt: Date | null;
  skipReason: string | null;
  acceptedAt: Date | null;
  finishedAt: Date | null;
  bouncedAt: Date | null;
  bounceReason: string | null;
  complainedAt: Date | null;
  openedAt: Date | null;
  clickedAt: Date | null;
  repliedAt: Date | null;
}

/** A fact that came back; opens and clicks are summed up per kind of visitor. */
export interface TrailFact {
  type: string;
  at: Date;
  human: boolean | null;
  count: number;
  detail: string;
  url: string | null;
  inboundMessageId: string | null;
}

export interface TrailSuppression {
  id: string;
  reason: SuppressionReason;
  createdAt: Date;
  inboundMessageId: string | null;
}

/** Everything known about one address and one campaign. */
export interface TrailEvidence {
  campaign: TrailCampaign;
  contact: Pick<ContactRow, 'id' | 'email' | 'canonical' | 'name' | 'createdAt'> | null;
  /** Of the lists the campaign names and of those it leaves out; as they are now. */
  memberships: TrailMembership[];
  recipient: TrailRecipient | null;
  exclusion: ExclusionReason | null;
  /** Before the start: what the rules say now. */
  wouldBe: { candidate: boolean; reason: ExclusionReason | null } | null;
  facts: TrailFact[];
  suppression: TrailSuppression | null;
  accountNames: ReadonlyMap<string, string>;
}

/** What the verdict of a recipient rests on. */
export const VERDICT_COLUMNS = `r.status, r.skip_reason AS "skipReason", r.bounce_reason AS "bounceReason",
  r.retry_at AS "retryAt", r.bounced_at AS "bouncedAt", r.complained_at AS "complainedAt",
  r.opened_at AS "openedAt", r.clicked_at AS "clickedAt", r.replied_at AS "repliedAt"`;
const RECIPIENT_COLUMNS = `${VERDICT_COLUMNS}, r.seq, r.contact_id AS "contactId", r.batch_id AS "batchId", r.email,
  r.canonical, r.provider, r.attempts, r.accepted_at AS "acceptedAt", r.finished_at AS "finishedAt"`;

/** Who is asked about: an address in its canonical form, or a contact. */
export type TrailWho = { canonical: string } | { contactId: string };

/**
 * Reads everything about one address and one campaign.
 * @throws DomainError NOT_FOUND for a campaign or a contact that is not the workspace's
 */
export async function loadEvidence(
  sql: Sql,
  workspaceId: string,
  campaignId: string,
  who: TrailWho,
): Promise<TrailEvidence> {
  const campaign = await findCampaign(sql, workspaceId, campaignId);
  if (!campaign) throw notFound('campaign', campaignId);
  const asked = await findWho(sql, workspaceId, who);
  if ('contactId' in who && !asked) throw notFound('contact', who.contactId);
  const exclusion = asked ? await findExclusion(sql, campaignId, asked.id) : null;
  const recipient = exclusion ? null : await findRecipient(sql, campaignId, asked?.id ?? null, who);
  // Whoever had this address then may have another now.
  const same = !recipient || recipient.contactId === asked?.id;
  const contact = same ? asked : ((await findContact(sql, workspaceId, recipient.contactId)) ?? null);
  const canonical = recipient?.canonical ?? ('canonical' in who ? who.canonical : (contact?.canonical ?? ''));
  return {
    campaign,
    contact,
    memberships: contact ? await findTrailMemberships(sql, contact.id, campaign.audience) : [],
    recipient,
    exclusion,
    wouldBe: contact && !campaign.frozenAt ? await wouldBe(sql, campaign, contact.id) : null,
    facts: recipient ? await findFacts(sql, campaignId, recipient) : [],
    suppression: await findSuppression(sql, workspaceId, canonical),
    accountNames: await findAccountNames(sql, workspaceId, recipient?.attempts ?? []),
  };
}

async function findWho(sql: Sql, workspaceId: string, who: TrailWho): Promise<ContactRow | null> {
  const found =
    'contactId' in who
      ? findContact(sql, workspaceId, who.contactId)
      : findContactByCanonical(sql, workspaceId, who.canonical);
  return (await found) ?? null;
}

/**
 * By contact (unique index), else by the address it had then: whoever was erased or has changed the address since. That
 * reads the campaign's rows once, so it comes last.
 */
async function findRecipient(
  sql: Sql,
  campaignId: string,
  contactId: string | null,
  who: TrailWho,
): Promise<TrailRecipient | null> {
  const select = `SELECT ${RECIPIENT_COLUMNS} FROM campaign_recipients r WHERE r.campaign_id = $1 AND`;
  const own = contactId && (await sql.first<TrailRecipient>(`${select} r.contact_id = $2`, [campaignId, contactId]));
  if (own) return own;
  if ('contactId' in who) return null;
  return (await sql.first<TrailRecipient>(`${select} r.canonical = $2 LIMIT 1`, [campaignId, who.canonical])) ?? null;
}

/** Memberships of one contact in the lists an audience names, included or left out. */
export function findTrailMemberships(
  sql: Sql,
  contactId: string,
  audience: { lists: string[]; excludeLists: string[] },
): Promise<TrailMembership[]> {
  return sql.rows<TrailMembership>(
    `SELECT m.list_id AS "listId", l.name AS list, m.status, m.created_at AS "createdAt",
       m.unsubscribed_at AS "unsubscribedAt"
     FROM list_members m JOIN lists l ON l.id = m.list_id
     WHERE m.contact_id = $1 AND m.list_id = ANY ($2::bigint[]) ORDER BY m.created_at, m.list_id`,
    [contactId, [...audience.lists, ...audience.excludeLists]],
  );
}

async function findExclusion(sql: Sql, campaignId: string, contactId: string): Promise<ExclusionReason | null> {
  const row = await sql.first<{ reason: ExclusionReason }>(
    'SELECT reason FROM campaign_exclusions WHERE campaign_id = $1 AND contact_id = $2',
    [campaignId, contactId],
  );
  return row?.reason ?? null;
}

/** The audience statement itself, narrowed to one contact: what it says here is what a start would do. */
async function wouldBe(sql: Sql, campaign: CampaignRow, contactId: string): Promise<TrailEvidence['wouldBe']> {
  const range = { after: (BigInt(contactId) - 1n).toString(), upTo: contactId };
  const { ctes, values } = candidates(await audienceRules(sql, campaign), range);
  const row = await sql.first<{ reason: ExclusionReason | null }>(`WITH ${ctes} SELECT reason FROM candidates`, values);
  return { candidate: row !== undefined, reason: row?.reason ?? null };
}

const FACTS_MAX = 100;

/** Index: events_contact (contact_id, id). */
function findFacts(sql: Sql, campaignId: string, { contactId, seq }: TrailRecipient): Promise<TrailFact[]> {
  return sql.rows<TrailFact>(
    `WITH facts AS (
       SELECT id, type, at, human, link, detail, inbound_message_id FROM events
       WHERE contact_id = $2 AND campaign_id = $1 AND seq = $3
     ), visits AS (
       SELECT type, human, min(at) AS at, count(*)::int AS count, (array_agg(link ORDER BY at, id))[1] AS link
       FROM facts WHERE type IN ('opened', 'clicked') GROUP BY type, human
     )
     SELECT type, at, human, count, '' AS detail, NULL AS "inboundMessageId",
       (SELECT k.links->link->>'url' FROM campaign_contents k WHERE k.campaign_id = $1) AS url
     FROM visits
     UNION ALL
     (SELECT type, at, NULL, 1, detail, inbound_message_id, NULL FROM facts
      WHERE type NOT IN ('opened', 'clicked') ORDER BY id LIMIT ${FACTS_MAX})
     ORDER BY at`,
    [campaignId, contactId, seq],
  );
}

async function findSuppression(sql: Sql, workspaceId: string, canonical: string): Promise<TrailSuppression | null> {
  const row = await sql.first<TrailSuppression>(
    `SELECT id, reason, created_at AS "createdAt", inbound_message_id AS "inboundMessageId"
     FROM suppressions WHERE workspace_id = $1 AND canonical = ANY ($2::text[]) ORDER BY domain NULLS FIRST LIMIT 1`,
    [workspaceId, [canonical, canonical.slice(canonical.lastIndexOf('@'))]],
  );
  return row ?? null;
}

/** Names of the accounts that tried; one that was removed since has none. */
async function findAccountNames(
  sql: Sql,
  workspaceId: string,
  attempts: readonly DeliveryAttempt[],
): Promise<Map<string, string>> {
  const ids = [...new Set(attempts.map(({ smtpAccountId }) => smtpAccountId))].filter((id) => /^\d{1,18}$/.test(id));
  if (ids.length === 0) return new Map();
  const rows = await sql.rows<{ id: string; name: string }>(
    'SELECT id, name FROM smtp_accounts WHERE workspace_id = $1 AND id = ANY ($2::bigint[])',
    [workspaceId, ids],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
