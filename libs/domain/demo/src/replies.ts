import { createHash } from 'node:crypto';
import type { Fact, Locale, RecipientRef } from '#contracts';
import { readMail } from '#engine/dsn';
import { composeMessage } from '#engine/message';
import type { Transaction } from '#platform/database';
import { applyFacts, finishInbound } from '#domain/feedback';
import { fileReplies } from '#domain/replies';
import { chance } from './chance.js';
import type { DemoPlace } from './campaigns.js';

interface DemoReply {
  /** Place of its campaign among those of the demo, from the newest back. */
  back: number;
  text: Record<Locale, string>;
  absent?: true;
}

const reply = (back: number, zh: string, en: string): DemoReply => ({ back, text: { 'zh-CN': zh, en } });

/** What people write to a tea shop, and what their absence assistants do. */
const REPLIES: readonly DemoReply[] = [
  reply(0, '请问老茶可以先寄一小包试喝吗？', 'Could I have a small sample of the aged tea first?'),
  reply(0, '照片里的茶壶也卖吗？', 'Is the pot in the picture for sale, too?'),
  reply(0, '地址换了，麻烦寄到公司。', 'I have moved. Please send the parcel to my office.'),
  {
    ...reply(0, '我正在休假，12 月 1 日回来。', 'I am on holiday and will be back on 1 December.'),
    absent: true,
  },
  reply(1, '秋茶已经收到，香气很好，谢谢！', 'The autumn tea has arrived. Lovely scent, thank you!'),
  reply(1, '订单里少了一罐，请帮忙查一下。', 'One tin is missing from my order. Could you look into it?'),
  reply(1, '可以开公司抬头的发票吗？', 'Could I get an invoice in the name of my company?'),
  { ...reply(1, '我已外出，邮件会稍后回复。', 'I am out of the office and will answer later.'), absent: true },
  reply(2, '桂花乌龙什么时候再上？', 'When will the osmanthus oolong be back?'),
  reply(3, '会员价可以给朋友用吗？', 'May a friend use my member price?'),
];

/**
 * Answers to the last campaigns: written as mail, read by the engine and filed as the inbound processor does it.
 * @param campaignIds oldest first
 */
export async function addReplies(tx: Transaction, place: DemoPlace, campaignIds: readonly string[]): Promise<void> {
  const written = [];
  for (const [index, one] of REPLIES.entries()) {
    const from = await writer(tx, campaignIds.at(-1 - one.back) ?? '', index, one.absent === true);
    if (from) written.push({ one, from });
  }
  written.sort((a, b) => a.from.at.getTime() - b.from.at.getTime());
  const filed = [];
  for (const { one, from } of written) filed.push(await store(tx, place, one, from));
  await finishInbound(
    tx,
    filed.map(({ mail, verdict, recipient }) => ({
      ...{ id: mail.inboundMessageId, status: 'applied', kind: verdict.kind, trust: 'T2', verdict, recipient },
      ...{ verdictText: JSON.stringify(verdict), summary: '', workspaceId: place.workspaceId },
    })),
  );
  await fileReplies(
    tx,
    filed.map(({ mail }) => mail),
  );
  await applyFacts(
    tx,
    filed.map(({ fact }) => ({ fact })),
  );
  await settle(tx, place.workspaceId);
}

interface Writer extends RecipientRef {
  email: string;
  name: string;
  subject: string;
  at: Date;
}

/** Somebody who opened it, another one for each `turn`; an absence assistant answers as soon as the mail arrives. */
function writer(tx: Transaction, campaignId: string, turn: number, absent: boolean): Promise<Writer | undefined> {
  return tx.first(
    `SELECT r.campaign_id AS "campaignId", r.seq, r.email, c.name, replace(k.content->>'subject', '{{name}}', c.name) AS subject,
       CASE WHEN $3 THEN r.accepted_at + interval '5 seconds' ELSE r.opened_at + interval '25 minutes' END AS at
     FROM campaign_recipients r JOIN contacts c ON c.id = r.contact_id JOIN campaigns k ON k.id = r.campaign_id
     WHERE r.campaign_id = $1 AND r.opened_at < now() - interval '1 hour' AND r.unsubscribed_at IS NULL
       AND r.complained_at IS NULL AND r.replied_at IS NULL
     ORDER BY ${chance(`r.canonical || 'replies' || $2::text`)} LIMIT 1`,
    [campaignId, turn, absent],
  );
}

async function store(tx: Transaction, place: DemoPlace, { text, absent }: DemoReply, from: Writer) {
  const zh = place.locale === 'zh-CN';
  const raw = composeMessage({
    from: { name: from.name, address: from.email },
    to: { name: '', address: zh ? 'news@qingshan.example' : 'news@greenhill.example' },
    subject: `${absent ? (zh ? '自动回复：' : 'Automatic reply: ') : 'Re: '}${from.subject}`,
    date: from.at,
    messageId: `<${place.workspaceId}-${from.campaignId}-${from.seq}@demo.test>`,
    boundarySeed: from.email,
    headers: absent ? [['Auto-Submitted', 'auto-replied']] : [],
    text: text[place.locale],
  });
  const row = await tx.first<{ id: string }>(
    `INSERT INTO inbound_messages (workspace_id, envelope, raw, content_hash, received_at) VALUES ($1, $2, $3, $4, $5) RETURNING id`,
    [
      ...[place.workspaceId, JSON.stringify({ recipients: [], sender: from.email }), raw],
      ...[createHash('sha256').update(raw).digest(), from.at],
    ],
  );
  const inboundMessageId = row?.id ?? '';
  const verdict = readMail(raw, { recipients: [], sender: from.email });
  const recipient = { campaignId: from.campaignId, seq: from.seq };
  const fact: Fact = absent
    ? { type: 'auto-replied', recipient, at: from.at, inboundMessageId, awayUntil: verdict.awayUntil }
    : { type: 'replied', recipient, at: from.at, inboundMessageId };
  const { workspaceId } = place;
  const mail = { inboundMessageId, workspaceId, receivedAt: from.at, kind: verdict.kind, verdict, recipient };
  return { mail, verdict, recipient, fact };
}

/** Old threads have been dealt with; one of the new ones is the colleague's. */
async function settle(tx: Transaction, workspaceId: string): Promise<void> {
  await tx.run(
    `UPDATE reply_mails m SET read_at = m.received_at + interval '1 day' FROM reply_threads t
     WHERE t.id = m.thread_id AND t.workspace_id = $1 AND t.last_at < now() - interval '20 days' AND m.read_at IS NULL`,
    [workspaceId],
  );
  await tx.run(
    `UPDATE reply_threads SET state = 'done', unread = 0 WHERE workspace_id = $1 AND last_at < now() - interval '20 days'`,
    [workspaceId],
  );
  await tx.run(
    `UPDATE reply_threads SET state = 'open', assignee_id = (SELECT user_id FROM workspace_members
       WHERE workspace_id = $1 AND role = 'member')
     WHERE id = (SELECT min(id) FROM reply_threads WHERE workspace_id = $1 AND state = 'new')`,
    [workspaceId],
  );
}
