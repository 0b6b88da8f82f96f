import { POP3_TIMEOUTS, Pop3Refusal, openPop3 } from '#platform/pop3';
import type { Pop3Entry, Pop3Mailbox } from '#platform/pop3';
import type { SourceMail } from '#domain/feedback';
import { findKnownMails, forgetMailsBut, rememberMails, showMailboxState } from '#domain/senders';
import type { ClaimedMailbox } from '#domain/senders';
import { BATCH, BATCH_BYTES, keepingLease, mayGoOn, storeMails } from './reading.js';
import type { ReadEnd, ReaderTools } from './reading.js';

/** How often a mailbox is asked; POP3 has no other way to hear of news. */
const POLL_SECONDS = 60;
const MAIL_BYTES_MAX = 31_457_280;
/** Deletions count only at QUIT: a session ends after so many, so that a lost connection costs little. */
const DELETIONS = 1_000;
const KEYS_AT_ONCE = 1_000;

/**
 * Collects what a POP3 mailbox has and leaves: a session locks it for others. RETR → stored and committed → DELE, where
 * the operator says so → QUIT. What was read is known by its key until it is gone from the server.
 */
export async function collectPop3(tools: ReaderTools, mailbox: ClaimedMailbox): Promise<ReadEnd> {
  const opened = await openPop3({ ...mailbox.target, timeouts: POP3_TIMEOUTS });
  if (!opened.ok) return { failure: opened.failure };
  const session = opened.mailbox;
  try {
    return await keepingLease(
      tools,
      mailbox,
      () => session.close(),
      () => collect(tools, mailbox, session),
    );
  } finally {
    session.close();
  }
}

async function collect(tools: ReaderTools, mailbox: ClaimedMailbox, session: Pop3Mailbox): Promise<ReadEnd> {
  const entries = await session.list();
  const { fresh, due } = await sort(tools, mailbox, entries);
  const marked = new Set<string>();
  const mark = async (some: readonly Pop3Entry[]) => {
    for (const { number, key } of some) {
      if (marked.size < DELETIONS && (await session.delete(number))) marked.add(key);
    }
  };
  await mark(due);
  let read = 0;
  while (read < fresh.length && marked.size < DELETIONS && (await mayGoOn(tools, mailbox))) {
    const batch = await nextMails(session, fresh, read);
    read += batch.looked;
    const keys = batch.entries.map(({ key }) => key);
    await storeMails(tools, mailbox, { mails: batch.mails, behind: fresh.length - read }, (tx) =>
      rememberMails(tx, mailbox.id, keys),
    );
    if (mailbox.deleteAfterDays === 0) await mark(batch.entries);
  }
  const unfinished = read < fresh.length || marked.size >= DELETIONS;
  if (!(await session.quit()))
    return { failure: { diagnosis: 'service-unavailable', detail: 'QUIT was not confirmed.' } };
  const present = entries.map(({ key }) => key).filter((key) => !marked.has(key));
  await forgetMailsBut(tools.db, mailbox.id, present);
  if (!unfinished) await showMailboxState(tools.db, mailbox, 'polling');
  return { failure: null, againSeconds: unfinished ? 0 : POLL_SECONDS };
}

/** What is to be read, and what has been read and may go. */
async function sort({ db }: ReaderTools, mailbox: ClaimedMailbox, entries: readonly Pop3Entry[]) {
  const fresh: Pop3Entry[] = [];
  const due: Pop3Entry[] = [];
  for (let from = 0; from < entries.length; from += KEYS_AT_ONCE) {
    const some = entries.slice(from, from + KEYS_AT_ONCE);
    const keys = some.map(({ key }) => key);
    const known = new Map(
      (await findKnownMails(db, mailbox.id, keys, mailbox.deleteAfterDays)).map((mail) => [mail.key, mail.due]),
    );
    for (const entry of some) {
      const isDue = known.get(entry.key);
      if (isDue === undefined) fresh.push(entry);
      else if (isDue) due.push(entry);
    }
  }
  return { fresh, due };
}

/** The next mails to be stored together. One that the server does not give is left for the next session. */
async function nextMails(session: Pop3Mailbox, fresh: readonly Pop3Entry[], from: number) {
  const mails: SourceMail[] = [];
  const entries: Pop3Entry[] = [];
  let bytes = 0;
  let looked = 0;
  while (from + looked < fresh.length && looked < BATCH && bytes < BATCH_BYTES) {
    const entry = fresh[from + looked]!;
    looked += 1;
    try {
      const { raw } = await session.read(entry, MAIL_BYTES_MAX);
      mails.push({ raw, folder: 'INBOX', uidValidity: null, uid: null });
      entries.push(entry);
      bytes += raw.length;
    } catch (error) {
      if (!(error instanceof Pop3Refusal)) throw error;
    }
  }
  return { mails, entries, looked };
}
