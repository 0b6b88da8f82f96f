import type { BodyOf, Resource } from '../api/types.js';

export type Mailbox = Resource<'Mailbox'>;
export type Body = BodyOf<'/api/v1/mailboxes', 'post'>;
type Handling = Mailbox['keep']['handle'][number];
export type HandledKind = Handling['kind'];
/** Kinds that are handled alike, as one line of the form. */
interface HandleLine {
  kinds: HandledKind[];
  action: Handling['action'];
  folder?: string | null;
}
/** What stands in the form. */
export type Values = Omit<Body, 'enabled' | 'keep'> & {
  keep: { handle?: HandleLine[]; deleteAfterDays?: number | null };
};

/** Contract HANDLED_KINDS, those that people ask for most first. */
export const HANDLED_KINDS = [
  'bounce',
  'complaint',
  'auto-reply',
  'reply',
  'unsubscribe',
  'mdn',
  'delay',
  'challenge',
  'other',
  'unreadable',
] as const satisfies readonly HandledKind[];

/** Stands for the junk folder under whatever name (contract JUNK_FOLDER). */
export const JUNK_FOLDER = '\\Junk';

export const NEW_MAILBOX: Partial<Values> = {
  protocol: 'imap',
  port: 993,
  security: 'tls',
  auth: { method: 'password', user: '' },
  folders: ['INBOX', JUNK_FOLDER],
  keep: { handle: [], deleteAfterDays: null },
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
    keep: { handle: linesOf(keep.handle), deleteAfterDays: keep.deleteAfterDays },
  };
}

function linesOf(handle: readonly Handling[]): HandleLine[] {
  const lines = new Map<string, HandleLine>();
  for (const { kind, action, folder } of handle) {
    const key = `${action} ${folder ?? ''}`;
    const line = lines.get(key);
    if (line) line.kinds.push(kind);
    else lines.set(key, { kinds: [kind], action, folder });
  }
  return [...lines.values()];
}

/** What the API takes. An empty secret is left out, so that the stored one stays. */
export function bodyOf({ auth, keep, ...rest }: Omit<Values, 'keep'> & Partial<Pick<Values, 'keep'>>): Body {
  const { method, user, password, oauth } = auth;
  return {
    ...rest,
    auth: {
      method,
      user,
      ...(method === 'password' && password ? { password } : {}),
      oauth: method === 'xoauth2' && oauth ? oauthOf(oauth) : null,
    },
    keep: { handle: handlingOf(keep?.handle ?? []), deleteAfterDays: keep?.deleteAfterDays ?? null },
  };
}

function handlingOf(lines: readonly HandleLine[]): Handling[] {
  return lines.flatMap(({ kinds, action, folder }) =>
    kinds.map((kind) => ({ kind, action, folder: action === 'move' ? (folder?.trim() ?? null) : null })),
  );
}

function oauthOf({ clientSecret, refreshToken, ...rest }: NonNullable<Values['auth']['oauth']>) {
  return { ...rest, ...(clientSecret ? { clientSecret } : {}), ...(refreshToken ? { refreshToken } : {}) };
}

/** Whether a test has to use what is stored, since no secret was typed. */
export function usesStored({ auth }: Values): boolean {
  return auth.method === 'xoauth2' ? !auth.oauth?.refreshToken : !auth.password;
}
