import type { z } from 'zod';
import type { Consent, FieldError, Locale } from '#contracts';
import type { Sql, Transaction } from '#platform/database';
import { ContactInput } from './contact-input.js';
import { findContactByCanonical, insertContact, updateContact } from './contact.repository.js';
import type { ContactValues } from './contact.repository.js';
import { setMemberships } from './memberships.js';

/** What a person said about themselves on a form, checked: an address and values for name and fields. */
export type Subscriber = Pick<ContactValues, 'email' | 'canonical' | 'domain' | 'international' | 'name' | 'fields'>;

const NAME_MAX = 200;

/** Reads what a person typed. Every wrong field is named: `email`, `name` or `fields.<key>`. */
export async function readSubscriber(
  sql: Sql,
  workspaceId: string,
  input: { email: string; name: string; fields: Record<string, string> },
): Promise<{ ok: true; subscriber: Subscriber } | { ok: false; errors: readonly FieldError[] }> {
  const reading = new ContactInput(sql, workspaceId);
  const address = reading.address(input.email);
  const fields = await reading.fields({}, input.fields);
  // One line, as a header and a table need it.
  const name = input.name
    .replace(/[\u0000-\u001f\u007f\s]+/g, ' ')
    .trim()
    .slice(0, NAME_MAX);
  if (reading.errors.length > 0) return { ok: false, errors: reading.errors };
  return { ok: true, subscriber: { ...address, name, fields } };
}

/** Somebody who asked for mail and proved that the address is theirs. */
export interface Subscription {
  workspaceId: string;
  subscriber: Subscriber;
  locale: Locale;
  /** Lists of the workspace; those that are gone are left out. */
  listIds: readonly string[];
  consent: z.infer<typeof Consent>;
}

/**
 * Makes the contact, or adds to it what the person said now, and puts it on the lists with the evidence. Idempotent.
 * @returns id of the contact
 */
export async function subscribeContact(tx: Transaction, request: Subscription): Promise<string> {
  const { workspaceId, subscriber, locale, listIds, consent } = request;
  const contactId = await upsert(tx, workspaceId, { ...subscriber, locale, timezone: null, tags: [] });
  await setMemberships(
    tx,
    workspaceId,
    contactId,
    listIds.map((id) => ({ id, status: 'subscribed', consent })),
  );
  return contactId;
}

async function upsert(tx: Transaction, workspaceId: string, values: ContactValues): Promise<string> {
  const created = await insertContact(tx, workspaceId, values);
  if (created) return created.id;
  const known = await findContactByCanonical(tx, workspaceId, values.canonical);
  if (!known) throw new Error('a contact that has the address is not there');
  const { id, version, name, fields, locale, timezone, tags } = known;
  const merged = { ...values, timezone, tags, locale: locale ?? values.locale };
  await updateContact(tx, workspaceId, id, version, {
    ...merged,
    name: values.name || name,
    fields: { ...fields, ...values.fields },
  });
  return id;
}
