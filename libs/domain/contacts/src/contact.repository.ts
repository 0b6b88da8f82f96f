import type { ContactStatus, Locale, MembershipStatus } from '#contracts';
import type { Sql } from '#platform/database';
import type { StoredValue } from './field-value.js';

export interface ContactRow {
  id: string;
  version: number;
  email: string;
  canonical: string;
  international: boolean;
  name: string;
  locale: Locale | null;
  timezone: string | null;
  status: ContactStatus;
  suppressed: boolean;
  fields: Record<string, StoredValue>;
  tags: string[];
  createdAt: Date;
  updatedAt: Date;
}
/** What a write sets; everything that follows from the address is worked out before. */
export interface ContactValues {
  email: string;
  canonical: string;
  domain: string;
  international: boolean;
  name: string;
  locale: string | null;
  timezone: string | null;
  fields: Record<string, StoredValue>;
  tags: string[];
}

const COLUMNS = `c.id, c.version, c.email, c.canonical, c.international, c.name, c.locale, c.timezone, c.status, c.fields,
  c.tags, c.created_at AS "createdAt", c.updated_at AS "updatedAt",
  EXISTS (SELECT 1 FROM suppressions s WHERE s.workspace_id = c.workspace_id
    AND s.canonical IN (c.canonical, '@' || c.domain)) AS suppressed`;

/** SQL for the status a contact gets from the suppression of its address; `s.reason` is null without one. */
export const STATUS_OF_REASON = `CASE
  WHEN s.reason IS NULL OR s.reason = 'backed_off' THEN 'active' WHEN s.reason IN ('hard_bounce', 'soft_bounce')
  THEN 'bounced' WHEN s.reason = 'complaint' THEN 'complained' ELSE 'suppressed' END`;

/** Writes a condition on the contact `c`, adding its values to those the statement has. */
export type ContactRule = (values: unknown[]) => string;

/** Conditions of the contact table; all absent means everybody. */
export interface ContactFilter {
  /** LIKE pattern in lower case, over address and name. */
  q: string | null;
  listId?: string | undefined;
  membership?: MembershipStatus | undefined;
  tag?: string | undefined;
  status?: ContactStatus | undefined;
  rule?: ContactRule | undefined;
  ids?: readonly string[] | undefined;
}
export type ContactSort = '-createdAt' | 'createdAt' | 'email';

/**
 * One page. Newest first is the order of ids (index contacts_page), by address that of the unique index; both stop
 * after `limit` hits. A search for text nobody has reads the workspace's contacts once.
 */
export function findContacts(
  sql: Sql,
  workspaceId: string,
  filter: ContactFilter,
  page: { sort: ContactSort; after: string | null; limit: number },
): Promise<ContactRow[]> {
  const { where, values } = conditions(workspaceId, filter);
  const [column, type, compare, direction] =
    page.sort === 'email'
      ? ['c.canonical', 'text', '>', 'ASC']
      : page.sort === 'createdAt'
        ? ['c.id', 'bigint', '>', 'ASC']
        : ['c.id', 'bigint', '<', 'DESC'];
  if (page.after !== null) {
    values.push(page.after);
    where.push(`${column} ${compare} $${values.length}::${type}`);
  }
  values.push(page.limit + 1);
  return sql.rows(
    `SELECT ${COLUMNS} FROM contacts c WHERE ${where.join(' AND ')} ORDER BY ${column} ${direction} LIMIT $${values.length}`,
    values,
  );
}

export async function countContacts(sql: Sql, workspaceId: string, filter: ContactFilter): Promise<number> {
  const { listId, membership, q, tag, status, rule } = filter;
  if (listId && q === null && !tag && !status && !rule) return countMembers(sql, workspaceId, listId, membership);
  const { where, values } = conditions(workspaceId, filter);
  const row = await sql.first<{ n: number }>(
    `SELECT count(*)::int AS n FROM contacts c WHERE ${where.join(' AND ')}`,
    values,
  );
  return row?.n ?? 0;
}

/** A list alone is counted without its contacts: a page of a million members took 1.2 s with them, 0.13 s so. */
async function countMembers(
  sql: Sql,
  workspaceId: string,
  listId: string,
  membership: MembershipStatus | undefined,
): Promise<number> {
  const row = await sql.first<{ n: number }>(
    `SELECT count(*)::int AS n FROM list_members
     WHERE workspace_id = $1 AND list_id = $2 AND ($3::text IS NULL OR status = $3)`,
    [workspaceId, listId, membership ?? null],
  );
  return row?.n ?? 0;
}

function conditions(workspaceId: string, filter: ContactFilter): { where: string[]; values: unknown[] } {
  const values: unknown[] = [workspaceId];
  const where = ['c.workspace_id = $1'];
  const add = (value: unknown) => `$${values.push(value)}`;
  if (filter.q !== null) {
    const pattern = add(filter.q);
    where.push(`(c.canonical LIKE ${pattern} OR lower(c.name) LIKE ${pattern})`);
  }
  if (filter.ids) where.push(`c.id = ANY (${add(filter.ids)}::bigint[])`);
  if (filter.tag) where.push(`c.tags @> ARRAY[${add(filter.tag)}::text]`);
  if (filter.status) where.push(`c.status = ${add(filter.status)}`);
  if (filter.listId || filter.membership) {
    const member = ['m.contact_id = c.id'];
    if (filter.listId) member.push(`m.list_id = ${add(filter.listId)}`);
    if (filter.membership) member.push(`m.status = ${add(filter.membership)}`);
    where.push(`EXISTS (SELECT 1 FROM list_members m WHERE ${member.join(' AND ')})`);
  }
  if (filter.rule) where.push(filter.rule(values));
  return { where, values };
}

export function findContact(sql: Sql, workspaceId: string, id: string): Promise<ContactRow | undefined> {
  return sql.first(`SELECT ${COLUMNS} FROM contacts c WHERE c.workspace_id = $1 AND c.id = $2`, [workspaceId, id]);
}

export function findContactByCanonical(
  sql: Sql,
  workspaceId: string,
  canonical: string,
): Promise<ContactRow | undefined> {
  return sql.first(`SELECT ${COLUMNS} FROM contacts c WHERE c.workspace_id = $1 AND c.canonical = $2`, [
    workspaceId,
    canonical,
  ]);
}

/** Undefined when the address is a contact already. */
export function insertContact(
  sql: Sql,
  workspaceId: string,
  contact: ContactValues,
): Promise<{ id: string } | undefined> {
  return sql.first(
    `INSERT INTO contacts (workspace_id, email, canonical, domain, international, name, locale, timezone, fields, tags, status)
     SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10,
       (SELECT ${STATUS_OF_REASON} FROM (SELECT 1) one
        LEFT JOIN suppressions s ON s.workspace_id = $1 AND s.canonical = $3)
     ON CONFLICT (workspace_id, canonical) DO NOTHING RETURNING id`,
    [workspaceId, ...columnValues(contact)],
  );
}

/** False when the version is not the present one. The status follows the address: a new one starts clean. */
export async function updateContact(
  sql: Sql,
  workspaceId: string,
  id: string,
  version: number,
  contact: ContactValues,
): Promise<boolean> {
  const changed = await sql.run(
    `UPDATE contacts c SET email = $2, canonical = $3, domain = $4, international = $5, name = $6, locale = $7,
       timezone = $8, fields = $9, tags = $10, version = version + 1, updated_at = now(),
       status = CASE WHEN canonical = $3 THEN status ELSE
         (SELECT ${STATUS_OF_REASON} FROM (SELECT 1) one
          LEFT JOIN suppressions s ON s.workspace_id = $1 AND s.canonical = $3) END
     WHERE workspace_id = $1 AND id = $11 AND version = $12`,
    [workspaceId, ...columnValues(contact), id, version],
  );
  return changed > 0;
}

function columnValues(contact: ContactValues): unknown[] {
  return [
    contact.email,
    contact.canonical,
    contact.domain,
    contact.international,
    contact.name,
    contact.locale,
    contact.timezone,
    JSON.stringify(contact.fields),
    contact.tags,
  ];
}

/** Erases contacts; triggers take memberships and undo images along, suppressions stay. Returns how many. */
export function deleteContacts(sql: Sql, workspaceId: string, ids: readonly string[]): Promise<number> {
  return sql.run('DELETE FROM contacts WHERE workspace_id = $1 AND id = ANY($2::bigint[])', [workspaceId, ids]);
}

/**
 * What the contact table shows after a bounce, a complaint or a suppression. Not an edit: the version stays.
 * Returns false when there is no such contact.
 */
export async function markContactStatus(
  sql: Sql,
  workspaceId: string,
  contactId: string,
  status: ContactStatus,
): Promise<boolean> {
  const changed = await sql.run('UPDATE contacts SET status = $3 WHERE workspace_id = $1 AND id = $2', [
    workspaceId,
    contactId,
    status,
  ]);
  return changed > 0;
}

/** The same by address, as the suppression list has them; who it does not know becomes active. */
export function markAddressStatuses(sql: Sql, workspaceId: string, canonicals: readonly string[]): Promise<number> {
  return sql.run(
    {
      name: 'mark_address_statuses',
      text: `UPDATE contacts c SET status = known.status
     FROM (SELECT a.canonical, ${STATUS_OF_REASON} AS status FROM unnest($2::text[]) AS a (canonical)
           LEFT JOIN suppressions s ON s.workspace_id = $1 AND s.canonical = a.canonical) known
     WHERE c.workspace_id = $1 AND c.canonical = ANY ($2::text[]) AND c.canonical = known.canonical
       AND c.status <> known.status`,
    },
    [workspaceId, canonicals],
  );
}
