import { UNRECOGNISED } from '#contracts';
import type { Transaction } from '#platform/database';
import { addToThreads } from './add-to-threads.js';
import type { FiledMail, InboxMail, Matched, ThreadedMail } from './filed-mail.js';
import { findBySender, findProven, strangerOf } from './find-subject.js';

/**
 * Puts replies, automatic ones and wishes to leave into the threads they belong to: by token, else by sender. What a
 * token proves is written together; who is known by the sender alone may be known by what was written just before.
 * Safe to run again.
 * @returns of each how it was matched; null when it belongs nowhere
 */
export async function fileReplies(tx: Transaction, mails: readonly FiledMail[]): Promise<(Matched | null)[]> {
  const filed = mails.map(toInboxMail);
  const inbox = filed.filter((mail) => mail !== null);
  if (inbox.length === 0) return mails.map(() => null);
  const proven = await findProven(tx, inbox);
  const matched = new Map<InboxMail, Matched | null>();
  let together: ThreadedMail[] = [];
  const write = async () => {
    await addToThreads(tx, together);
    together = [];
  };
  for (const [index, mail] of inbox.entries()) {
    const known = proven[index];
    if (!known) await write();
    const about = known ?? (await unproven(tx, mail));
    const how = mail.byPerson ? 'person' : known ? 'token' : 'sender';
    if (about) together.push({ mail, about, matched: how });
    matched.set(mail, about && how);
  }
  await write();
  return filed.map((mail) => (mail && matched.get(mail)) ?? null);
}

/** What nothing recognised counts as a reply where its sender got mail of ours of late: people also write anew. */
function toInboxMail(mail: FiledMail): InboxMail | null {
  const { kind, verdict, byPerson } = mail;
  if (kind === 'reply' || kind === 'auto-reply' || kind === 'unsubscribe') return { ...mail, kind };
  const anew = kind === 'other' && verdict?.rule === UNRECOGNISED && !byPerson;
  return anew ? { ...mail, kind: 'reply', recipient: null, messageId: undefined } : null;
}

async function unproven(tx: Transaction, { kind, workspaceId, verdict, byPerson }: InboxMail) {
  // Who asks to leave without a token waits for a person: showing the wish as if it had been granted would be a lie.
  if (kind === 'unsubscribe' && !byPerson) return null;
  const from = verdict?.from ?? '';
  return (await findBySender(tx, workspaceId, from)) ?? (byPerson ? strangerOf(tx, workspaceId, from) : null);
}
