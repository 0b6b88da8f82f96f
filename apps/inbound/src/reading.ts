import type { Diagnosis } from '#contracts';
import type { Database, Transaction } from '#platform/database';
import { storeCollected } from '#domain/feedback';
import type { SourceMail } from '#domain/feedback';
import { noteRead, renewMailboxClaim } from '#domain/senders';
import type { ClaimedMailbox, MailboxLogin } from '#domain/senders';

/** How long a claim lasts unless it is renewed. */
export const LEASE_SECONDS = 30;
const RENEW_MS = 5_000;

export interface ReaderTools {
  db: Database;
  /** Mails were stored; hints the processing. */
  stored(inboundMessageIds: readonly string[]): void;
  /** The secret that is good now; fetches an access token where one is needed. */
  login(mailbox: ClaimedMailbox): Promise<MailboxLogin>;
  /** A mailbox that worked can't be read: told once, until it has worked again. */
  alarm(mailbox: ClaimedMailbox, error: string): void;
  stopping(): boolean;
}

/** Why the reading of a mailbox ended. */
export interface ReadFailure {
  diagnosis: Diagnosis;
  detail: string;
}

/** How a reader ends: with a failure, or well; then the mailbox is read again after `againSeconds`. */
export type ReadEnd = { failure: ReadFailure } | { failure: null; againSeconds: number };

/** Mails stored and committed together … */
export const BATCH = 500;
/** … or as many bytes, so that memory stays flat whatever the mails weigh. */
export const BATCH_BYTES = 4_194_304;

/** False when the reading has to end: the process stops, or another one has the mailbox now. */
export async function mayGoOn({ db, stopping }: ReaderTools, mailbox: ClaimedMailbox): Promise<boolean> {
  return !stopping() && (await renewMailboxClaim(db, mailbox, LEASE_SECONDS));
}

/** Keeps the lease alive beside `work`, however long a slow server takes; closes the connection when it is lost. */
export async function keepingLease<T>(
  tools: ReaderTools,
  mailbox: ClaimedMailbox,
  close: () => unknown,
  work: () => Promise<T>,
): Promise<T> {
  const keep = setInterval(() => {
    mayGoOn(tools, mailbox).then(
      (kept) => (kept ? undefined : void close()),
      () => undefined, // the lease ends by itself; the next renewal says so
    );
  }, RENEW_MS);
  try {
    return await work();
  } finally {
    clearInterval(keep);
  }
}

/**
 * Stores mails and, in the same transaction, where the reading stands; then hints the processing.
 * @param behind mails on the server that are still to be read after these
 * @throws Error when another process reads this mailbox now
 */
export async function storeMails(
  tools: ReaderTools,
  mailbox: ClaimedMailbox,
  { mails, behind }: { mails: readonly SourceMail[]; behind: number },
  note: (tx: Transaction) => Promise<void>,
): Promise<void> {
  const ids = await tools.db.transaction(async (tx) => {
    const { id: mailboxId, workspaceId } = mailbox;
    const fresh = await storeCollected(tx, { mailboxId, workspaceId }, mails);
    const held = await noteRead(tx, mailbox, { stored: fresh.length, behind });
    if (!held) throw new Error('Another process reads this mailbox now.');
    await note(tx);
    return fresh;
  });
  tools.stored(ids);
}
