import type { ImportUndo } from '#contracts';
import type { Transaction } from '#platform/database';
import type { ImportRow } from './import.repository.js';

/**
 * Takes back what an import did, unless somebody has changed it since: restores contacts it changed, takes off the
 * list who it put there, and removes contacts it created. A created contact stays when it was edited, is on another
 * list, or has left this one: the opt-out must not be forgotten.
 */
export async function undoImport(tx: Transaction, row: Pick<ImportRow, 'id' | 'listId'>): Promise<ImportUndo> {
  const restored = await tx.run(
    `UPDATE contacts c SET name = u.before->>'name', locale = u.before->>'locale', timezone = u.before->>'timezone',
       fields = u.before->'fields', tags = ARRAY(SELECT jsonb_array_elements_text(u.before->'tags')),
       version = c.version + 1, updated_at = now()
     FROM import_undo u WHERE u.import_id = $1 AND c.id = u.contact_id AND c.version = u.after_version`,
    [row.id],
  );
  const unlisted = await tx.run(
    'DELETE FROM list_members WHERE list_id = $2 AND import_id = $1 AND updated_at = created_at',
    [row.id, row.listId],
  );
  const removed = await tx.run(
    `DELETE FROM contacts c WHERE import_id = $1 AND version = 1
     AND NOT EXISTS (SELECT 1 FROM list_members m WHERE m.contact_id = c.id)`,
    [row.id],
  );
  const kept = await tx.first<{ created: number; changed: number }>(
    `SELECT (SELECT count(*)::int FROM contacts WHERE import_id = $1) AS created,
       (SELECT count(*)::int FROM import_undo WHERE import_id = $1) - $2::int AS changed`,
    [row.id, restored],
  );
  await tx.run('DELETE FROM import_undo WHERE import_id = $1', [row.id]);
  return { removed, restored, unlisted, keptCreated: kept?.created ?? 0, keptChanged: kept?.changed ?? 0 };
}
