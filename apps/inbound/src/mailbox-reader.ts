import type { Database } from '#platform/database';
import { openMailbox } from '#platform/imap';
import type { FetchedMail, ImapFailure, ImapMailbox } from '#platform/imap';
import { storeInbound } from '#domain/feedback';
import { findCursor, moveCursor, releaseMailboxClaim, renewMailboxClaim, showMailboxState } from '#domain/senders';
import type { ClaimedMailbox } from '#domain/senders';

/** How long a claim lasts unless it is renewed. */
export const LEASE_SECONDS = 30;
/** Mails stored and committed together. */
const BATCH = 100;
/** … or as many bytes, so that memory stays flat whatever the mails weigh. */
const BATCH_BYTES = 16_777_216;
/** Seconds a mailbox rests after trouble; a refused login rests longer, so that the provider does not lock the account. */
const REST_SECONDS = 20;
const REST_AFTER_REFUSAL_SECONDS = 300;

export interface ReaderTools {
  db: Database;
  /** A mail was stored; hints the processing. */
  stored(inboundMessageId: string): Promise<void>;
  stopping(): boolean;
}

/**
 * Reads one claimed mailbox until the connection or the lease ends. Mail is stored and committed together with the
 * cursor, and only then moved at the source; nothing is ever deleted. UIDs are read in order from the last one known,
 * so a kill anywhere reads on where it was.
 */
export async function readMailbox(tools: ReaderTools, mailbox: ClaimedMailbox): Promise<void> {
  await showMailboxState(tools.db, mailbox, 'connecting');
  const opened = await openMailbox(mailbox.target);
  if (!opened.ok) {
    await rest(tools, mailbox, opened.failure);
    return;
  }
  const connection = opened.mailbox;
  try {
    const failure = await follow(tools, mailbox, connection);
    await rest(tools, mailbox, failure);
  } catch (error) {
    await rest(tools, mailbox, { step: 'connect', diagnosis: 'unknown', detail: (error as Error).message });
  } finally {
    await connection.close();
  }
}

/** @returns why it ended; null when it was asked to, or the lease is gone */
async function follow(
  tools: ReaderTools,
  mailbox: ClaimedMailbox,
  connection: ImapMailbox,
): Promise<ImapFailure | null> {
  const { db } = tools;
  const [first, ...others] = mailbox.folders;
  while (!tools.stopping() && (await renewMailboxClaim(db, mailbox, LEASE_SECONDS))) {
    // The first folder is read last: it stays selected, and its news ends the wait.
    for (const folder of [...others, first ?? 'INBOX']) {
      const failure = await readFolder(tools, mailbox, connection, folder);
      if (failure) return failure;
    }
    await showMailboxState(db, mailbox, connection.canIdle ? 'idle' : 'polling');
    if ((await waitKeepingLease(tools, mailbox, connection)) === 'closed') {
      return { step: 'connect', diagnosis: 'unknown', detail: 'The connection was lost.' };
    }
  }
  return null;
}

async function readFolder(
  tools: ReaderTools,
  mailbox: ClaimedMailbox,
  connection: ImapMailbox,
  folder: string,
): Promise<ImapFailure | null> {
  const { db } = tools;
  const selected = await connection.select(folder);
  if (!selected.ok) return selected.failure;
  const { uidValidity } = selected;
  let lastUid = await findCursor(db, mailbox.id, folder, uidValidity);
  for (;;) {
    if (tools.stopping() || !(await renewMailboxClaim(db, mailbox, LEASE_SECONDS))) return null;
    const mails = await nextMails(connection, lastUid);
    if (mails.length === 0) return null;
    lastUid = mails.at(-1)?.uid ?? lastUid;
    const ids = await store(tools, mailbox, { folder, uidValidity, lastUid }, mails);
    for (const id of ids) await tools.stored(id);
    const uids = mails.map((mail) => mail.uid);
    if (mailbox.moveTo && mailbox.moveTo !== folder) await connection.move(uids, mailbox.moveTo);
  }
}

async function nextMails(connection: ImapMailbox, lastUid: number): Promise<FetchedMail[]> {
  const mails: FetchedMail[] = [];
  let bytes = 0;
  for await (const mail of connection.fetchSince(lastUid, { limit: BATCH })) {
    mails.push(mail);
    bytes += mail.raw.length;
    if (bytes > BATCH_BYTES) break;
  }
  return mails;
}

/** Mails and cursor in one transaction. @returns ids of the mails that were not known yet */
function store(
  { db }: ReaderTools,
  mailbox: ClaimedMailbox,
  at: { folder: string; uidValidity: string; lastUid: number },
  mails: readonly FetchedMail[],
): Promise<string[]> {
  const { folder, uidValidity, lastUid } = at;
  return db.transaction(async (tx) => {
    const ids: string[] = [];
    for (const { raw, uid } of mails) {
      const { id: mailboxId, workspaceId } = mailbox;
      const id = await storeInbound(tx, raw, {
        type: 'mailbox',
        mailboxId,
        workspaceId,
        folder,
        uidValidity,
        uid: String(uid),
      });
      if (id) ids.push(id);
    }
    const moved = await moveCursor(tx, mailbox, { folder, uidValidity, lastUid, stored: ids.length });
    if (!moved) throw new Error('Another process reads this mailbox now.');
    return ids;
  });
}

/** Waits for news while the lease is kept alive beside it. */
async function waitKeepingLease(
  { db, stopping }: ReaderTools,
  mailbox: ClaimedMailbox,
  connection: ImapMailbox,
): Promise<'changed' | 'nothing' | 'closed'> {
  const keep = setInterval(() => {
    renewMailboxClaim(db, mailbox, LEASE_SECONDS).then(
      (kept) => (kept && !stopping() ? undefined : void connection.close()),
      () => undefined, // the lease ends by itself; the next renewal says so
    );
  }, 5_000);
  try {
    return await connection.waitForChange();
  } finally {
    clearInterval(keep);
  }
}

async function rest({ db }: ReaderTools, mailbox: ClaimedMailbox, failure: ImapFailure | null): Promise<void> {
  const refused = failure?.diagnosis === 'auth-failed' || failure?.diagnosis === 'unsafe-login';
  const seconds = failure === null ? 0 : refused ? REST_AFTER_REFUSAL_SECONDS : REST_SECONDS;
  await releaseMailboxClaim(db, mailbox, seconds, failure && `${failure.diagnosis}: ${failure.detail}`);
}
