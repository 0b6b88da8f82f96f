import type { HitReason, HygieneRule } from '#contracts';
import type { Signs } from '#engine/hygiene';
import type { Sql } from '#platform/database';

/** What bounced: a recipient of a campaign or a triggered message. */
export type Bounced = { campaignId: string; seq: number } | { messageId: string };

export interface NewHit {
  workspaceId: string;
  canonical: string;
  bounced: Bounced;
  rule: HygieneRule;
  reason: HitReason;
  at: Date;
  words: string;
  inboundMessageId: string | null;
}

/**
 * Remembers bounces, one a message: a second, stronger report about the same replaces the first. That the person has
 * left the company replaces none: it says less than a server that refuses the mail.
 * @param hits no message twice
 */
export async function insertHits(sql: Sql, hits: readonly NewHit[]): Promise<void> {
  const ofMessages = hits.filter(({ bounced }) => 'messageId' in bounced);
  const ofRecipients = hits.filter(({ bounced }) => 'campaignId' in bounced);
  await insertHitsOf(sql, 'recipients', ofRecipients);
  await insertHitsOf(sql, 'messages', ofMessages);
}

const ONE_OF = {
  recipients: '(campaign_id, seq) WHERE campaign_id IS NOT NULL',
  messages: '(message_id) WHERE message_id IS NOT NULL',
};

async function insertHitsOf(sql: Sql, what: keyof typeof ONE_OF, hits: readonly NewHit[]): Promise<void> {
  if (hits.length === 0) return;
  const of = <T>(pick: (hit: NewHit) => T) => hits.map(pick);
  await sql.run(
    {
      name: `insert_hits_of_${what}`,
      text: `INSERT INTO hygiene_hits (workspace_id, canonical, domain, rule, reason, at, campaign_id, seq, message_id,
       inbound_message_id, words)
     SELECT h.workspace_id, h.canonical, substring(h.canonical from '[^@]*$'), h.rule, h.reason, h.at, h.campaign_id, h.seq,
       h.message_id, h.inbound_message_id, h.words
     FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::bigint[], $7::int[],
       $8::bigint[], $9::bigint[], $10::text[])
       AS h (workspace_id, canonical, rule, reason, at, campaign_id, seq, message_id, inbound_message_id, words)
     ON CONFLICT ${ONE_OF[what]} DO UPDATE SET rule = excluded.rule, reason = excluded.reason, words = excluded.words,
       inbound_message_id = excluded.inbound_message_id WHERE excluded.rule <> 'left_company'`,
    },
    [
      of((hit) => hit.workspaceId),
      of((hit) => hit.canonical),
      of((hit) => hit.rule),
      of((hit) => hit.reason),
      of((hit) => hit.at),
      of(({ bounced }) => ('campaignId' in bounced ? bounced.campaignId : null)),
      of(({ bounced }) => ('campaignId' in bounced ? bounced.seq : null)),
      of(({ bounced }) => ('messageId' in bounced ? bounced.messageId : null)),
      of((hit) => hit.inboundMessageId),
      of((hit) => hit.words.replaceAll('\0', '').slice(0, 300)),
    ],
  );
}

/** Longest memory, and most bounces of an address that are looked at: both more than any row of the table asks for. */
const MEMORY = `interval '400 days'`;
const HITS_MAX = 100;
/** So many of a contact's latest messages are looked at for clicks, replies and deliveries. */
const MESSAGES_MAX = 200;

/**
 * Deletes a page of bounces that no row of the table counts any more. Hits are numbered in the order of their times, so
 * the primary key finds the oldest.
 * @returns how many
 */
export function deleteOldHits(sql: Sql, limit: number): Promise<number> {
  return sql.run(
    `DELETE FROM hygiene_hits WHERE id IN (
       SELECT id FROM (SELECT id, at FROM hygiene_hits ORDER BY id LIMIT $1) oldest WHERE at < now() - ${MEMORY})`,
    [limit],
  );
}

/** What is known of an address under one row of the table; times in milliseconds. */
export interface AddressRecord {
  hits: number[];
  signs: Signs;
}

/**
 * The bounces of addresses under rows that count together, and what speaks for them. What came before a person lifted a
 * suppression no longer counts; a message that was answered by "has left the company" does not count as delivered.
 *
 * Index: hygiene_hits_address, contacts and lifts by (workspace, canonical), the ledger by contact.
 */
export async function findRecords(
  sql: Sql,
  workspaceId: string,
  rules: readonly HygieneRule[],
  canonicals: readonly string[],
): Promise<Map<string, AddressRecord>> {
  const rows = await sql.rows<{ canonical: string; hits: number[]; active: number[]; delivered: number[] }>(
    {
      name: 'hygiene_records',
      text: `SELECT a.canonical, h.times AS hits, l.active, l.delivered
     FROM unnest($3::text[]) AS a (canonical)
     LEFT JOIN LATERAL (
       SELECT coalesce(max(at), '-infinity') AS at FROM suppression_lifts
       WHERE workspace_id = $1 AND canonical = a.canonical) lifted ON true
     CROSS JOIN LATERAL (
       SELECT ARRAY(
         SELECT extract(epoch FROM x.at)::float8 * 1000 FROM hygiene_hits x
         WHERE x.workspace_id = $1 AND x.canonical = a.canonical AND x.rule = ANY ($2::text[]) AND x.at > lifted.at
           AND x.at > now() - ${MEMORY}
         ORDER BY x.at DESC LIMIT ${HITS_MAX}) AS times) h
     CROSS JOIN LATERAL (
       SELECT array_remove(array_agg(extract(epoch FROM r.clicked_at)::float8 * 1000)
                || array_agg(extract(epoch FROM r.replied_at)::float8 * 1000), NULL) AS active,
         array_remove(array_agg(extract(epoch FROM r.accepted_at)::float8 * 1000)
           FILTER (WHERE r.status = 'accepted' AND r.bounce_kind IS NULL AND (r.auto_replied_at IS NULL OR NOT EXISTS (
             SELECT 1 FROM hygiene_hits x WHERE x.campaign_id = r.campaign_id AND x.seq = r.seq))), NULL) AS delivered
       FROM (SELECT * FROM campaign_recipients r
             WHERE r.contact_id = (SELECT id FROM contacts WHERE workspace_id = $1 AND canonical = a.canonical)
               AND r.canonical = a.canonical
             ORDER BY r.campaign_id DESC LIMIT ${MESSAGES_MAX}) r) l`,
    },
    [workspaceId, rules, canonicals],
  );
  return new Map(
    rows.map(({ canonical, hits, active, delivered }) => [
      canonical,
      { hits, signs: { active: active ?? [], delivered: delivered ?? [] } },
    ]),
  );
}

/** How long a report that a domain can't be reached may come after the next server took the message. */
const REPORT_DAYS = 6;

/**
 * Times of the bounces that say a domain can't be reached, since it was lifted; none where it took a message meanwhile.
 * Index: hygiene_hits_domain.
 */
export async function findDomainHits(sql: Sql, workspaceId: string, domain: string): Promise<number[]> {
  const rows = await sql.rows<{ at: number }>(
    `SELECT extract(epoch FROM h.at)::float8 * 1000 AS at FROM hygiene_hits h
     WHERE h.workspace_id = $1 AND h.domain = $2 AND h.rule = 'unreachable' AND h.at > now() - ${MEMORY}
       AND h.at > coalesce((SELECT max(at) FROM suppression_lifts
                            WHERE workspace_id = $1 AND canonical = '@' || $2), '-infinity')
     ORDER BY h.at DESC LIMIT ${HITS_MAX}`,
    [workspaceId, domain],
  );
  return rows.map(({ at }) => at);
}

/** Whether a domain took a message, for good, after `since`. Reads at most a thousand of its contacts. */
export async function tookMessages(sql: Sql, workspaceId: string, domain: string, since: number): Promise<boolean> {
  const row = await sql.first(
    `SELECT 1 FROM (SELECT id FROM contacts WHERE workspace_id = $1 AND domain = $2 LIMIT 1000) c
     JOIN campaign_recipients r ON r.contact_id = c.id
     WHERE r.status = 'accepted' AND r.bounce_kind IS NULL AND r.accepted_at > to_timestamp($3::float8 / 1000)
       AND r.accepted_at < now() - interval '${REPORT_DAYS} days' LIMIT 1`,
    [workspaceId, domain, since],
  );
  return row !== undefined;
}

/**
 * Holds addresses and domains until the transaction ends, so that two bounces at once see each other. In the order of the
 * locks, so that two transactions that hold several never wait for each other.
 */
export async function holdAddresses(sql: Sql, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await sql.run(
    {
      name: 'hold_addresses',
      text: `SELECT pg_advisory_xact_lock(k.key)
     FROM (SELECT DISTINCT hashtextextended(name, 70) AS key FROM unnest($1::text[]) name ORDER BY key) k`,
    },
    [keys],
  );
}

/** The latest bounce of an address or `@domain` under a row: what a suppression by it rests on. */
export async function findEvidence(
  sql: Sql,
  workspaceId: string,
  rule: HygieneRule,
  canonicals: readonly string[],
): Promise<Map<string, { detail: string; campaignId: string | null; inboundMessageId: string | null }>> {
  const rows = await sql.rows<{
    canonical: string;
    detail: string;
    campaignId: string | null;
    inboundMessageId: string | null;
  }>(
    `SELECT a.canonical, h.words AS detail, h.campaign_id AS "campaignId", h.inbound_message_id AS "inboundMessageId"
     FROM unnest($3::text[]) AS a (canonical)
     CROSS JOIN LATERAL (
       SELECT * FROM hygiene_hits x WHERE x.workspace_id = $1 AND x.rule = $2
         AND ${rule === 'unreachable' ? `x.rule = 'unreachable' AND x.domain = substr(a.canonical, 2)` : 'x.canonical = a.canonical'}
       ORDER BY x.at DESC LIMIT 1) h`,
    [workspaceId, rule, canonicals],
  );
  return new Map(rows.map(({ canonical, ...evidence }) => [canonical, evidence]));
}
