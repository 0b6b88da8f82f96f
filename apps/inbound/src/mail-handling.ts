import type { ImapMailbox } from '#platform/imap';
import type { Database } from '#platform/database';
import { noteMoved } from '#domain/feedback';
import { askForHandling, flagsDone, flagsFailed, flagsGivenUp } from '#domain/replies';
import type { FlagWish } from '#domain/replies';
import { endKeepProblems, noteHandled, noteKeepProblem } from '#domain/senders';
import type { ClaimedMailbox } from '#domain/senders';

/** Asks for what the operator wants done with the mail that was judged since; see askForHandling. */
export async function handleJudged(db: Database, mailbox: ClaimedMailbox): Promise<void> {
  if (mailbox.handling.length === 0) return;
  for (let more = true; more;) {
    more = await db.transaction(async (tx) => {
      const past = await askForHandling(tx, mailbox.id);
      if (past === null) return false;
      if (!(await noteHandled(tx, mailbox, past))) throw new Error('Another process reads this mailbox now.');
      return true;
    });
  }
}

/** Says at once what this server will not do, before there is mail to be moved. */
export async function checkHandling(db: Database, mailbox: ClaimedMailbox, connection: ImapMailbox): Promise<void> {
  const moves = mailbox.handling.some(({ action }) => action === 'move');
  if (moves && !connection.canMove) await noteKeepProblem(db, mailbox, 'move-not-offered');
}

/**
 * Moves mails of the selected folder, by the folder each is to be moved to, and notes where they lie now. One that was
 * moved before a kill is no longer here, and is left out by the caller.
 * @param wishes moves of mails that are here, with their UIDs
 * @param watched folders that are read, by the names they have here: nothing is moved into them
 * @throws Error when the connection is lost; what was not moved stays due
 */
export async function moveMails(
  db: Database,
  mailbox: ClaimedMailbox,
  connection: ImapMailbox,
  wishes: readonly FlagWish[],
  watched: readonly string[],
): Promise<void> {
  for (const folder of new Set(wishes.map(({ value }) => value ?? ''))) {
    const some = wishes.filter(({ value }) => value === folder);
    const ids = some.map(({ id }) => id);
    if (watched.includes(folder)) {
      await flagsGivenUp(db, ids, 'The folder is one that is read.');
      await noteKeepProblem(db, mailbox, 'move-refused');
      continue;
    }
    const uids = some.map(({ uid }) => uid);
    const moved = await connection.move(uids, folder);
    if (moved.ok) {
      const { uidValidity } = moved;
      const known = some.flatMap(({ inboundMessageId, uid }) => {
        const now = moved.uids.get(uid);
        return now === undefined ? [] : [{ id: inboundMessageId, uid: now }];
      });
      await db.transaction(async (tx) => {
        if (uidValidity !== null && known.length > 0) await noteMoved(tx, { folder, uidValidity }, known);
        await flagsDone(tx, ids);
      });
      await endKeepProblems(db, mailbox, ['move-not-offered', 'move-refused']);
    } else if (moved.why === 'not-offered') {
      await flagsGivenUp(db, ids, 'The mail server offers neither MOVE nor UIDPLUS.');
      await noteKeepProblem(db, mailbox, 'move-not-offered');
    } else {
      await flagsFailed(db, ids, 'The mail server refused to move it.');
      await noteKeepProblem(db, mailbox, 'move-refused');
    }
  }
}
