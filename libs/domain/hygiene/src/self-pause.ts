import { fewestToPause, selfPause } from '#engine/hygiene';
import type { ProviderAnswers } from '#engine/hygiene';
import type { Sql, Transaction } from '#platform/database';
import { pauseForPerson } from '#domain/campaigns';
import { findSetting } from './setting.repository.js';

/** Since when answers count: those before the last alarm had their effect. */
interface Since {
  workspaceId: string;
  fromDomain: string;
  lastHit: string;
  at: Date | null;
}

/**
 * Pauses a campaign that is refused too often, with the reason and an alarm; who lets it go on is not stopped again by
 * the same answers. Costs one look at an index while there are few refusals; only beyond that are the campaign's last
 * messages read.
 */
export async function heedBlocks(tx: Transaction, campaignId: string): Promise<boolean> {
  const since = await tx.first<Since>(
    `SELECT c.workspace_id AS "workspaceId", substring(c.from_address from '[^@]*$') AS "fromDomain",
       coalesce(a.last_hit, 0) AS "lastHit", a.at
     FROM campaigns c LEFT JOIN LATERAL (
       SELECT last_hit, at FROM campaign_alarms WHERE campaign_id = c.id ORDER BY id DESC LIMIT 1) a ON true
     WHERE c.id = $1 AND c.status = 'sending'`,
    [campaignId],
  );
  if (!since) return false;
  const { setting } = await findSetting(tx, since.workspaceId, 'blocked');
  const fewest = fewestToPause(setting);
  const blocks = await tx.rows<{ id: string; words: string }>(
    `SELECT id, words FROM hygiene_hits WHERE campaign_id = $1 AND rule = 'blocked' AND id > $2 LIMIT $3`,
    [campaignId, since.lastHit, fewest],
  );
  if (!setting.enabled || blocks.length < fewest) return false;
  const last = await lastAnswers(tx, campaignId, since, setting.parameters['messages'] ?? 500);
  const pause = selfPause(setting, last);
  if (!pause) return false;
  const words = await wordsOf(tx, campaignId, pause.provider, since.lastHit);
  const { blocked, of, provider } = pause;
  const moved = await pauseForPerson(tx, campaignId, {
    code: 'BLOCKED',
    message: `${blocked} of the last ${of} messages were refused at ${provider ?? since.fromDomain}: ${words}`,
    params: { blocked, of, fromDomain: since.fromDomain, ...(provider ? { provider } : {}), words },
  });
  if (!moved) return false;
  await tx.run(
    `INSERT INTO campaign_alarms (workspace_id, campaign_id, from_domain, provider, blocked, settled, words, last_hit)
     SELECT $1, $2, $3, $4, $5, $6, $7, max(id) FROM hygiene_hits WHERE campaign_id = $2`,
    [since.workspaceId, campaignId, since.fromDomain, pause.provider, pause.blocked, pause.of, words],
  );
  return true;
}

/** The last messages that were settled since the last alarm, by provider. Index: the ledger's primary key. */
function lastAnswers(tx: Transaction, campaignId: string, since: Since, messages: number): Promise<ProviderAnswers[]> {
  return tx.rows(
    `SELECT r.provider, count(*)::int AS settled, count(h.id)::int AS blocked
     FROM (SELECT seq, provider FROM campaign_recipients
           WHERE campaign_id = $1 AND status IN ('accepted', 'rejected') AND finished_at IS NOT NULL
             AND ($4::timestamptz IS NULL OR finished_at > $4)
           ORDER BY finished_at DESC LIMIT $2) r
     LEFT JOIN hygiene_hits h ON h.campaign_id = $1 AND h.seq = r.seq AND h.rule = 'blocked' AND h.id > $3
     GROUP BY r.provider`,
    [campaignId, messages, since.lastHit, since.at],
  );
}

/** What the servers said most often, of the last hundred. */
async function wordsOf(tx: Transaction, campaignId: string, provider: string | null, after: string): Promise<string> {
  const row = await tx.first<{ words: string }>(
    `SELECT words FROM (
       SELECT h.words FROM hygiene_hits h JOIN campaign_recipients r ON r.campaign_id = $1 AND r.seq = h.seq
       WHERE h.campaign_id = $1 AND h.rule = 'blocked' AND h.id > $3 AND ($2::text IS NULL OR r.provider = $2)
       ORDER BY h.id DESC LIMIT 100) said
     GROUP BY words ORDER BY count(*) DESC LIMIT 1`,
    [campaignId, provider, after],
  );
  return row?.words ?? '';
}

export interface AlarmRow {
  id: string;
  at: Date;
  campaignId: string;
  campaignName: string;
  fromDomain: string;
  provider: string | null;
  blocked: number;
  settled: number;
  words: string;
}

/** A page of alarms, newest first. Index: campaign_alarms_page. */
export function findAlarms(
  sql: Sql,
  workspaceId: string,
  page: { before: string | null; limit: number },
): Promise<AlarmRow[]> {
  return sql.rows(
    `SELECT a.id, a.at, a.campaign_id AS "campaignId", c.name AS "campaignName", a.from_domain AS "fromDomain",
       a.provider, a.blocked, a.settled, a.words
     FROM campaign_alarms a JOIN campaigns c ON c.id = a.campaign_id
     WHERE a.workspace_id = $1 AND ($2::bigint IS NULL OR a.id < $2) ORDER BY a.id DESC LIMIT $3`,
    [workspaceId, page.before, page.limit + 1],
  );
}
