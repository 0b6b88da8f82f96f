import type { Database } from '#platform/database';
import { holdImport } from '#domain/contacts';
import { audit } from '#domain/workspaces';

/** Of the first so many who were mailed … */
const FIRST = 1_000;
/** … more than this share must not bounce; but a few alone prove nothing. */
const SHARE_MAX = 0.05;
const LEAST = 100;
const QUALITY = { type: 'system', name: 'list quality' } as const;

/**
 * Holds back imports of which too many of the first who were mailed bounced: a bought or ancient list shows itself in its
 * first thousand, and the rest of it would cost the sender its name. Looks only at imports of which somebody bounced
 * within the hour, so that a sweep costs nothing while nothing bounces.
 * @returns ids of imports held now
 */
export async function holdBouncingImports(db: Database): Promise<string[]> {
  // Index events_workspace (workspace_id, at), and list_members by contact.
  const suspects = await db.rows<{ id: string; workspaceId: string; listId: string }>(
    `SELECT DISTINCT i.id, i.workspace_id AS "workspaceId", i.list_id AS "listId"
     FROM workspaces w
     JOIN events e ON e.workspace_id = w.id AND e.at > now() - interval '1 hour' AND e.type = 'hard-bounced'
     JOIN list_members m ON m.contact_id = e.contact_id AND m.import_id IS NOT NULL
     JOIN imports i ON i.id = m.import_id AND i.list_id = m.list_id
     WHERE i.held_at IS NULL AND i.released_at IS NULL
     LIMIT 100`,
  );
  const held: string[] = [];
  for (const { id, workspaceId, listId } of suspects) {
    const { mailed, bounced } = await firstMailed(db, listId, id);
    if (mailed < LEAST || bounced <= mailed * SHARE_MAX) continue;
    const isNew = await db.transaction(async (tx) => {
      if (!(await holdImport(tx, id, mailed, bounced))) return false;
      await audit(tx, { workspaceId, actor: QUALITY }, 'import.held', `import:${id}`, null, { mailed, bounced });
      return true;
    });
    if (isNew) held.push(id);
  }
  return held;
}

/** The first of an import, in the order in which campaigns reach them, who have an outcome, and how many bounced hard. */
async function firstMailed(
  db: Database,
  listId: string,
  importId: string,
): Promise<{ mailed: number; bounced: number }> {
  const row = await db.first<{ mailed: number; bounced: number }>(
    `SELECT count(*)::int AS mailed, count(*) FILTER (WHERE gone)::int AS bounced FROM (
       SELECT r.bounce_kind = 'hard' AS gone FROM list_members m
       CROSS JOIN LATERAL (
         SELECT bounce_kind FROM campaign_recipients
         WHERE contact_id = m.contact_id AND status IN ('accepted', 'rejected') ORDER BY campaign_id LIMIT 1) r
       WHERE m.list_id = $1 AND m.import_id = $2 ORDER BY m.contact_id LIMIT $3) first`,
    [listId, importId, FIRST],
  );
  return row ?? { mailed: 0, bounced: 0 };
}
