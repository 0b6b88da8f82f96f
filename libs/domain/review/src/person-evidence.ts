import type { InboundReview } from '#contracts';
import { questionIn } from '#engine/reply';
import type { Sql } from '#platform/database';

type Because = InboundReview['guess']['because'];

const HEAD_BYTES = 32 * 1024;
const DAYS = 90;
/** Of a subject with variables so many fixed characters have to be there, or anything would match. */
const FIXED_MIN = 6;
const PREFIX = /^(?:re|fw|fwd|aw|wg|回复|答复|转发|回覆|轉寄) {0,2}(?:\[\d{1,3}\])?[:：]\s{0,3}/i;
const MACHINE = /^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)[@+.-]/i;

/**
 * What speaks for a mail of an unknown person that is meant for us: it asks something, it has the subject of a campaign
 * of the last 90 days, it is addressed to one of our addresses. The last alone proves nothing.
 */
export async function findPersonEvidence(
  sql: Sql,
  workspaceId: string,
  mail: { id: string; from: string; subject: string },
  words: string,
): Promise<Because> {
  if (MACHINE.test(mail.from)) return [];
  const found: Because = [];
  const asked = questionIn(words) ?? questionIn(mail.subject);
  if (asked) found.push({ code: 'asks', detail: asked });
  const campaign = await campaignOf(sql, workspaceId, mail.subject);
  if (campaign) found.push({ code: 'subject', detail: campaign });
  if (found.length === 0) return [];
  const address = await addressedTo(sql, workspaceId, mail.id);
  if (address) found.push({ code: 'addressed', detail: address });
  return found;
}

async function campaignOf(sql: Sql, workspaceId: string, subject: string): Promise<string | null> {
  const bare = withoutPrefixes(subject);
  if (bare === '') return null;
  // Index: campaigns_page.
  const rows = await sql.rows<{ name: string; subject: string }>(
    `SELECT name, content->>'subject' AS subject FROM campaigns
     WHERE workspace_id = $1 AND started_at > now() - make_interval(days => ${DAYS}) ORDER BY id DESC LIMIT 200`,
    [workspaceId],
  );
  return rows.find((row) => isSubject(bare, row.subject))?.name ?? null;
}

/** True when the fixed parts of a subject stand in a mail's subject in their order. */
export function isSubject(bare: string, template: string): boolean {
  const parts = template.slice(0, 500).split(/\{\{[^}]{0,200}\}\}/);
  if (parts.join('').trim().length < FIXED_MIN) return false;
  if (parts.length === 1) return bare === template.trim();
  let at = 0;
  for (const part of parts.map((text) => text.trim())) {
    const next = bare.indexOf(part, at);
    if (next < 0) return false;
    at = next + part.length;
  }
  return true;
}

function withoutPrefixes(subject: string): string {
  let bare = subject.slice(0, 500).trim();
  for (let n = 0; n < 5 && PREFIX.test(bare); n += 1) bare = bare.replace(PREFIX, '').trim();
  return bare;
}

/** One of our addresses that its header names. */
async function addressedTo(sql: Sql, workspaceId: string, id: string): Promise<string | null> {
  const head = await sql.first<{ raw: Buffer }>(
    `SELECT substring(raw FROM 1 FOR ${HEAD_BYTES}) AS raw FROM inbound_messages WHERE id = $1`,
    [id],
  );
  const header = (head?.raw.toString('latin1') ?? '').split(/\r?\n\r?\n/, 1)[0] ?? '';
  const unfolded = header.replace(/\r?\n[ \t]/g, ' ').split(/\r?\n/);
  const named = unfolded
    .filter((line) => /^(?:to|cc|delivered-to|x-original-to):/i.test(line))
    .join(' ')
    .toLowerCase();
  const ours = await sql.rows<{ address: string }>(
    `SELECT DISTINCT lower(address) AS address FROM (
       SELECT auth_user AS address FROM mailboxes WHERE workspace_id = $1
       UNION ALL SELECT unnest(ARRAY[from_address, reply_to]) FROM campaigns
         WHERE workspace_id = $1 AND started_at > now() - make_interval(days => ${DAYS})) a
     WHERE address LIKE '%_@_%' LIMIT 200`,
    [workspaceId],
  );
  return ours.find(({ address }) => named.includes(address))?.address ?? null;
}
