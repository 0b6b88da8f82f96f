import { IMAP_TIMEOUTS, openMailbox } from '#platform/imap';
import type { FetchedMail, ImapMailbox } from '#platform/imap';
import { findCursor, moveCursor, showMailboxState } from '#domain/senders';
import type { ClaimedMailbox } from '#domain/senders';
import { checkHandling, handleJudged } from './mail-handling.js';
import { keepFlags, keepFlagsElsewhere, whenFlagsAreDue } from './mailbox-flags.js';
import type { Session } from './mailbox-flags.js';
import { BATCH, BATCH_BYTES, keepingLease, mayGoOn, storeMails } from './reading.js';
import type { ReadEnd, ReadFailure, ReaderTools } from './reading.js';

/** A connection that ended well (shutdown, or a lease given up) is taken up again at once. */
const AGAIN_SECONDS = 0;

/**
 * Follows an IMAP mailbox. UIDs are read in order from the last one known; a folder that was numbered anew is read from
 * the start, where the store knows what it has. Nothing is ever deleted; judged mail is marked or moved by kind where the
 * operator says so.
 */
export async function readImap(tools: ReaderTools, mailbox: ClaimedMailbox): Promise<ReadEnd> {
  const opened = await openMailbox({ ...mailbox.target, timeouts: IMAP_TIMEOUTS });
  if (!opened.ok) return { failure: opened.failure };
  const connection = opened.mailbox;
  try {
    const failure = await keepingLease(
      tools,
      mailbox,
      () => connection.close(),
      () => follow(tools, mailbox, connection),
    );
    return failure ? { failure } : { failure, againSeconds: AGAIN_SECONDS };
  } finally {
    await connection.close();
  }
}

/** @returns why it ended; null when it was asked to, or the lease is gone */
async function follow(
  tools: ReaderTools,
  mailbox: ClaimedMailbox,
  connection: ImapMailbox,
): Promise<ReadFailure | null> {
  const watched = await connection.named(mailbox.folders);
  const [first = 'INBOX', ...others] = watched;
  const session = { db: tools.db, mailbox, connection, watched };
  await checkHandling(tools.db, mailbox, connection);
  while (await mayGoOn(tools, mailbox)) {
    await keepFlagsElsewhere(session);
    // The first folder is read last: it stays selected, and its news ends the wait.
    for (const folder of [...others, first]) {
      const failure = await readFolder(tools, session, folder);
      if (failure) return failure;
    }
    await showMailboxState(tools.db, mailbox, connection.canIdle ? 'idle' : 'polling');
    const wake = whenFlagsAreDue(tools.db, mailbox);
    const told = await connection.waitForChange(wake.signal).finally(wake.stop);
    if (told === 'closed' && !tools.stopping()) {
      return { diagnosis: 'service-unavailable', detail: 'The connection was lost.' };
    }
  }
  return null;
}

async function readFolder(tools: ReaderTools, session: Session, folder: string): Promise<ReadFailure | null> {
  const { mailbox, connection } = session;
  const selected = await connection.select(folder);
  if (!selected.ok) return selected.failure;
  const { uidValidity, uidNext, messages } = selected;
  let lastUid = await findCursor(tools.db, mailbox.id, folder, uidValidity);
  while (await mayGoOn(tools, mailbox)) {
    // After a failure without structures, so that none can keep a mailbox from being read.
    const mails = await nextMails(connection, lastUid, mailbox.failures === 0);
    if (mails.length === 0) {
      await handleJudged(tools.db, mailbox);
      await keepFlags(session, { folder, uidValidity });
      return null;
    }
    const place = { folder, uidValidity, lastUid: (lastUid = mails.at(-1)?.uid ?? lastUid) };
    const collected = mails.map(({ raw, uid }) => ({ raw, folder, uidValidity, uid: String(uid) }));
    const behind = Math.min(messages, uidNext - 1 - lastUid);
    await storeMails(tools, mailbox, { mails: collected, behind }, (tx) => moveCursor(tx, mailbox.id, place));
  }
  return null;
}

async function nextMails(connection: ImapMailbox, lastUid: number, byStructure: boolean): Promise<FetchedMail[]> {
  const mails: FetchedMail[] = [];
  let bytes = 0;
  for await (const mail of connection.fetchSince(lastUid, { limit: BATCH, byStructure })) {
    mails.push(mail);
    bytes += mail.raw.length;
    if (bytes > BATCH_BYTES) break;
  }
  return mails;
}
