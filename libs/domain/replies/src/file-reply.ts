import type { InboundKind, InboundVerdict, ReplyKind } from '#contracts';
import type { Transaction } from '#platform/database';
import { findBySender, findProven, strangerOf } from './find-subject.js';
import type { Proven, ReplySubject } from './find-subject.js';

const TEXT = 20_000;
const PREVIEW = 200;
const WORDS = 2_000;

/** A mail on its way into the inbox. */
export interface FiledMail extends Proven {
  inboundMessageId: string;
  workspaceId: string;
  receivedAt: Date;
  kind: InboundKind;
  verdict: Pick<InboundVerdict, 'from' | 'subject' | 'visibleReply'> | null;
  /** A person has decided what it is: then it is shown even where it answers nothing we know. */
  byPerson?: boolean;
}

/** How a mail found its thread. */
export type Matched = 'token' | 'sender' | 'person';

/**
 * Puts a reply, an automatic one or a wish to leave into the thread it belongs to: by token, else by its sender. Safe to
 * run again.
 * @returns how it was matched; null when it belongs nowhere
 */
export async function fileReply(tx: Transaction, mail: FiledMail): Promise<Matched | null> {
  const { kind, workspaceId } = mail;
  if (kind !== 'reply' && kind !== 'auto-reply' && kind !== 'unsubscribe') return null;
  const from = mail.verdict?.from ?? '';
  const proven = await findProven(tx, workspaceId, mail);
  if (proven) {
    const matched = mail.byPerson ? 'person' : 'token';
    await add(tx, mail, kind, proven, matched);
    return matched;
  }
  // Who asks to leave without a token waits for a person: showing the wish as if it had been granted would be a lie.
  if (kind === 'unsubscribe' && !mail.byPerson) return null;
  const bySender = await findBySender(tx, workspaceId, from);
  const subject = bySender ?? (mail.byPerson ? await strangerOf(tx, workspaceId, from) : null);
  if (!subject) return null;
  const matched = mail.byPerson ? 'person' : 'sender';
  await add(tx, mail, kind, subject, matched);
  return matched;
}

async function add(tx: Transaction, mail: FiledMail, kind: ReplyKind, about: ReplySubject, matched: Matched) {
  const text = (mail.verdict?.visibleReply ?? '').slice(0, TEXT);
  const subject = mail.verdict?.subject ?? '';
  const isHuman = kind === 'reply';
  const thread = await tx.first<{ id: string }>(
    `INSERT INTO reply_threads AS t (workspace_id, key, contact_id, campaign_id, seq, message_id, address, name, subject,
       kind, state, words, preview, last_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, CASE WHEN $11 THEN 'new' ELSE 'done' END, $12, $13, $14)
     ON CONFLICT (workspace_id, key) DO UPDATE SET last_at = greatest(t.last_at, excluded.last_at),
       -- A person's reply outweighs what came of itself.
       kind = CASE WHEN $11 OR t.kind = 'auto-reply' THEN excluded.kind ELSE t.kind END,
       subject = CASE WHEN $11 THEN excluded.subject ELSE t.subject END,
       preview = CASE WHEN $11 OR t.kind <> 'reply' THEN excluded.preview ELSE t.preview END,
       words = CASE WHEN $11 OR t.kind <> 'reply' THEN excluded.words ELSE t.words END,
       state = CASE WHEN $11 AND t.state = 'done' THEN 'new' ELSE t.state END,
       version = t.version + 1
     RETURNING id`,
    [
      ...[mail.workspaceId, about.key, about.contactId, about.campaignId, about.seq, about.messageId, about.address],
      ...[about.name, subject, kind, isHuman, wordsOf(about, subject, text), preview(text || subject), mail.receivedAt],
    ],
  );
  const added = await tx.run(
    `INSERT INTO reply_mails (thread_id, inbound_message_id, kind, matched, text, received_at, read_at)
     VALUES ($1, $2, $3, $4, $5, $6, CASE WHEN $7 THEN NULL ELSE now() END) ON CONFLICT DO NOTHING`,
    [thread!.id, mail.inboundMessageId, kind, matched, text, mail.receivedAt, isHuman],
  );
  if (added === 1 && isHuman) await tx.run('UPDATE reply_threads SET unread = unread + 1 WHERE id = $1', [thread!.id]);
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
