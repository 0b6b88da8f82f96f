import type { ImapMailbox } from '#platform/imap';
import type { Database } from '#platform/database';
import {
  findDueFlags,
  findFlaggedFolders,
  findUnreadUids,
  flagsDone,
  flagsFailed,
  flagsGivenUp,
  hasDueFlags,
  markReadAtSource,
} from '#domain/replies';
import type { FlagWish } from '#domain/replies';
import { endKeepProblems, noteKeepProblem } from '#domain/senders';
import type { ClaimedMailbox } from '#domain/senders';
import { handleJudged, moveMails } from './mail-handling.js';

/** Marks set, and unread mails asked about, in one round. */
const AT_ONCE = 200;
const LOOK_MS = 2_000;
const GONE = 'The mail is no longer where it was in the mailbox.';

interface Place {
  folder: string;
  uidValidity: string;
}

/** A mailbox in work: its connection, and the folders that are read by the names they have here. */
export interface Session {
  db: Database;
  mailbox: ClaimedMailbox;
  connection: ImapMailbox;
  watched: readonly string[];
}

/**
 * Keeps the selected folder and what is known here in step: sets the marks and makes the moves that were asked for, and
 * learns what was read elsewhere. Called by the holder of the mailbox's lease, whose connection does one thing at a time.
 * @throws Error when the connection is lost; what was not marked stays due
 */
export async function keepFlags(session: Session, place: Place): Promise<void> {
  const { db, mailbox, connection } = session;
  const here = { mailboxId: mailbox.id, ...place };
  for (;;) {
    const due = await findDueFlags(db, here, AT_ONCE);
    if (due.length > 0) await setFlags(session, place, due);
    if (due.length < AT_ONCE) break;
  }
  const unread = await findUnreadUids(db, here, AT_ONCE);
  if (unread.length === 0) return;
  const seen = await connection.seen(unread);
  const read = unread.filter((uid) => seen.get(uid));
  if (read.length > 0) await markReadAtSource(db, here, read);
}

/** The same for folders that mail was moved to. */
export async function keepFlagsElsewhere(session: Session): Promise<void> {
  const { db, mailbox, connection, watched } = session;
  for (const folder of await findFlaggedFolders(db, mailbox.id, watched)) {
    const selected = await connection.select(folder);
    if (selected.ok) await keepFlags(session, { folder, uidValidity: selected.uidValidity });
    else if (selected.failure.diagnosis === 'folder-not-found') {
      const lost = await findDueFlags(db, { mailboxId: mailbox.id, folder }, AT_ONCE);
      await giveUp(db, lost);
    }
  }
}

async function setFlags(session: Session, place: Place, due: readonly FlagWish[]): Promise<void> {
  const { db, mailbox, connection, watched } = session;
  const { folder, uidValidity } = place;
  const numbered = due.filter((wish) => wish.uidValidity === uidValidity);
  const present = await connection.seen([...new Set(numbered.map(({ uid }) => uid))]);
  const here = numbered.filter(({ uid }) => present.has(uid));
  const marks = here.filter(({ flag }) => flag !== 'move');
  for (const name of new Set(marks.map(nameOf))) {
    const some = marks.filter((wish) => nameOf(wish) === name);
    const uids = some.map(({ uid }) => uid);
    await settle(session, some, await connection.mark(uids, name));
  }
  const moves = here.filter(({ flag }) => flag === 'move');
  await moveMails(db, mailbox, connection, moves, watched);
  // What is no longer here was moved, before a kill or by somebody else; that mark is known by its Message-ID.
  const lost = due.filter((wish) => !here.includes(wish));
  await setByName(session, folder, lost);
}

/** Sets marks on mail whose number is not known: where it lay, and where it was to be moved to. */
async function setByName(session: Session, folder: string, wishes: readonly FlagWish[]): Promise<void> {
  const { db, connection } = session;
  let lost = wishes.filter(({ flag, messageId }) => flag !== 'move' && messageId !== null);
  await giveUp(
    db,
    wishes.filter((wish) => !lost.includes(wish)),
  );
  const others = [...new Set(lost.map(({ movedTo }) => movedTo))].filter((each) => each !== null && each !== folder);
  for (const other of [folder, ...(others as string[])]) {
    if (lost.length === 0) break;
    if (other !== folder && !(await connection.select(other)).ok) continue;
    const still: FlagWish[] = [];
    for (const wish of lost) {
      const uids = await connection.withMessageId(wish.messageId ?? '');
      if (uids.length === 0) still.push(wish);
      else await settle(session, [wish], await connection.mark(uids, nameOf(wish)));
    }
    lost = still;
  }
  await giveUp(db, lost);
  if (others.length > 0) await connection.select(folder);
}

function nameOf({ flag, value }: FlagWish): string {
  if (flag === 'keyword') return value ?? '';
  return flag === 'answered' ? '\\Answered' : '\\Seen';
}

async function settle({ db, mailbox }: Session, wishes: readonly FlagWish[], marked: boolean): Promise<void> {
  const ids = wishes.map(({ id }) => id);
  if (marked) {
    await flagsDone(db, ids);
    if (wishes.some(({ flag }) => flag === 'keyword')) await endKeepProblems(db, mailbox, ['mark-refused']);
    return;
  }
  await flagsFailed(db, ids, 'The mail server refused the mark.');
  if (mailbox.handling.length > 0) await noteKeepProblem(db, mailbox, 'mark-refused');
}

async function giveUp(db: Database, wishes: readonly FlagWish[]): Promise<void> {
  if (wishes.length === 0) return;
  await flagsGivenUp(
    db,
    wishes.map(({ id }) => id),
    GONE,
  );
}

/** A signal that ends the wait for mail as soon as a mark or a move is due. */
export function whenFlagsAreDue(db: Database, mailbox: ClaimedMailbox): { signal: AbortSignal; stop: () => void } {
  const wake = new AbortController();
  const look = async () => {
    await handleJudged(db, mailbox);
    if (await hasDueFlags(db, mailbox.id)) wake.abort();
  };
  const timer = setInterval(() => {
    look().catch(() => undefined); // Postgres is away, or the lease is gone: the next look tells
  }, LOOK_MS);
  return { signal: wake.signal, stop: () => clearInterval(timer) };
}
