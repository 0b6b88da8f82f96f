import type { ImapMailbox } from '#platform/imap';
import type { Database } from '#platform/database';
import {
  findDueFlags,
  findUnreadUids,
  flagsDone,
  flagsFailed,
  flagsGivenUp,
  hasDueFlags,
  markReadAtSource,
} from '#domain/replies';
import type { FlagWish } from '#domain/replies';
import type { ClaimedMailbox } from '#domain/senders';

/** Marks set, and unread mails asked about, in one round. */
const AT_ONCE = 200;
const LOOK_MS = 2_000;
const FLAGS = { seen: '\\Seen', answered: '\\Answered' } as const;

interface Place {
  folder: string;
  uidValidity: string;
}

/**
 * Keeps the selected folder and the reply inbox in step: sets the marks that were asked for here, and learns what was
 * read elsewhere. Called by the holder of the mailbox's lease, whose connection does one thing at a time.
 * @throws Error when the connection is lost; what was not marked stays due
 */
export async function keepFlags(
  db: Database,
  mailbox: Pick<ClaimedMailbox, 'id' | 'moveTo'>,
  connection: ImapMailbox,
  place: Place,
): Promise<void> {
  const here = { mailboxId: mailbox.id, ...place };
  const due = await findDueFlags(db, here, AT_ONCE);
  if (due.length > 0) await setFlags(db, mailbox, connection, place, due);
  const unread = await findUnreadUids(db, here, AT_ONCE);
  if (unread.length === 0) return;
  const seen = await connection.seen(unread);
  const read = unread.filter((uid) => seen.get(uid));
  if (read.length > 0) await markReadAtSource(db, here, read);
}

async function setFlags(
  db: Database,
  { moveTo }: Pick<ClaimedMailbox, 'moveTo'>,
  connection: ImapMailbox,
  { folder, uidValidity }: Place,
  due: readonly FlagWish[],
): Promise<void> {
  const numbered = due.filter((wish) => wish.uidValidity === uidValidity);
  const present = await connection.seen([...new Set(numbered.map(({ uid }) => uid))]);
  const here = numbered.filter(({ uid }) => present.has(uid));
  for (const flag of ['seen', 'answered'] as const) {
    const some = here.filter((wish) => wish.flag === flag);
    if (some.length === 0) continue;
    const uids = some.map(({ uid }) => uid);
    await settle(db, some, await connection.mark(uids, FLAGS[flag]));
  }
  // Moved by us or by somebody else, or the folder was numbered anew: the mail is known by its Message-ID.
  let lost = due.filter((wish) => !here.includes(wish));
  for (const other of moveTo && moveTo !== folder ? [folder, moveTo] : [folder]) {
    if (lost.length > 0) lost = await setByName(db, connection, { folder: other, reselect: other !== folder }, lost);
  }
  const gone = 'The mail is no longer where it was in the mailbox.';
  await flagsGivenUp(
    db,
    lost.map(({ id }) => id),
    gone,
  );
  if (moveTo && moveTo !== folder) await connection.select(folder);
}

/** @returns those that are not in this folder either */
async function setByName(
  db: Database,
  connection: ImapMailbox,
  { folder, reselect }: { folder: string; reselect: boolean },
  wishes: readonly FlagWish[],
): Promise<FlagWish[]> {
  if (reselect && !(await connection.select(folder)).ok) return [...wishes];
  const lost: FlagWish[] = [];
  for (const wish of wishes) {
    const uids = wish.messageId ? await connection.withMessageId(wish.messageId) : [];
    if (uids.length === 0) lost.push(wish);
    else await settle(db, [wish], await connection.mark(uids, FLAGS[wish.flag]));
  }
  return lost;
}

async function settle(db: Database, wishes: readonly FlagWish[], marked: boolean): Promise<void> {
  const ids = wishes.map(({ id }) => id);
  if (marked) await flagsDone(db, ids);
  else await flagsFailed(db, ids, 'The mail server refused the mark.');
}

/** A signal that ends the wait for mail as soon as a mark is asked for. */
export function whenFlagsAreDue(db: Database, mailboxId: string): { signal: AbortSignal; stop: () => void } {
  const wake = new AbortController();
  const timer = setInterval(() => {
    hasDueFlags(db, mailboxId).then(
      (due) => due && wake.abort(),
      () => undefined, // Postgres is away: the next look tells
    );
  }, LOOK_MS);
  return { signal: wake.signal, stop: () => clearInterval(timer) };
}
