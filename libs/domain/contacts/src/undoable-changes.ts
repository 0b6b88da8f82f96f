import type { MembershipStatus } from '#contracts';
import { parseAddress } from '#engine/address';
import type { Sql, Transaction } from '#platform/database';
import { STATUS_OF_REASON } from './contact.repository.js';

/**
 * Changes to many contacts at once that can be taken back exactly: each tells how it was before, and its undo passes over
 * what somebody has changed since. Each is one statement over the contacts named.
 */
export interface Undoable<Before> {
  contactId: string;
  before: Before;
}

const TAGS_MAX = 100;

export interface MembershipBefore {
  status: MembershipStatus;
  unsubscribedAt: string | null;
  source: string | null;
  updatedAt: string;
}

/** Takes contacts off a list; who has left it already is not among the results. */
export function leaveList(
  tx: Transaction,
  listId: string,
  contactIds: readonly string[],
  source: string,
): Promise<Undoable<MembershipBefore>[]> {
  return tx.rows(
    `WITH old AS (
       SELECT * FROM list_members WHERE list_id = $1 AND contact_id = ANY ($2::bigint[]) AND status <> 'unsubscribed'
       ORDER BY contact_id FOR UPDATE)
     UPDATE list_members m SET status = 'unsubscribed', unsubscribed_at = now(), unsubscribed_source = $3, updated_at = now()
     FROM old WHERE m.list_id = old.list_id AND m.contact_id = old.contact_id
     RETURNING m.contact_id AS "contactId", jsonb_build_object('status', old.status, 'unsubscribedAt', old.unsubscribed_at,
       'source', old.unsubscribed_source, 'updatedAt', old.updated_at) AS before`,
    [listId, contactIds, source],
  );
}

/** Undoes {@link leaveList} for those who still are off the list for the same reason. */
export function rejoinList(
  tx: Transaction,
  listId: string,
  rows: readonly Undoable<MembershipBefore>[],
  source: string,
): Promise<number> {
  return tx.run(
    `UPDATE list_members m SET status = o.before->>'status', unsubscribed_at = (o.before->>'unsubscribedAt')::timestamptz,
       unsubscribed_source = o.before->>'source', updated_at = (o.before->>'updatedAt')::timestamptz
     FROM jsonb_to_recordset($2::jsonb) o("contactId" bigint, before jsonb)
     WHERE m.list_id = $1 AND m.contact_id = o."contactId" AND m.status = 'unsubscribed' AND m.unsubscribed_source = $3`,
    [listId, JSON.stringify(rows), source],
  );
}

/**
 * Puts contacts who are subscribed to some list on another one; who is or was on it is not among the results. The consent
 * is theirs to the lists they are on, and says so.
 */
export async function joinList(
  tx: Transaction,
  workspaceId: string,
  listId: string,
  contactIds: readonly string[],
  source: string,
): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    `INSERT INTO list_members (list_id, contact_id, workspace_id, status, consent)
     SELECT $2, c.id, $1, 'subscribed', jsonb_build_object('source', $4::text, 'at', now())
     FROM contacts c WHERE c.workspace_id = $1 AND c.id = ANY ($3::bigint[])
       AND EXISTS (SELECT 1 FROM list_members m WHERE m.contact_id = c.id AND m.status = 'subscribed')
     ORDER BY c.id FOR KEY SHARE
     ON CONFLICT (list_id, contact_id) DO NOTHING RETURNING contact_id AS id`,
    [workspaceId, listId, contactIds, source],
  );
  return rows.map(({ id }) => id);
}

/** Undoes {@link joinList} for those whose membership nobody has changed since. */
export function unjoinList(
  tx: Transaction,
  listId: string,
  contactIds: readonly string[],
  source: string,
): Promise<number> {
  return tx.run(
    `DELETE FROM list_members WHERE list_id = $1 AND contact_id = ANY ($2::bigint[]) AND updated_at = created_at
       AND consent->>'source' = $3`,
    [listId, contactIds, source],
  );
}

/** Tags contacts; who has the tag already, or no room for it, is not among the results. */
export async function tagContacts(
  sql: Sql,
  workspaceId: string,
  contactIds: readonly string[],
  tag: string,
): Promise<string[]> {
  const rows = await sql.rows<{ id: string }>(
    `UPDATE contacts SET tags = array_append(tags, $3), version = version + 1, updated_at = now()
     WHERE workspace_id = $1 AND id = ANY ($2::bigint[]) AND NOT tags @> ARRAY[$3::text] AND cardinality(tags) < ${TAGS_MAX}
     RETURNING id`,
    [workspaceId, contactIds, tag],
  );
  return rows.map(({ id }) => id);
}

/** Undoes {@link tagContacts}. */
export function untagContacts(
  sql: Sql,
  workspaceId: string,
  contactIds: readonly string[],
  tag: string,
): Promise<number> {
  return sql.run(
    `UPDATE contacts SET tags = array_remove(tags, $3), version = version + 1, updated_at = now()
     WHERE workspace_id = $1 AND id = ANY ($2::bigint[]) AND tags @> ARRAY[$3::text]`,
    [workspaceId, contactIds, tag],
  );
}

export interface AddressBefore {
  email: string;
  /** The address it was changed to, in canonical form. */
  changedTo: string;
}

/** Gives contacts other addresses. Who would take an address that another contact has keeps their own. */
export async function changeAddresses(
  tx: Transaction,
  workspaceId: string,
  wanted: readonly { contactId: string; email: string }[],
): Promise<Undoable<AddressBefore>[]> {
  const parsed = wanted.flatMap(({ contactId, email }) => {
    const result = parseAddress(email);
    if (!result.ok) return [];
    const { address, canonical, domain, international } = result.value;
    return [{ id: contactId, email: address, canonical, domain, international }];
  });
  return tx.rows(
    `WITH wanted AS (
       SELECT DISTINCT ON (canonical) *
       FROM jsonb_to_recordset($2::jsonb) w(id bigint, email text, canonical text, domain text, international boolean)
       WHERE NOT EXISTS (SELECT 1 FROM contacts o WHERE o.workspace_id = $1 AND o.canonical = w.canonical)
       ORDER BY canonical, id),
     old AS (
       SELECT c.id, c.email FROM contacts c JOIN wanted USING (id) WHERE c.workspace_id = $1
       ORDER BY c.id FOR NO KEY UPDATE OF c)
     UPDATE contacts c SET email = w.email, canonical = w.canonical, domain = w.domain, international = w.international,
       version = c.version + 1, updated_at = now(), status = ${statusOf('w.canonical')}
     FROM wanted w JOIN old USING (id) WHERE c.id = w.id
     RETURNING c.id AS "contactId", jsonb_build_object('email', old.email, 'changedTo', c.canonical) AS before`,
    [workspaceId, JSON.stringify(parsed)],
  );
}

/** Undoes {@link changeAddresses} for those who still have the address they were given. */
export async function restoreAddresses(
  tx: Transaction,
  workspaceId: string,
  rows: readonly Undoable<AddressBefore>[],
): Promise<number> {
  const still = await tx.rows<{ id: string }>(
    `SELECT c.id FROM contacts c JOIN jsonb_to_recordset($2::jsonb) o("contactId" bigint, before jsonb) ON o."contactId" = c.id
     WHERE c.workspace_id = $1 AND c.canonical = o.before->>'changedTo'`,
    [workspaceId, JSON.stringify(rows)],
  );
  const ids = new Set(still.map(({ id }) => id));
  const back = rows.filter(({ contactId }) => ids.has(contactId));
  return (
    await changeAddresses(
      tx,
      workspaceId,
      back.map(({ contactId, before }) => ({ contactId, email: before.email })),
    )
  ).length;
}

/** The status that the suppression of an address gives its contact. */
function statusOf(canonical: string): string {
  return `(SELECT ${STATUS_OF_REASON} FROM (SELECT 1) one
    LEFT JOIN suppressions s ON s.workspace_id = $1 AND s.canonical = ${canonical})`;
}
