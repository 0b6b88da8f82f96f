import type { Locale } from '#contracts';
import type { Sql } from '#platform/database';

/** Texts of a form's own; an empty one stands for the usual words of its language. */
export interface FormTexts {
  title: string;
  intro: string;
  button: string;
  thanks: string;
  consent: string;
}
export interface FormValues {
  name: string;
  enabled: boolean;
  locale: Locale;
  lists: string[];
  fields: Array<{ key: string; required: boolean }>;
  texts: FormTexts;
  doubleOptIn: boolean;
  sender: { name: string; address: string };
}
export interface FormRow extends FormValues {
  id: string;
  version: number;
  publicId: string;
  waiting: number;
  confirmed: number;
  createdAt: Date;
  updatedAt: Date;
}

/** Days after which an unconfirmed request can't be confirmed any more. */
export const CONFIRM_DAYS = 7;

const COLUMNS = `f.id, f.version, f.public_id AS "publicId", f.name, f.enabled, f.locale, f.lists::text[] AS lists, f.fields,
  f.texts, f.double_opt_in AS "doubleOptIn", f.sender, f.created_at AS "createdAt", f.updated_at AS "updatedAt",
  (SELECT count(*)::int FROM subscription_requests r WHERE r.form_id = f.id AND r.confirmed_at IS NULL
     AND r.requested_at > now() - interval '${CONFIRM_DAYS} days') AS waiting,
  (SELECT count(*)::int FROM subscription_requests r WHERE r.form_id = f.id AND r.confirmed_at IS NOT NULL) AS confirmed`;

export function findForms(
  sql: Sql,
  workspaceId: string,
  { before, limit, q }: { before: string | null; limit: number; q: string | null },
): Promise<FormRow[]> {
  return sql.rows(
    `SELECT ${COLUMNS} FROM forms f
     WHERE f.workspace_id = $1 AND ($2::bigint IS NULL OR f.id < $2) AND ($3::text IS NULL OR lower(f.name) LIKE $3)
     ORDER BY f.id DESC LIMIT $4`,
    [workspaceId, before, q, limit + 1],
  );
}

export function countForms(sql: Sql, workspaceId: string, q: string | null): Promise<{ n: number } | undefined> {
  return sql.first(
    `SELECT count(*)::int AS n FROM forms WHERE workspace_id = $1 AND ($2::text IS NULL OR lower(name) LIKE $2)`,
    [workspaceId, q],
  );
}

export function findForm(sql: Sql, workspaceId: string, id: string): Promise<FormRow | undefined> {
  return sql.first(`SELECT ${COLUMNS} FROM forms f WHERE f.workspace_id = $1 AND f.id = $2`, [workspaceId, id]);
}

export function insertForm(sql: Sql, workspaceId: string, publicId: string, form: FormValues) {
  return sql.first<{ id: string }>(
    `INSERT INTO forms (workspace_id, public_id, name, enabled, locale, lists, fields, texts, double_opt_in, sender)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id`,
    [workspaceId, publicId, ...columnValues(form)],
  );
}

/** False when the version is not the present one. */
export async function updateForm(
  sql: Sql,
  workspaceId: string,
  id: string,
  version: number,
  form: FormValues,
): Promise<boolean> {
  const changed = await sql.run(
    `UPDATE forms SET name = $3, enabled = $4, locale = $5, lists = $6, fields = $7, texts = $8, double_opt_in = $9,
       sender = $10, version = version + 1, updated_at = now()
     WHERE workspace_id = $1 AND id = $2 AND version = $11`,
    [workspaceId, id, ...columnValues(form), version],
  );
  return changed > 0;
}

/** Removes a form with the requests made on it; who has confirmed stays a contact. */
export async function deleteForm(sql: Sql, workspaceId: string, id: string): Promise<boolean> {
  return (await sql.run('DELETE FROM forms WHERE workspace_id = $1 AND id = $2', [workspaceId, id])) > 0;
}

function columnValues(form: FormValues): unknown[] {
  return [
    form.name,
    form.enabled,
    form.locale,
    form.lists,
    JSON.stringify(form.fields),
    JSON.stringify(form.texts),
    form.doubleOptIn,
    JSON.stringify(form.sender),
  ];
}
