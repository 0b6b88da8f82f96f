import type { Sql } from '#platform/database';
import { viewContacts } from './contact-view.js';
import { findContacts } from './contact.repository.js';
import type { ContactFilter } from './contact.repository.js';
import { findFields } from './field.repository.js';
import { csvLine } from './imports/cell-text.js';

const PAGE = 1_000;
const HEADER = ['email', 'name', 'locale', 'timezone', 'status', 'tags', 'lists', 'created_at', 'last_active_at'];

/**
 * Contacts as CSV with a byte-order mark (spreadsheets need it for Chinese), newest first, a column for every field;
 * the columns are named so that an import knows them again. Lists are those they are subscribed to.
 * @param counted is told how many went out so far
 */
export async function* exportContacts(
  sql: Sql,
  workspaceId: string,
  filter: ContactFilter,
  counted: { contacts: number },
): AsyncGenerator<string> {
  const fields = await findFields(sql, workspaceId);
  yield `\uFEFF${csvLine([...HEADER, ...fields.map(({ label }) => label)])}`;
  let after: string | null = null;
  for (;;) {
    const rows = await findContacts(sql, workspaceId, filter, { sort: '-createdAt', after, limit: PAGE });
    const page = await viewContacts(sql, rows.slice(0, PAGE));
    const lines = page.map((contact) => {
      const lists = contact.lists.filter(({ status }) => status === 'subscribed').map(({ name }) => name);
      return csvLine([
        ...[contact.email, contact.name, contact.locale ?? '', contact.timezone ?? '', contact.status],
        ...[contact.tags.join(', '), lists.join(', '), contact.createdAt, contact.lastActiveAt ?? ''],
        ...fields.map(({ key }) => String(contact.fields[key] ?? '')),
      ]);
    });
    counted.contacts += lines.length;
    if (lines.length > 0) yield lines.join('');
    if (rows.length <= PAGE) return;
    after = page.at(-1)!.id;
  }
}
