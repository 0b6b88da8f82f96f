import { PROVIDER_DOMAINS, warmupVolume } from '#engine/pace';
import { HELD_OUT } from '#engine/ab-test';
import type { Database, Transaction } from '#platform/database';
import type { JobQueue } from '#platform/queue';
import { audienceRules, candidates, findAbTest, findCampaignById } from '#domain/campaigns';
import { ACCOUNTS_MAX, findSmtpAccounts } from '#domain/senders';
import type { AbTestRow, AudienceRules, CampaignRow } from '#domain/campaigns';
import { WAITING, notePlaces, splitBy } from './ab/split.js';
import { deferDeadline, spreadBy } from './hourly-limit.js';
import { splitByZone } from './split-by-zone.js';

/** The first chunk is small, so that the first message leaves while the rest is still being prepared. */
const FIRST_CHUNK = 1_000;
const CHUNK = 20_000;
/** A batch is small enough that a crash or a slow provider holds little back, large enough that claiming costs nothing. */
const BATCH = 500;

/** In SQL over a candidate `c`: whether its domain can be nobody's, so that mail to it stays in the sandbox. */
export const RESERVED_DOMAIN = `(c.domain ~ '(^|\\.)(test|example|invalid|localhost)$'
  OR c.domain IN ('example.com', 'example.net', 'example.org'))`;

/**
 * Materialises the audience of a started campaign in chunks by contact id, each in one transaction with its cursor:
 * safe to run again, by any process, after a crash anywhere. When it ends, `candidates = prepared + excluded`.
 */
export async function prepareCampaign(db: Database, queue: JobQueue, campaignId: string): Promise<void> {
  for (;;) {
    const more = await db.transaction((tx) => prepareChunk(tx, campaignId), { timeoutMs: 300_000 });
    await queue.add('batch.ready', { campaignId }, { dedupe: campaignId });
    if (!more) return;
  }
}

async function prepareChunk(tx: Transaction, campaignId: string): Promise<boolean> {
  // One at a time; who comes second leaves it to the first, and the sweep looks after a first that died.
  const ours = await tx.first('SELECT 1 FROM campaigns WHERE id = $1 FOR NO KEY UPDATE SKIP LOCKED', [campaignId]);
  if (!ours) return false;
  const campaign = await findCampaignById(tx, campaignId);
  if (!campaign || campaign.preparedAt || !['sending', 'paused'].includes(campaign.status)) return false;

  const rules = await audienceRules(tx, campaign);
  const upTo = await chunkEnd(tx, campaign, rules);
  if (upTo === null) {
    await tx.run('UPDATE campaigns SET prepared_at = now() WHERE id = $1', [campaignId]);
    await tx.run(
      `UPDATE send_batches b SET ready_at = now() WHERE campaign_id = $1 AND ready_at = 'infinity' AND NOT ${WAITING}`,
      [campaignId],
    );
    await deferDeadline(tx, campaignId);
    return false;
  }
  const test = await findAbTest(tx, campaignId);
  const chunk = { rules, upTo, test, engagedFirst: await onlyWarming(tx, campaign) };
  const { prepared, excluded, heldOut } = await materialise(tx, campaign, chunk);
  if (test) await notePlaces(tx, test, prepared + heldOut);
  await splitByZone(tx, campaign, { after: campaign.prepareCursor, upTo });
  await tx.run(
    `UPDATE campaigns SET prepare_cursor = $2, prepared_count = prepared_count + $3, excluded_count = excluded_count + $4
     WHERE id = $1`,
    [campaignId, upTo, prepared, excluded],
  );
  return true;
}

/**
 * The contact id that ends the next chunk; null when no candidate is left below the frozen highest id. A segment may
 * name anybody, so that with one all contacts are gone through.
 */
async function chunkEnd(tx: Transaction, campaign: CampaignRow, rules: AudienceRules): Promise<string | null> {
  const ids =
    rules.segments.length > 0
      ? 'SELECT id AS contact_id FROM contacts WHERE workspace_id = $1 AND id > $2 AND id <= $3'
      : `SELECT DISTINCT contact_id FROM list_members
         WHERE list_id = ANY ($1::bigint[]) AND contact_id > $2 AND contact_id <= $3`;
  const row = await tx.first<{ end: string | null }>(
    `SELECT max(contact_id) AS end FROM (${ids} ORDER BY contact_id LIMIT $4) chunk`,
    [
      rules.segments.length > 0 ? rules.workspaceId : rules.lists,
      campaign.prepareCursor,
      campaign.maxContactId,
      campaign.prepareCursor === '0' ? FIRST_CHUNK : CHUNK,
    ],
  );
  return row?.end ?? null;
}

/**
 * Whether every account that may carry the campaign warms up. Its volume of the day then goes to the most engaged, and
 * who they are is known once all are prepared: until then its batches wait.
 */
async function onlyWarming(tx: Transaction, campaign: CampaignRow): Promise<boolean> {
  const accounts = await findSmtpAccounts(tx, campaign.workspaceId, { after: null, limit: ACCOUNTS_MAX, q: null });
  const carriers = accounts.filter(
    ({ id, kind, enabled, fromDomains }) =>
      kind === 'smtp' &&
      enabled &&
      (campaign.smtpAccounts.length === 0 || campaign.smtpAccounts.includes(id)) &&
      (fromDomains.length === 0 || fromDomains.includes(campaign.fromAddress.split('@').at(-1) ?? '')),
  );
  const nowMs = Date.now();
  return carriers.length > 0 && carriers.every(({ warmup }) => warmup && warmupVolume(warmup, nowMs) !== null);
}

/** In SQL over a candidate `c`: 0 for who clicked or replied lately, 1 for who opened, 2 for who is new, 3 for silence. */
const TIER = `(
  SELECT CASE
      WHEN bool_or(greatest(r.clicked_at, r.replied_at) > now() - interval '90 days') THEN 0
      WHEN bool_or(r.opened_at > now() - interval '90 days') THEN 1
      WHEN count(r.accepted_at) < 3 THEN 2 ELSE 3 END
  FROM campaign_recipients r WHERE r.contact_id = c.id AND r.workspace_id = $1)`;

interface Chunk {
  rules: AudienceRules;
  /** Contact id that ends it. */
  upTo: string;
  test: AbTestRow | undefined;
  /** Makes batches by engagement, which wait for the end of the preparation. */
  engagedFirst: boolean;
}

interface Materialised {
  prepared: number;
  excluded: number;
  /** Of those excluded, whom an A/B test leaves out. */
  heldOut: number;
}

async function materialise(
  tx: Transaction,
  campaign: CampaignRow,
  { rules, upTo, test, engagedFirst }: Chunk,
): Promise<Materialised> {
  const split = splitBy(test);
  const spread = await spreadBy(tx, campaign, 12 + split.values.length);
  const { ctes, values } = candidates(rules, { after: campaign.prepareCursor, upTo }, [
    campaign.id,
    campaign.preparedCount,
    PROVIDER_DOMAINS.map((entry) => entry.domain),
    PROVIDER_DOMAINS.map((entry) => entry.provider),
    BATCH,
    engagedFirst,
    ...split.values,
    ...spread.values,
  ]);
  const counts = await tx.first<Materialised>(
    `WITH ${ctes},
     included AS (
       SELECT c.id, c.email, c.canonical, coalesce(p.provider, m.provider, 'other') AS provider, c.domain,
         p.provider IS NULL AND m.domain IS NULL AS unknown,
         ${RESERVED_DOMAIN} AS reserved,
         ${split.arm} AS arm,
         CASE WHEN $11 THEN ${TIER} ELSE 0 END AS tier
       FROM candidates c
       LEFT JOIN unnest($8::text[], $9::text[]) AS p (domain, provider) ON p.domain = c.domain
       LEFT JOIN mail_domains m ON p.domain IS NULL AND m.domain = c.domain
       WHERE c.reason IS NULL
     ),
     placed AS (
       SELECT *, row_number() OVER (ORDER BY id) AS n,
         ${spread.slot} * 1000
           + (row_number() OVER (PARTITION BY provider, reserved, tier, arm, ${spread.slot} ORDER BY id) - 1) / $10 AS part
       FROM (SELECT *, ${spread.place} AS place FROM included WHERE arm <> ${HELD_OUT}) sent
     ),
     batches AS MATERIALIZED (
       SELECT nextval(pg_get_serial_sequence('send_batches', 'id')) AS id, provider, reserved, tier, arm, part,
         count(*)::int AS size, max(place) AS last
       FROM placed GROUP BY provider, reserved, tier, arm, part
     ),
     new_batches AS (
       INSERT INTO send_batches (id, campaign_id, workspace_id, provider, reserved, size, tier, arm, due_at, ready_at)
       OVERRIDING SYSTEM VALUE
       SELECT id, $6, $1, provider, reserved, size, tier, arm, due,
         CASE WHEN $11 OR ${split.waits} THEN 'infinity' ELSE greatest(now(), due) END
       FROM (SELECT *, greatest(${split.due}, ${spread.due}) AS due FROM batches) b
     ),
     -- Who runs these is looked up beside the sending, for the next campaign.
     new_domains AS (
       INSERT INTO mail_domains (domain) SELECT DISTINCT domain FROM included WHERE unknown AND NOT reserved
       ON CONFLICT DO NOTHING
     ),
     new_recipients AS (
       INSERT INTO campaign_recipients (campaign_id, seq, workspace_id, contact_id, batch_id, email, canonical, provider)
       SELECT $6, $7::int + p.n, $1, p.id, b.id, p.email, p.canonical, p.provider
       FROM placed p JOIN batches b USING (provider, reserved, tier, arm, part)
       RETURNING 1
     ),
     new_exclusions AS (
       INSERT INTO campaign_exclusions (campaign_id, contact_id, reason)
       SELECT $6, id, reason FROM candidates WHERE reason IS NOT NULL
       UNION ALL SELECT $6, id, 'hold_out' FROM included WHERE arm = ${HELD_OUT}
       RETURNING reason
     )
     SELECT (SELECT count(*)::int FROM new_recipients) AS prepared, (SELECT count(*)::int FROM new_exclusions) AS excluded,
       (SELECT count(*)::int FROM new_exclusions WHERE reason = 'hold_out') AS "heldOut"`,
    values,
  );
  return counts ?? { prepared: 0, excluded: 0, heldOut: 0 };
}
