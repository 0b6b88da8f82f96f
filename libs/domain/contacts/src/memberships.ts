import type { z } from 'zod';
import { DomainError } from '#contracts';
import type { Consent, FieldError, MembershipStatus } from '#contracts';
import type { Sql, Transaction } from '#platform/database';
import { findListRefs } from './list.repository.js';

export interface MembershipRow {
  contactId: string;
  id: string;
  name: string;
  status: MembershipStatus;
  consent: z.infer<typeof Consent> | null;
  updatedAt: Date;
}
export interface MembershipInput {
  id: string;
  status: MembershipStatus;
  consent?: z.infer<typeof Consent> | undefined;
}

/** Memberships of the contacts of one page. */
export function findMemberships(sql: Sql, contactIds: readonly string[]): Promise<MembershipRow[]> {
  return sql.rows(
    `SELECT m.contact_id AS "contactId", l.id, l.name, m.status, m.consent, m.updated_at AS "updatedAt"
     FROM list_members m JOIN lists l ON l.id = m.list_id
     WHERE m.contact_id = ANY($1::bigint[]) ORDER BY m.contact_id, l.id`,
    [contactIds],
  );
}

/**
 * Sets the named memberships of one contact; lists that are not named stay as they are. Evidence of consent that is
 * there stays unless new evidence comes. Who left a list comes back only with new evidence.
 * @throws DomainError VALIDATION_FAILED at `lists.N.id` (no such list) or `lists.N.consent` (CONSENT_REQUIRED)
 */
export async function setMemberships(
  tx: Transaction,
  workspaceId: string,
  contactId: string,
  inputs: readonly MembershipInput[],
): Promise<void> {
  if (inputs.length === 0) return;
  const known = new Set(
    (
      await findListRefs(
        tx,
        workspaceId,
        inputs.map((input) => input.id),
      )
    ).map((list) => list.id),
  );
  const present = await tx.rows<{ listId: string; status: MembershipStatus }>(
    'SELECT list_id AS "listId", status FROM list_members WHERE contact_id = $1 ORDER BY list_id FOR UPDATE',
    [contactId],
  );
  const statusOf = new Map(present.map((row) => [row.listId, row.status]));
  const errors = inputs.flatMap((input, index) => problemOf(input, index, known, statusOf));
  if (errors[0]) throw new DomainError('VALIDATION_FAILED', errors[0].message, { errors });
  for (const input of inputs) await setMembership(tx, workspaceId, contactId, input);
}

function problemOf(
  input: MembershipInput,
  index: number,
  known: ReadonlySet<string>,
  statusOf: ReadonlyMap<string, MembershipStatus>,
): FieldError[] {
  if (!known.has(input.id)) {
    const message = `There is no list ${input.id} in this workspace.`;
    return [{ property: `lists.${index}.id`, code: 'NOT_FOUND', message }];
  }
  if (statusOf.get(input.id) === 'unsubscribed' && input.status !== 'unsubscribed' && !input.consent) {
    const message = 'The contact has left this list. Say in `consent` how and when they asked to come back.';
    return [{ property: `lists.${index}.consent`, code: 'CONSENT_REQUIRED', message }];
  }
  return [];
}

async function setMembership(
  tx: Transaction,
  workspaceId: string,
  contactId: string,
  input: MembershipInput,
): Promise<void> {
  const consent = input.consent ? { ...input.consent, at: input.consent.at ?? new Date().toISOString() } : null;
  await tx.run(
    `INSERT INTO list_members AS m (list_id, contact_id, workspace_id, status, consent, unsubscribed_at, unsubscribed_source)
     VALUES ($1, $2, $3, $4, $5, CASE WHEN $4 = 'unsubscribed' THEN now() END, CASE WHEN $4 = 'unsubscribed' THEN 'operator' END)
     ON CONFLICT (list_id, contact_id) DO UPDATE SET
       status = excluded.status,
       consent = coalesce(excluded.consent, m.consent),
       unsubscribed_at = CASE WHEN m.status = 'unsubscribed' AND excluded.status = 'unsubscribed'
         THEN m.unsubscribed_at ELSE excluded.unsubscribed_at END,
       unsubscribed_source = CASE WHEN m.status = 'unsubscribed' AND excluded.status = 'unsubscribed'
         THEN m.unsubscribed_source ELSE excluded.unsubscribed_source END,
       updated_at = now()
     WHERE m.status <> excluded.status OR excluded.consent IS NOT NULL`,
    [input.id, contactId, workspaceId, input.status, consent ? JSON.stringify(consent) : null],
  );
}

/**
 * Puts contacts on a list; who is on it in any state, also as unsubscribed, stays as they are. A list with double
 * opt-in takes them as pending.
 * @returns how many memberships are new
 */
export function addToList(
  sql: Sql,
  workspaceId: string,
  list: { id: string; optIn: 'single' | 'double' },
  contactIds: readonly string[],
  consent: z.infer<typeof Consent>,
): Promise<number> {
  return sql.run(
    `INSERT INTO list_members (list_id, contact_id, workspace_id, status, consent)
     SELECT $2, id, $1, $4, $5 FROM contacts WHERE workspace_id = $1 AND id = ANY($3::bigint[]) ORDER BY id
     FOR KEY SHARE
     ON CONFLICT (list_id, contact_id) DO NOTHING`,
    [workspaceId, list.id, contactIds, list.optIn === 'double' ? 'pending' : 'subscribed', JSON.stringify(consent)],
  );
}

/** Where an opt-out came from, e.g. `one-click`, `page`, `mail`, `reply`, `operator`. */
export interface Unsubscription {
  workspaceId: string;
  contactId: string;
  /** Which lists; `all` means each list the contact is on. */
  listIds: readonly string[] | 'all';
  source: string;
}

/**
 * Takes a contact off lists. Idempotent: a second call changes nothing and keeps the first one's time and source.
 * A named list the contact is not on gets an *unsubscribed* membership, so that a later import can't subscribe them.
 * @returns the ids of the lists that changed
 */
export async function unsubscribeContact(sql: Sql, request: Unsubscription): Promise<string[]> {
  const { workspaceId, contactId, listIds, source } = request;
  const left = await sql.rows<{ id: string }>(
    `UPDATE list_members SET status = 'unsubscribed', unsubscribed_at = now(), unsubscribed_source = $3, updated_at = now()
     WHERE contact_id = $2 AND workspace_id = $1 AND status <> 'unsubscribed'
       AND ($4::bigint[] IS NULL OR list_id = ANY($4::bigint[]))
     RETURNING list_id AS id`,
    [workspaceId, contactId, source, listIds === 'all' ? null : listIds],
  );
  if (listIds === 'all' || listIds.length === 0) return left.map((row) => row.id);
  const barred = await sql.rows<{ id: string }>(
    `INSERT INTO list_members (list_id, contact_id, workspace_id, status, unsubscribed_at, unsubscribed_source)
     SELECT l.id, c.id, $1, 'unsubscribed', now(), $3 FROM lists l JOIN contacts c ON c.workspace_id = $1 AND c.id = $2
     WHERE l.workspace_id = $1 AND l.id = ANY($4::bigint[])
     FOR KEY SHARE
     ON CONFLICT (list_id, contact_id) DO NOTHING RETURNING list_id AS id`,
    [workspaceId, contactId, source, listIds],
  );
  return [...left, ...barred].map((row) => row.id);
}
