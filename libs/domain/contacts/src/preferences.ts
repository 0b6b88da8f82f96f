import type { MembershipStatus } from '#contracts';
import type { Sql, Transaction } from '#platform/database';
import { setMemberships, unsubscribeContact } from './memberships.js';

/** A list that its own members may see, and whether this person is on it. */
export interface ListPreference {
  id: string;
  name: string;
  description: string;
  optIn: 'single' | 'double';
  status: MembershipStatus | null;
}

/** How many lists the preference centre shows at most, in the order of their names. */
const SHOWN_MAX = 100;

/**
 * What a person may choose: every public list, each list that sends them mail now, public or not, and those they left
 * themselves, so that a mistake can be taken back. A membership that began as a bar was never one.
 */
export function findPreferences(sql: Sql, workspaceId: string, contactId: string): Promise<ListPreference[]> {
  return sql.rows(
    `SELECT l.id, l.name, l.description, l.opt_in AS "optIn", m.status
     FROM lists l LEFT JOIN list_members m ON m.list_id = l.id AND m.contact_id = $2
     WHERE l.workspace_id = $1 AND (l.public OR m.status = 'subscribed'
       OR (m.status = 'unsubscribed' AND m.unsubscribed_source <> 'operator' AND m.unsubscribed_at > m.created_at))
     ORDER BY l.name, l.id LIMIT ${SHOWN_MAX}`,
    [workspaceId, contactId],
  );
}

/** Those of the shown lists that the person wants from now on, and the words of the page they ticked them on. */
export interface WantedLists {
  workspaceId: string;
  contactId: string;
  wanted: ReadonlySet<string>;
  shown: ReadonlySet<string>;
  text: string;
}

/**
 * Joins and leaves lists as the person ticked them. Only lists the page showed change, so one that became public in
 * between is left alone. The person proved by the link of a mail that the address is theirs, so a list with double
 * opt-in needs no further mail. Idempotent.
 * @returns how many lists were joined and left
 */
export async function savePreferences(
  tx: Transaction,
  request: WantedLists,
): Promise<{ joined: number; left: number }> {
  const { workspaceId, contactId, wanted, shown, text } = request;
  const choices = (await findPreferences(tx, workspaceId, contactId)).filter(({ id }) => shown.has(id));
  const joining = choices.filter(({ id, status }) => wanted.has(id) && status !== 'subscribed');
  const leaving = choices.filter(({ id, status }) => !wanted.has(id) && status !== null && status !== 'unsubscribed');
  const consent = { source: 'preference centre', text };
  await setMemberships(
    tx,
    workspaceId,
    contactId,
    joining.map(({ id }) => ({ id, status: 'subscribed', consent })),
  );
  if (leaving.length > 0) {
    const listIds = leaving.map(({ id }) => id);
    await unsubscribeContact(tx, { workspaceId, contactId, listIds, source: 'preferences' });
  }
  return { joined: joining.length, left: leaving.length };
}
