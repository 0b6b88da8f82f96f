import type { KeepProblem } from '#contracts';
import type { Sql } from '#platform/database';

/** Where reading of a folder stands: 0 when it was never read, or when the server has numbered it anew. */
export async function findCursor(sql: Sql, mailboxId: string, folder: string, uidValidity: string): Promise<number> {
  const row = await sql.first<{ lastUid: string }>(
    `SELECT last_uid AS "lastUid" FROM mailbox_cursors WHERE mailbox_id = $1 AND folder = $2 AND uid_validity = $3`,
    [mailboxId, folder, uidValidity],
  );
  return Number(row?.lastUid ?? 0);
}

/**
 * Notes what was read, in the transaction that stores it. The fence makes it fail for a reader that has lost its claim.
 * @param behind mails still to be read
 * @returns false when nothing was written: roll back
 */
export async function noteRead(
  sql: Sql,
  claim: { id: string; fence: string },
  { stored, behind }: { stored: number; behind: number },
): Promise<boolean> {
  const held = await sql.run(
    `UPDATE mailboxes SET processed = processed + $3, behind = $4, last_read_at = now(), last_error = NULL, failures = 0
      WHERE id = $1 AND fence = $2`,
    [claim.id, claim.fence, stored, Math.max(0, behind)],
  );
  return held === 1;
}

/**
 * Notes up to which stored mail it was asked to be handled in the mailbox.
 * @returns false when the claim is lost: roll back
 */
export async function noteHandled(sql: Sql, claim: { id: string; fence: string }, upto: string): Promise<boolean> {
  return (
    (await sql.run('UPDATE mailboxes SET handled_upto = $3 WHERE id = $1 AND fence = $2', [
      claim.id,
      claim.fence,
      upto,
    ])) === 1
  );
}

/** Shows people why judged mail is left as it is. */
export async function noteKeepProblem(
  sql: Sql,
  claim: { id: string; fence: string },
  problem: KeepProblem,
): Promise<void> {
  await sql.run(
    'UPDATE mailboxes SET keep_problem = $3 WHERE id = $1 AND fence = $2 AND keep_problem IS DISTINCT FROM $3',
    [claim.id, claim.fence, problem],
  );
}

/** What was shown is over, since it has worked now. */
export async function endKeepProblems(
  sql: Sql,
  claim: { id: string; fence: string },
  problems: readonly KeepProblem[],
): Promise<void> {
  await sql.run('UPDATE mailboxes SET keep_problem = NULL WHERE id = $1 AND fence = $2 AND keep_problem = ANY ($3)', [
    claim.id,
    claim.fence,
    problems,
  ]);
}

/** Moves the cursor of a folder; in one transaction with {@link noteRead}. */
export async function moveCursor(
  sql: Sql,
  mailboxId: string,
  place: { folder: string; uidValidity: string; lastUid: number },
): Promise<void> {
  await sql.run(
    `INSERT INTO mailbox_cursors (mailbox_id, folder, uid_validity, last_uid) VALUES ($1, $2, $3, $4)
     ON CONFLICT (mailbox_id, folder) DO UPDATE SET uid_validity = EXCLUDED.uid_validity, last_uid = EXCLUDED.last_uid`,
    [mailboxId, place.folder, place.uidValidity, place.lastUid],
  );
}
