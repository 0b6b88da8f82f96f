import type { BodyOf, Resource } from '../api/types.js';

export type Mailbox = Resource<'Mailbox'>;
export type Body = BodyOf<'/api/v1/mailboxes', 'post'>;
/** What stands in the form. */
export type Values = Omit<Body, 'enabled'>;

/** Stands for the junk folder under whatever name (contract JUNK_FOLDER). */
export const JUNK_FOLDER = '\\Junk';

export const NEW_MAILBOX: Partial<Values> = {
  protocol: 'imap',
  port: 993,
  security: 'tls',
  auth: { method: 'password', user: '' },
  folders: ['INBOX', JUNK_FOLDER],
  keep: { moveTo: null, deleteAfterDays: null },
};

export function valuesOf({ name, protocol, host, port, security, auth, folders, keep }: Mailbox): Values {
  return { name, protocol, host, port, security, auth: { method: auth.method, user: auth.user }, folders, keep };
}

/** What the API takes. An empty password is left out, so that the stored one stays. */
export function bodyOf({ auth, keep, ...rest }: Values): Body {
  const { password, ...login } = auth;
  return {
    ...rest,
    auth: { ...login, ...(password ? { password } : {}) },
    keep: { moveTo: keep?.moveTo?.trim() || null, deleteAfterDays: keep?.deleteAfterDays ?? null },
  };
}
