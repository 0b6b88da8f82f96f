import type { z } from 'zod';
import { invalid } from '#contracts';
import type { BulkContactsBody } from '#contracts';
import type { Transaction } from '#platform/database';
import { audit } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { deleteContacts } from './contact.repository.js';
import { findListRefs } from './list.repository.js';
import { addToList } from './memberships.js';
import { registerTags } from './tag.repository.js';

type Body = z.infer<typeof BulkContactsBody>;
const TAGS_MAX = 100;

/**
 * One action on up to 1,000 contacts; ids of other workspaces are passed over.
 * @returns how many contacts changed
 */
export async function changeContacts(tx: Transaction, ctx: RequestContext, body: Body): Promise<number> {
  const affected = await act(tx, ctx.workspaceId, body);
  const { ids, ...action } = body;
  await audit(tx, ctx, `contacts.${body.action}`, `contacts:${ids.length}`, null, { ...action, ids, affected });
  return affected;
}

async function act(tx: Transaction, workspaceId: string, body: Body): Promise<number> {
  switch (body.action) {
    case 'addTag': {
      const tag = requireTag(body);
      await registerTags(tx, workspaceId, [tag]);
      return changeTags(tx, workspaceId, body.ids, 'array_append(tags, $3)', 'NOT', tag);
    }
    case 'removeTag':
      return changeTags(tx, workspaceId, body.ids, 'array_remove(tags, $3)', '', requireTag(body));
    case 'addToList': {
      const list = await requireList(tx, workspaceId, body.listId);
      return addToList(tx, workspaceId, list, body.ids, { source: 'operator', at: new Date().toISOString() });
    }
    case 'unsubscribe':
      if (body.listId) await requireList(tx, workspaceId, body.listId);
      return unsubscribe(tx, workspaceId, body.ids, body.listId ?? null);
    case 'delete':
      return deleteContacts(tx, workspaceId, body.ids);
  }
}

function changeTags(
  tx: Transaction,
  workspaceId: string,
  ids: readonly string[],
  tags: string,
  not: 'NOT' | '',
  tag: string,
): Promise<number> {
  return tx.run(
    `UPDATE contacts SET tags = ${tags}, version = version + 1, updated_at = now()
     WHERE workspace_id = $1 AND id = ANY($2::bigint[]) AND ${not} tags @> ARRAY[$3::text]
       AND (cardinality(tags) < ${TAGS_MAX} OR tags @> ARRAY[$3::text])`,
    [workspaceId, ids, tag],
  );
}

async function unsubscribe(
  tx: Transaction,
  workspaceId: string,
  ids: readonly string[],
  listId: string | null,
): Promise<number> {
  const row = await tx.first<{ n: number }>(
    `WITH left_list AS (
       UPDATE list_members SET status = 'unsubscribed', unsubscribed_at = now(), unsubscribed_source = 'operator',
         updated_at = now()
       WHERE workspace_id = $1 AND contact_id = ANY($2::bigint[]) AND status <> 'unsubscribed'
         AND ($3::bigint IS NULL OR list_id = $3)
       RETURNING contact_id)
     SELECT count(DISTINCT contact_id)::int AS n FROM left_list`,
    [workspaceId, ids, listId],
  );
  return row?.n ?? 0;
}

function requireTag(body: Body): string {
  if (!body.tag) throw invalid('tag', 'REQUIRED', `Say which tag to ${body.action === 'addTag' ? 'add' : 'remove'}.`);
  return body.tag;
}

async function requireList(tx: Transaction, workspaceId: string, id: string | undefined) {
  if (!id) throw invalid('listId', 'REQUIRED', 'Say which list.');
  const [list] = await findListRefs(tx, workspaceId, [id]);
  if (!list) throw invalid('listId', 'NOT_FOUND', `There is no list ${id} in this workspace.`);
  return list;
}
