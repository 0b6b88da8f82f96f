import type { ContactStatus } from '#contracts';
import type { Transaction } from '#platform/database';

/** What a person's act over many contacts did to one: the row that bars the address, and what the contact showed before. */
export interface Suppressed {
  contactId: string;
  suppressionId: string;
  status: ContactStatus;
}

/**
 * Bars the addresses of many contacts as a person's act (`manual`) and marks them, in one statement. Who is barred
 * already is not among the results.
 * @param detail what it was for, in each row: a person can tell where it comes from
 */
export function suppressContacts(
  tx: Transaction,
  workspaceId: string,
  contacts: readonly { contactId: string; detail: string }[],
): Promise<Suppressed[]> {
  return tx.rows(
    `WITH wanted AS (
       SELECT c.id, c.canonical, c.status, w.detail
       FROM jsonb_to_recordset($2::jsonb) w("contactId" bigint, detail text)
       JOIN contacts c ON c.id = w."contactId" AND c.workspace_id = $1 ORDER BY c.id FOR NO KEY UPDATE OF c),
     barred AS (
       INSERT INTO suppressions (workspace_id, canonical, reason, detail)
       SELECT $1, canonical, 'manual', detail FROM wanted ORDER BY canonical
       ON CONFLICT (workspace_id, canonical) DO NOTHING RETURNING id, canonical),
     marked AS (
       UPDATE contacts c SET status = 'suppressed' FROM wanted JOIN barred USING (canonical) WHERE c.id = wanted.id)
     SELECT wanted.id AS "contactId", barred.id AS "suppressionId", wanted.status FROM wanted JOIN barred USING (canonical)`,
    [workspaceId, JSON.stringify(contacts)],
  );
}

/** Lifts what {@link suppressContacts} barred, unless a stronger reason stands there since. Returns how many. */
export async function liftSuppressed(
  tx: Transaction,
  workspaceId: string,
  rows: readonly Suppressed[],
): Promise<number> {
  const lifted = await tx.first<{ n: number }>(
    `WITH old AS (SELECT * FROM jsonb_to_recordset($2::jsonb) o("contactId" bigint, "suppressionId" bigint, status text)),
     lifted AS (
       DELETE FROM suppressions s USING old WHERE s.id = old."suppressionId" AND s.workspace_id = $1 AND s.reason = 'manual'
       RETURNING s.id),
     marked AS (
       UPDATE contacts c SET status = old.status FROM old JOIN lifted ON lifted.id = old."suppressionId"
       WHERE c.id = old."contactId" AND c.workspace_id = $1 AND c.status = 'suppressed')
     SELECT count(*)::int AS n FROM lifted`,
    [workspaceId, JSON.stringify(rows)],
  );
  return lifted?.n ?? 0;
}
