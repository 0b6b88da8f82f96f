import type { z } from 'zod';
import type { Contact } from '#contracts';
import type { Sql } from '#platform/database';
import type { ContactRow } from './contact.repository.js';
import type { StoredValue } from './field-value.js';
import { findMemberships } from './memberships.js';
import type { MembershipRow } from './memberships.js';

/** Contacts as the API shows them, with their memberships and last activity, in the order of the rows. */
export async function viewContacts(sql: Sql, rows: readonly ContactRow[]): Promise<Array<z.infer<typeof Contact>>> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const memberships = await findMemberships(sql, ids);
  const activity = await findLastActivity(sql, ids);
  const byContact = new Map(rows.map((row) => [row.id, [] as MembershipRow[]]));
  for (const membership of memberships) byContact.get(membership.contactId)?.push(membership);
  return rows.map((row) => viewContact(row, byContact.get(row.id) ?? [], activity.get(row.id)));
}

/** When each of these last opened, clicked or replied, machines left aside. Index events_contact. */
async function findLastActivity(sql: Sql, contactIds: readonly string[]): Promise<Map<string, Date>> {
  const rows = await sql.rows<{ id: string; at: Date }>(
    `SELECT contact_id AS id, max(at) AS at FROM events
     WHERE contact_id = ANY ($1::bigint[]) AND (type = 'replied' OR type IN ('opened', 'clicked') AND human)
     GROUP BY contact_id`,
    [contactIds],
  );
  return new Map(rows.map(({ id, at }) => [id, at]));
}

function viewContact(
  row: ContactRow,
  memberships: readonly MembershipRow[],
  lastActive: Date | undefined,
): z.infer<typeof Contact> {
  return {
    id: row.id,
    version: row.version,
    email: row.email,
    name: row.name,
    locale: row.locale,
    timezone: row.timezone,
    status: row.status,
    suppressed: row.suppressed,
    fields: row.fields,
    tags: row.tags,
    lists: memberships.map(({ contactId: _, updatedAt, ...membership }) => ({
      ...membership,
      updatedAt: updatedAt.toISOString(),
    })),
    lastActiveAt: lastActive?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** What a template can say about a contact: the part of engine/render's MergeData that comes from its row. */
export function mergeDataOf(row: Pick<ContactRow, 'email' | 'name' | 'fields' | 'tags'>): {
  email: string;
  name: string;
  fields: Record<string, StoredValue>;
  tags: string[];
} {
  return { email: row.email, name: row.name, fields: row.fields, tags: row.tags };
}
