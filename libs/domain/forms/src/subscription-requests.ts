import { randomBytes } from 'node:crypto';
import type { Locale } from '#contracts';
import type { Sql, Transaction } from '#platform/database';
import { subscribeContact } from '#domain/contacts';
import type { Subscriber } from '#domain/contacts';
import { CONFIRM_DAYS } from './form.repository.js';
import { asksForConfirmation } from './public-form.js';
import type { PublicForm } from './public-form.js';

/** After so many mails of one form to one address comes a day without any; and none within so many minutes of a post. */
const MAILS_MAX = 3;
const MAIL_PAUSE_MINUTES = 10;

/** Who asks, and the evidence of their consent: from where, and under which words. */
export interface SubscriptionRequest {
  subscriber: Subscriber;
  ip: string;
  consentText: string;
}

/**
 * Takes somebody's wish to be on the lists of a form. Where the owner of the address must confirm, a mail becomes due
 * and nothing else happens, whoever it is; else they are subscribed at once. The answer never tells whether the address
 * was known.
 */
export async function requestSubscription(
  tx: Transaction,
  form: PublicForm,
  request: SubscriptionRequest,
): Promise<'mail' | 'subscribed'> {
  const asks = asksForConfirmation(form);
  const id = await keep(tx, form, request, asks);
  if (asks) return 'mail';
  await close(tx, id);
  await subscribe(tx, { ...form, listIds: form.lists.map((list) => list.id), request });
  return 'subscribed';
}

async function keep(tx: Transaction, form: PublicForm, request: SubscriptionRequest, mail: boolean): Promise<string> {
  const row = await tx.first<{ id: string }>(
    `INSERT INTO subscription_requests AS r (form_id, workspace_id, canonical, person, token, mail_due)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (form_id, canonical) DO UPDATE SET
       person = excluded.person, requested_at = now(),
       mail_due = r.mail_due OR (excluded.mail_due AND r.requested_at < now() - interval '${MAIL_PAUSE_MINUTES} minutes'
         AND (r.mails = 0 OR r.mails % ${MAILS_MAX} > 0 OR r.requested_at < now() - interval '1 day'))
     RETURNING id`,
    [
      form.id,
      form.workspaceId,
      request.subscriber.canonical,
      JSON.stringify(request),
      randomBytes(16).toString('base64url'),
      mail,
    ],
  );
  if (!row) throw new Error('the request was not kept');
  return row.id;
}

/** What a confirmation link leads to. */
export interface OpenRequest {
  id: string;
  workspaceId: string;
  workspace: string;
  formName: string;
  locale: Locale;
  thanks: string;
  listIds: string[];
  listNames: string[];
  request: SubscriptionRequest;
  confirmed: boolean;
}

/** @returns undefined for a link that is none, whose form is gone or off, or that is older than a week */
export function findOpenRequest(sql: Sql, token: string): Promise<OpenRequest | undefined> {
  return sql.first(
    `SELECT r.id, r.workspace_id AS "workspaceId", w.name AS workspace, f.name AS "formName", f.locale,
       f.texts->>'thanks' AS thanks, r.person AS request,
       r.confirmed_at IS NOT NULL AS confirmed,
       ARRAY(SELECT l.id::text FROM lists l WHERE l.workspace_id = f.workspace_id AND l.id = ANY (f.lists) ORDER BY l.id)
         AS "listIds",
       ARRAY(SELECT l.name FROM lists l WHERE l.workspace_id = f.workspace_id AND l.id = ANY (f.lists) ORDER BY l.name)
         AS "listNames"
     FROM subscription_requests r JOIN forms f ON f.id = r.form_id JOIN workspaces w ON w.id = r.workspace_id
     WHERE r.token = $1 AND f.enabled AND r.requested_at > now() - interval '${CONFIRM_DAYS} days'`,
    [token],
  );
}

/** Puts the owner of the address on the lists. A second click changes nothing. */
export async function confirmRequest(tx: Transaction, open: OpenRequest): Promise<void> {
  if (await close(tx, open.id)) await subscribe(tx, { ...open, name: open.formName });
}

/**
 * A request that is done counts, and says nothing of a person any more: the contact has the evidence, and an erased
 * contact must not live on here. @returns false when it was done before
 */
async function close(tx: Transaction, id: string): Promise<boolean> {
  const changed = await tx.run(
    `UPDATE subscription_requests SET confirmed_at = now(), mail_due = false, canonical = '#' || id, person = '{}'
     WHERE id = $1 AND confirmed_at IS NULL`,
    [id],
  );
  return changed > 0;
}

/** Removes what nobody confirmed in time. */
export function forgetUnconfirmed(sql: Sql): Promise<number> {
  return sql.run(
    `DELETE FROM subscription_requests
     WHERE confirmed_at IS NULL AND requested_at < now() - interval '${CONFIRM_DAYS} days'`,
  );
}

async function subscribe(
  tx: Transaction,
  {
    workspaceId,
    listIds,
    locale,
    name,
    request,
  }: {
    workspaceId: string;
    listIds: string[];
    locale: Locale;
    name: string;
    request: SubscriptionRequest;
  },
): Promise<void> {
  const { subscriber, ip, consentText } = request;
  const text = consentText ? { text: consentText } : {};
  const consent = { source: `form: ${name}`, at: new Date().toISOString(), ip, ...text };
  await subscribeContact(tx, { workspaceId, subscriber, locale, listIds, consent });
}
