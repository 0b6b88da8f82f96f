import type { Transaction } from '#platform/database';
import type { InboxMail, ThreadedMail } from './filed-mail.js';
import type { ReplySubject } from './find-subject.js';

const TEXT = 20_000;
const PREVIEW = 200;
/** Of a whole thread, the newest first. */
const WORDS = 10_000;

/** Adds mails to their threads in their order, those of different threads together. */
export async function addToThreads(tx: Transaction, mails: readonly ThreadedMail[]): Promise<void> {
  for (let rest = [...mails]; rest.length > 0;) {
    const firsts = new Map<string, ThreadedMail>();
    const others: ThreadedMail[] = [];
    for (const one of rest) {
      const key = `${one.mail.workspaceId} ${one.about.key}`;
      if (firsts.has(key)) others.push(one);
      else firsts.set(key, one);
    }
    await addOneEach(tx, [...firsts.values()]);
    rest = others;
  }
}

async function addOneEach(tx: Transaction, mails: readonly ThreadedMail[]): Promise<void> {
  const threads = await upsertThreads(tx, mails);
  const of = <T>(pick: (mail: InboxMail) => T) => mails.map(({ mail }) => pick(mail));
  const unread = await tx.rows<{ id: string }>(
    {
      name: 'add_reply_mails',
      text: `INSERT INTO reply_mails (thread_id, inbound_message_id, kind, matched, text, received_at, read_at)
     SELECT m.thread_id, m.inbound_message_id, m.kind, m.matched, m.text, m.received_at,
       CASE WHEN m.kind = 'reply' THEN NULL ELSE now() END
     FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])
       AS m (thread_id, inbound_message_id, kind, matched, text, received_at)
     ON CONFLICT DO NOTHING RETURNING CASE WHEN kind = 'reply' THEN thread_id END AS id`,
    },
    [
      mails.map(({ mail, about }) => threads.get(`${mail.workspaceId} ${about.key}`)),
      of((mail) => mail.inboundMessageId),
      of((mail) => mail.kind),
      mails.map(({ matched }) => matched),
      of(textOf),
      of((mail) => mail.receivedAt),
    ],
  );
  const ids = unread.flatMap(({ id }) => id ?? []);
  if (ids.length === 0) return;
  await tx.run('UPDATE reply_threads SET unread = unread + 1 WHERE id = ANY ($1::bigint[])', [ids]);
}

/** @returns their ids by workspace and key */
async function upsertThreads(tx: Transaction, mails: readonly ThreadedMail[]): Promise<Map<string, string>> {
  const of = <T>(pick: (mail: InboxMail) => T) => mails.map(({ mail }) => pick(mail));
  const about = <T>(pick: (subject: ReplySubject) => T) => mails.map((one) => pick(one.about));
  const subjects = of(({ verdict }) => verdict?.subject ?? '');
  const rows = await tx.rows<{ id: string; workspaceId: string; key: string }>(
    {
      name: 'upsert_reply_threads',
      text: `INSERT INTO reply_threads AS t (workspace_id, key, contact_id, campaign_id, seq, message_id, address, name, subject,
       kind, state, words, preview, last_at)
     SELECT m.workspace_id, m.key, m.contact_id, m.campaign_id, m.seq, m.message_id, m.address, m.name, m.subject, m.kind,
       CASE WHEN m.kind = 'reply' THEN 'new' ELSE 'done' END, m.words, m.preview, m.at
     FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::int[], $6::bigint[], $7::text[], $8::text[],
       $9::text[], $10::text[], $11::text[], $12::text[], $13::timestamptz[])
       AS m (workspace_id, key, contact_id, campaign_id, seq, message_id, address, name, subject, kind, words, preview, at)
     ORDER BY m.workspace_id, m.key -- two at once don't wait for each other
     ON CONFLICT (workspace_id, key) DO UPDATE SET last_at = greatest(t.last_at, excluded.last_at),
       -- A person's reply outweighs what came of itself.
       kind = CASE WHEN excluded.kind = 'reply' OR t.kind = 'auto-reply' THEN excluded.kind ELSE t.kind END,
       subject = CASE WHEN excluded.kind = 'reply' THEN excluded.subject ELSE t.subject END,
       preview = CASE WHEN excluded.kind = 'reply' OR t.kind <> 'reply' THEN excluded.preview ELSE t.preview END,
       words = left(excluded.words || ' ' || t.words, ${WORDS}),
       state = CASE WHEN excluded.kind = 'reply' AND t.state = 'done' THEN 'new' ELSE t.state END,
       version = t.version + 1
     RETURNING id, workspace_id AS "workspaceId", key`,
    },
    [
      of((mail) => mail.workspaceId),
      about((subject) => subject.key),
      about((subject) => subject.contactId),
      about((subject) => subject.campaignId),
      about((subject) => subject.seq),
      about((subject) => subject.messageId),
      about((subject) => subject.address),
      about((subject) => subject.name),
      subjects,
      of((mail) => mail.kind),
      mails.map((one, index) => wordsOf(one.about, subjects[index]!, textOf(one.mail))),
      mails.map((one, index) => preview(textOf(one.mail) || subjects[index]!)),
      of((mail) => mail.receivedAt),
    ],
  );
  return new Map(rows.map(({ id, workspaceId, key }) => [`${workspaceId} ${key}`, id]));
}

function textOf({ verdict }: InboxMail): string {
  return (verdict?.visibleReply ?? '').slice(0, TEXT);
}

function wordsOf({ address, name }: ReplySubject, subject: string, text: string): string {
  return `${address} ${name} ${subject} ${text}`.toLowerCase().replace(/\s+/g, ' ').slice(0, WORDS);
}

function preview(text: string): string {
  return text
    .slice(0, PREVIEW * 4)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, PREVIEW);
}
