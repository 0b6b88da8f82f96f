import type { FieldType } from '#contracts';
import type { Sql } from '#platform/database';

export interface FieldRow {
  id: string;
  key: string;
  label: string;
  type: FieldType;
  defaultValue: string;
  createdAt: Date;
}
const COLUMNS = 'id, key, label, type, default_value AS "defaultValue", created_at AS "createdAt"';

/** A workspace has at most this many, so all of them can be read at once. */
export const FIELDS_MAX = 200;

/** All fields of a workspace, oldest first. */
export function findFields(sql: Sql, workspaceId: string): Promise<FieldRow[]> {
  return sql.rows(`SELECT ${COLUMNS} FROM contact_fields WHERE workspace_id = $1 ORDER BY id`, [workspaceId]);
}

export function findField(sql: Sql, workspaceId: string, id: string): Promise<FieldRow | undefined> {
  return sql.first(`SELECT ${COLUMNS} FROM contact_fields WHERE workspace_id = $1 AND id = $2`, [workspaceId, id]);
}

/** Undefined when the key is taken. */
export function insertField(
  sql: Sql,
  workspaceId: string,
  field: Pick<FieldRow, 'key' | 'label' | 'type' | 'defaultValue'>,
): Promise<FieldRow | undefined> {
  return sql.first(
    `INSERT INTO contact_fields (workspace_id, key, label, type, default_value) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (workspace_id, key) DO NOTHING RETURNING ${COLUMNS}`,
    [workspaceId, field.key, field.label, field.type, field.defaultValue],
  );
}

/** Changes the label, and where given the default value. */
export function relabelField(
  sql: Sql,
  workspaceId: string,
  id: string,
  { label, defaultValue }: { label: string; defaultValue?: string | undefined },
): Promise<FieldRow | undefined> {
  return sql.first(
    `UPDATE contact_fields SET label = $3, default_value = coalesce($4, default_value)
     WHERE workspace_id = $1 AND id = $2 RETURNING ${COLUMNS}`,
    [workspaceId, id, label, defaultValue ?? null],
  );
}

/** Deletes the field and what contacts hold in it, so that a later field of the same key starts empty. */
export async function deleteField(sql: Sql, workspaceId: string, field: FieldRow): Promise<void> {
  await sql.run('DELETE FROM contact_fields WHERE workspace_id = $1 AND id = $2', [workspaceId, field.id]);
  await sql.run(
    'UPDATE contacts SET fields = fields - $2, version = version + 1 WHERE workspace_id = $1 AND fields ? $2',
    [workspaceId, field.key],
  );
}
