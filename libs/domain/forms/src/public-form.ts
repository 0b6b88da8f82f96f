import type { FieldType, Locale } from '#contracts';
import type { Sql } from '#platform/database';
import type { FormTexts } from './form.repository.js';

/** A form as its hosted page needs it. */
export interface PublicForm {
  id: string;
  workspaceId: string;
  workspace: string;
  publicId: string;
  name: string;
  locale: Locale;
  /** Those of its lists that are still there. */
  lists: Array<{ id: string; name: string; optIn: 'single' | 'double' }>;
  fields: Array<{ key: string; required: boolean; label: string; type: FieldType }>;
  texts: FormTexts;
  doubleOptIn: boolean;
}

/** @returns undefined for a form that is none, is switched off, or has lost all its lists */
export async function findPublicForm(sql: Sql, publicId: string): Promise<PublicForm | undefined> {
  const row = await sql.first<PublicForm>(
    `SELECT f.id, f.workspace_id AS "workspaceId", w.name AS workspace, f.public_id AS "publicId", f.name, f.locale, f.texts,
       f.double_opt_in AS "doubleOptIn",
       (SELECT coalesce(json_agg(json_build_object('id', l.id::text, 'name', l.name, 'optIn', l.opt_in) ORDER BY l.name), '[]')
        FROM lists l WHERE l.workspace_id = f.workspace_id AND l.id = ANY (f.lists)) AS lists,
       (SELECT coalesce(json_agg(json_build_object('key', x.key, 'required', x.required, 'type', coalesce(d.type, 'text'),
            'label', coalesce(d.label, '')) ORDER BY x.n), '[]')
        FROM ROWS FROM (jsonb_to_recordset(f.fields) AS (key text, required boolean)) WITH ORDINALITY AS x (key, required, n)
        LEFT JOIN contact_fields d ON d.workspace_id = f.workspace_id AND 'field:' || d.key = x.key
        WHERE x.key = 'name' OR d.id IS NOT NULL) AS fields
     FROM forms f JOIN workspaces w ON w.id = f.workspace_id
     WHERE f.public_id = $1 AND f.enabled`,
    [publicId],
  );
  return row && row.lists.length > 0 ? row : undefined;
}

/** Whether the owner of the address has to confirm by mail: the form wants it, or one of its lists does. */
export function asksForConfirmation(form: PublicForm): boolean {
  return form.doubleOptIn || form.lists.some(({ optIn }) => optIn === 'double');
}
