import type { ContactStatus } from '#contracts';
import type { Transaction } from '#platform/database';

/** What a person's act over many contacts did to one: the row that bars the address, and how it was before. */
export interface Suppressed {
  contactId: string;
  suppressionId: string;
  /** What the contact showed. */
  status: ContactStatus;
  /** The entry that would have ended by itself, in whose place this one stands. */
  replaced: { reason: string; note: string; detail: string; expiresAt: string } | null;
}

/**
 * Bars the addresses of many contacts as a person's act (`manual`) and marks them, in one statement. Who is barred for
 * good already is not among the results; an entry that would have ended is replaced.
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
     ending AS (
       SELECT s.* FROM suppressions s JOIN wanted USING (canonical)
       WHERE s.workspace_id = $1 AND s.expires_at IS NOT NULL ORDER BY s.canonical FOR UPDATE OF s),
     barred AS (
       INSERT INTO suppressions AS s (workspace_id, canonical, reason, detail)
       SELECT $1, canonical, 'manual', detail FROM wanted ORDER BY canonical
       ON CONFLICT (workspace_id, canonical) DO UPDATE SET reason = 'manual', detail = excluded.detail, note = '',
         expires_at = NULL, rule = NULL
       WHERE s.expires_at IS NOT NULL RETURNING s.id, s.canonical),
     marked AS (
       UPDATE contacts c SET status = 'suppressed' FROM wanted JOIN barred USING (canonical) WHERE c.id = wanted.id)
     SELECT wanted.id AS "contactId", barred.id AS "suppressionId", wanted.status,
       CASE WHEN ending.id IS NOT NULL THEN jsonb_build_object('reason', ending.reason, 'note', ending.note,
         'detail', ending.detail, 'expiresAt', ending.expires_at) END AS replaced
     FROM wanted JOIN barred USING (canonical) LEFT JOIN ending ON ending.id = barred.id`,
    [workspaceId, JSON.stringify(contacts)],
  );
}

/**
 * Takes back what {@link suppressContacts} barred, unless a stronger reason stands there since: the entry goes, or is
 * again the one that ends by itself.
 */
export async function takeBackSuppressed(
  tx: Transaction,
  workspaceId: string,
  rows: readonly Suppressed[],
): Promise<void> {
  await tx.run(
    `WITH old AS (
       SELECT * FROM jsonb_to_recordset($2::jsonb) o("contactId" bigint, "suppressionId" bigint, status text, replaced jsonb)),
     gone AS (
       DELETE FROM suppressions s USING old
       WHERE s.id = old."suppressionId" AND s.workspace_id = $1 AND s.reason = 'manual' AND old.replaced IS NULL
       RETURNING s.id),
     back AS (
       UPDATE suppressions s SET reason = old.replaced->>'reason', note = old.replaced->>'note',
         detail = old.replaced->>'detail', expires_at = (old.replaced->>'expiresAt')::timestamptz
       FROM old WHERE s.id = old."suppressionId" AND s.workspace_id = $1 AND s.reason = 'manual' AND s.expires_at IS NULL
         AND old.replaced IS NOT NULL
       RETURNING s.id)
     UPDATE contacts c SET status = old.status
     FROM old JOIN (SELECT id FROM gone UNION ALL SELECT id FROM back) undone ON undone.id = old."suppressionId"
     WHERE c.id = old."contactId" AND c.workspace_id = $1 AND c.status = 'suppressed'`,
    [workspaceId, JSON.stringify(rows)],
  );
}
