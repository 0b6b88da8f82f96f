import type { AddressReason, AddressVerdict, CleaningAction } from '#contracts';
import type { Sql, Transaction } from '#platform/database';

/** What was found about a member who is not valid. */
export interface Finding {
  contactId: string;
  verdict: AddressVerdict;
  /** The gravest first. */
  reasons: AddressReason[];
  suggestion: string | null;
}
export interface FoundRow extends Finding {
  email: string;
  name: string;
  action: CleaningAction | null;
}

export async function insertFindings(tx: Transaction, cleaningId: string, findings: readonly Finding[]): Promise<void> {
  if (findings.length === 0) return;
  await tx.run(
    `INSERT INTO cleaning_rows (cleaning_id, contact_id, verdict, reasons, suggestion)
     SELECT $1, f."contactId", f.verdict, ARRAY(SELECT jsonb_array_elements_text(f.reasons)), f.suggestion
     FROM jsonb_to_recordset($2::jsonb) f("contactId" bigint, verdict text, reasons jsonb, suggestion text)
     JOIN contacts c ON c.id = f."contactId"
     ON CONFLICT (cleaning_id, contact_id) DO NOTHING`,
    [cleaningId, JSON.stringify(findings)],
  );
}

/** A page by contact id (the primary key); the address is the contact's present one. */
export function findFoundRows(
  sql: Sql,
  cleaningId: string,
  filter: { verdict: AddressVerdict | null; reason: AddressReason | null; q: string | null },
  page: { after: string | null; limit: number },
): Promise<FoundRow[]> {
  return sql.rows(
    `SELECT r.contact_id AS "contactId", c.email, c.name, r.verdict, r.reasons, r.suggestion, r.action
     FROM cleaning_rows r JOIN contacts c ON c.id = r.contact_id
     WHERE r.cleaning_id = $1 AND ($2::bigint IS NULL OR r.contact_id > $2) AND ($3::text IS NULL OR r.verdict = $3)
       AND ($4::text IS NULL OR $4 = ANY (r.reasons)) AND ($5::text IS NULL OR c.canonical LIKE $5 OR lower(c.name) LIKE $5)
     ORDER BY r.contact_id LIMIT $6`,
    [cleaningId, page.after, filter.verdict, filter.reason, filter.q, page.limit + 1],
  );
}

/** The first addresses of each reason. */
export function findSamples(
  sql: Sql,
  cleaningId: string,
  reasons: readonly AddressReason[],
): Promise<{ reason: AddressReason; email: string }[]> {
  return sql.rows(
    `SELECT w.reason, s.email FROM unnest($2::text[]) w(reason)
     CROSS JOIN LATERAL (
       SELECT c.email FROM cleaning_rows r JOIN contacts c ON c.id = r.contact_id
       WHERE r.cleaning_id = $1 AND r.reasons[1] = w.reason ORDER BY r.contact_id LIMIT 3) s`,
    [cleaningId, reasons],
  );
}

/** The next rows to do something about. */
export function findRowsToApply(
  tx: Transaction,
  cleaningId: string,
  reasons: readonly AddressReason[],
  after: string,
  limit: number,
): Promise<{ contactId: string; reason: AddressReason; suggestion: string | null }[]> {
  return tx.rows(
    `SELECT contact_id AS "contactId", reasons[1] AS reason, suggestion FROM cleaning_rows
     WHERE cleaning_id = $1 AND contact_id > $2 AND reasons[1] = ANY ($3::text[]) ORDER BY contact_id LIMIT $4`,
    [cleaningId, after, reasons, limit],
  );
}

/** The next rows that something was done about. */
export function findRowsToUndo(
  tx: Transaction,
  cleaningId: string,
  after: string,
  limit: number,
): Promise<{ contactId: string; action: CleaningAction; before: never }[]> {
  return tx.rows(
    `SELECT contact_id AS "contactId", action, before FROM cleaning_rows
     WHERE cleaning_id = $1 AND contact_id > $2 AND action IS NOT NULL ORDER BY contact_id LIMIT $3`,
    [cleaningId, after, limit],
  );
}

/** Keeps what was done about contacts and how it was before. */
export async function keepBefore(
  tx: Transaction,
  cleaningId: string,
  action: CleaningAction,
  rows: readonly { contactId: string; before: unknown }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.run(
    `UPDATE cleaning_rows r SET action = $2, before = b.before
     FROM jsonb_to_recordset($3::jsonb) b("contactId" bigint, before jsonb)
     WHERE r.cleaning_id = $1 AND r.contact_id = b."contactId"`,
    [cleaningId, action, JSON.stringify(rows)],
  );
}

/** After an undo nothing is done about these. */
export async function forgetActions(tx: Transaction, cleaningId: string, contactIds: readonly string[]): Promise<void> {
  await tx.run(
    'UPDATE cleaning_rows SET action = NULL, before = NULL WHERE cleaning_id = $1 AND contact_id = ANY ($2::bigint[])',
    [cleaningId, contactIds],
  );
}
