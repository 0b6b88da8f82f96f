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
  const { method, user, oauth } = auth;
  const login = oauth && { tokenUrl: oauth.tokenUrl, clientId: oauth.clientId, scope: oauth.scope };
  return {
    name,
    protocol,
    host,
    port,
    security,
    auth: { method, user, ...(login && { oauth: login }) },
    folders,
    keep,
  };
}

/** What the API takes. An empty secret is left out, so that the stored one stays. */
export function bodyOf({ auth, keep, ...rest }: Values): Body {
  const { method, user, password, oauth } = auth;
  return {
    ...rest,
    auth: {
      method,
      user,
      ...(method === 'password' && password ? { password } : {}),
      oauth: method === 'xoauth2' && oauth ? oauthOf(oauth) : null,
    },
    keep: { moveTo: keep?.moveTo?.trim() || null, deleteAfterDays: keep?.deleteAfterDays ?? null },
  };
}

function oauthOf({ clientSecret, refreshToken, ...rest }: NonNullable<Values['auth']['oauth']>) {
  return { ...rest, ...(clientSecret ? { clientSecret } : {}), ...(refreshToken ? { refreshToken } : {}) };
}

/** Whether a test has to use what is stored, since no secret was typed. */
export function usesStored({ auth }: Values): boolean {
  return auth.method === 'xoauth2' ? !auth.oauth?.refreshToken : !auth.password;
}
