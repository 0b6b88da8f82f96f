import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { MailboxBody, applyPatch, invalid, notFound } from '#contracts';
import type {
  MailHandling,
  Mailbox,
  MailboxProtocol,
  Page,
  PageQuery,
  UpdateMailboxBody,
  VerifyResult,
} from '#contracts';
import { Vault } from '#platform/crypto';
import { Database, toPage } from '#platform/database';
import type { Sql } from '#platform/database';
import { IMAP_VERIFY_TIMEOUTS, verifyMailbox } from '#platform/imap';
import { POP3_VERIFY_TIMEOUTS, verifyPop3 } from '#platform/pop3';
import { decodeIdCursor } from '#domain/contacts';
import { audit } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { movesSecret, requireVersion, secretRequired } from './account-input.js';
import { MailboxLoader, mailboxSecretRow } from './mailbox-access.js';
import type { MailboxLogin } from './mailbox-access.js';
import { freshAccessToken, openOAuth, sealOAuth } from './mailbox-oauth.js';
import type { OAuthSecret } from './mailbox-oauth.js';
import {
  MAILBOXES_MAX,
  countMailboxes,
  deleteMailbox,
  findMailbox,
  findFence,
  findMailboxes,
  forgetCursors,
  insertMailbox,
  storeMailboxSecret,
  storeOAuthSecret,
  updateMailbox,
} from './mailbox.repository.js';
import type { MailboxFields, MailboxRow } from './mailbox.repository.js';
import { toVerifyResult } from './verify-help.js';

type View = z.output<typeof Mailbox>;
type Input = z.output<typeof MailboxBody>;

/** Mailboxes that are read for bounces, complaints and replies. Passwords go in and never come out. */
@Injectable()
export class MailboxesService {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(MailboxLoader) private readonly loader: MailboxLoader,
  ) {}

  async list(ctx: RequestContext, query: PageQuery): Promise<Page<View>> {
    const q = query.q || null;
    const after = decodeIdCursor(query.cursor);
    const rows = await findMailboxes(this.db, ctx.workspaceId, { after, limit: query.limit + 1, q });
    const page: Page<View> = toPage(rows, query.limit, (row) => [row.id], toView);
    if (query.count) page.total = await countMailboxes(this.db, ctx.workspaceId, q);
    return page;
  }

  async get(ctx: RequestContext, id: string): Promise<View> {
    return toView(await this.find(this.db, ctx, id));
  }

  /** @throws DomainError SECRET_REQUIRED, VALIDATION_FAILED naming the field */
  async create(ctx: RequestContext, body: Input): Promise<View> {
    requireSecret(body);
    return this.db.transaction(async (tx) => {
      if ((await countMailboxes(tx, ctx.workspaceId, null)) >= MAILBOXES_MAX) {
        throw invalid('name', 'TOO_MANY', `A workspace has at most ${MAILBOXES_MAX} mailboxes.`);
      }
      const { id } = await insertMailbox(tx, ctx.workspaceId, toFields(body));
      await this.storeSecrets(tx, id, body.auth, null);
      const view = toView(await this.find(tx, ctx, id));
      await audit(tx, ctx, 'mailbox.created', `mailbox:${id}`, null, view);
      return view;
    });
  }

  /** @throws DomainError STALE_VERSION, SECRET_REQUIRED when host or user change without the password */
  async update(
    ctx: RequestContext,
    id: string,
    { version, ...changes }: z.output<typeof UpdateMailboxBody>,
  ): Promise<View> {
    return this.db.transaction(async (tx) => {
      const before = await this.find(tx, ctx, id, true);
      const view = toView(before);
      requireVersion('mailbox', version, view);
      const input = applyPatch(MailboxBody, view as never, changes) as Input;
      const fields = toFields(input);
      const why = movesSecret(placeOf(before), placeOf(fields));
      if (why && !changes.auth?.password && !changes.auth?.oauth?.refreshToken) throw secretRequired(why);
      await updateMailbox(tx, ctx.workspaceId, id, fields);
      if (isAnother(before, fields)) await forgetCursors(tx, id);
      await this.storeSecrets(tx, id, input.auth, before);
      const after = toView(await this.find(tx, ctx, id));
      await audit(tx, ctx, 'mailbox.changed', `mailbox:${id}`, view, after);
      return after;
    });
  }

  /**
   * Seals what was typed; what was not stays, except an OAuth login for another endpoint or client.
   * @throws DomainError SECRET_REQUIRED
   */
  private async storeSecrets(sql: Sql, id: string, auth: Input['auth'], before: MailboxRow | null): Promise<void> {
    if (auth.password) await storeMailboxSecret(sql, id, this.vault.seal(auth.password, mailboxSecretRow(id)));
    const { oauth } = auth;
    if (auth.method !== 'xoauth2' || !oauth) return storeOAuthSecret(sql, id, null);
    const typed = oauthSecretOf(oauth);
    if (typed) return storeOAuthSecret(sql, id, sealOAuth(this.vault, id, typed));
    const same = before?.oauthTokenUrl === oauth.tokenUrl && before.oauthClientId === oauth.clientId;
    if (!same || !before?.oauthSecret) {
      throw secretRequired('the token endpoint or the client is another one', 'auth.oauth.refreshToken');
    }
    if (!oauth.clientSecret) return;
    const { refreshToken } = openOAuth(this.vault, id, before.oauthSecret);
    await storeOAuthSecret(sql, id, sealOAuth(this.vault, id, { clientSecret: oauth.clientSecret, refreshToken }));
  }

  async remove(ctx: RequestContext, id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const row = await this.find(tx, ctx, id, true);
      await deleteMailbox(tx, ctx.workspaceId, id);
      await audit(tx, ctx, 'mailbox.removed', `mailbox:${id}`, toView(row), null);
    });
  }

  /** Tries a stored mailbox. */
  async verify(ctx: RequestContext, id: string): Promise<VerifyResult> {
    const row = await this.find(this.db, ctx, id);
    const opened = this.loader.open(row);
    if (!opened) return toVerifyResult([{ name: 'auth', ok: false, diagnosis: 'secret-unreadable', detail: '' }]);
    const login = await this.loader.login(this.db, { ...row, ...opened, fence: await this.fenceOf(id) });
    return tryMailbox(row.protocol, login, row.folders);
  }

  /** Tries settings that are not stored yet. The password must be in them: a stored one never leaves for a new host. */
  async verifyUnsaved(body: Input): Promise<VerifyResult> {
    const { method, user, password, oauth } = body.auth;
    requireSecret(body);
    const target = { ...this.loader.unsavedTarget(body), auth: { method, user, secret: password ?? '' } };
    if (!oauth) return tryMailbox(body.protocol, { ok: true, target }, body.folders);
    const login = { ...oauth, ...oauthSecretOf(oauth)! };
    const token = await freshAccessToken(target.egress, login, Date.now());
    const auth = { ...target.auth, secret: token.ok ? token.accessToken : '' };
    return tryMailbox(body.protocol, token.ok ? { ok: true, target: { ...target, auth } } : token, body.folders);
  }

  /** A token that a test renews is kept, since it may have voided the one before. */
  private async fenceOf(id: string): Promise<string> {
    return (await findFence(this.db, id)) ?? '';
  }

  private async find(sql: Sql, ctx: RequestContext, id: string, lock = false): Promise<MailboxRow> {
    const row = await findMailbox(sql, ctx.workspaceId, id, lock);
    if (!row) throw notFound('mailbox', id);
    return row;
  }
}

async function tryMailbox(protocol: MailboxProtocol, login: MailboxLogin, folders: string[]): Promise<VerifyResult> {
  if (!login.ok) return toVerifyResult([{ ...login, name: 'auth' }]);
  const { target } = login;
  const steps =
    protocol === 'pop3'
      ? verifyPop3({ ...target, timeouts: POP3_VERIFY_TIMEOUTS })
      : verifyMailbox({ ...target, timeouts: IMAP_VERIFY_TIMEOUTS }, folders);
  return toVerifyResult(await steps);
}

/** A password or an access token, or what one is fetched with. */
function requireSecret({ auth }: Input): void {
  if (auth.method === 'xoauth2' && auth.oauth) {
    if (!auth.oauth.refreshToken) throw secretRequired('OAuth needs a refresh token', 'auth.oauth.refreshToken');
  } else if (!auth.password) throw secretRequired('a mailbox needs one');
}

function oauthSecretOf(oauth: Input['auth']['oauth']): OAuthSecret | null {
  if (!oauth?.refreshToken) return null;
  return { clientSecret: oauth.clientSecret || null, refreshToken: oauth.refreshToken };
}

/** Cursors of one server, user and protocol say nothing of another's. */
function isAnother(before: MailboxRow, after: MailboxFields): boolean {
  return before.host !== after.host || before.authUser !== after.authUser || before.protocol !== after.protocol;
}

function placeOf({ host, authUser, security }: Pick<MailboxRow, 'host' | 'authUser' | 'security'>) {
  return { host, user: authUser, security };
}

function toFields({ name, protocol, host, port, security, auth, folders, keep, enabled }: Input): MailboxFields {
  if (protocol === 'imap') requireHandling(keep.handle, folders);
  const oauth = auth.method === 'xoauth2' ? auth.oauth : null;
  return {
    ...{ name, protocol, host, port, security, enabled },
    authMethod: auth.method,
    authUser: auth.user,
    oauthTokenUrl: oauth?.tokenUrl ?? null,
    oauthClientId: oauth?.clientId ?? null,
    oauthScope: oauth?.scope ?? null,
    folders: [...new Set(folders)],
    handling: protocol === 'imap' ? keep.handle : [],
    deleteAfterDays: protocol === 'pop3' ? keep.deleteAfterDays : null,
  };
}

/** @throws DomainError VALIDATION_FAILED naming the first entry that can't be */
function requireHandling(handle: readonly MailHandling[], folders: readonly string[]): void {
  const seen = new Set<string>();
  // RFC 3501 section 5.1: INBOX is the same in any case, other names are not.
  const nameOf = (folder: string) => (/^inbox$/i.test(folder) ? 'INBOX' : folder);
  const read = new Set(folders.map(nameOf));
  for (const [index, { kind, action, folder }] of handle.entries()) {
    const at = `keep.handle.${index}`;
    if (seen.has(kind)) throw invalid(`${at}.kind`, 'DUPLICATE', 'Each kind of mail may be named once.');
    seen.add(kind);
    if (action === 'seen' && kind === 'reply') {
      throw invalid(`${at}.action`, 'READ_BY_PEOPLE', 'Replies are marked as read when somebody reads them here.');
    }
    if (action !== 'move') continue;
    if (folder === null) throw invalid(`${at}.folder`, 'REQUIRED', 'Moving needs the name of a folder.');
    if (read.has(nameOf(folder))) {
      throw invalid(`${at}.folder`, 'FOLDER_READ', 'Processed mail can’t be moved into a folder that is read.');
    }
  }
}

function toView(row: MailboxRow): View {
  const { id, version, name, protocol, host, port, security, folders, enabled, state, lastError, keepProblem } = row;
  return {
    ...{ id, version, name, protocol, host, port, security, folders, enabled, state, lastError, keepProblem },
    auth: {
      method: row.authMethod,
      user: row.authUser,
      passwordSet: row.authSecret !== null,
      oauth: oauthView(row),
    },
    keep: { handle: row.handling, deleteAfterDays: row.deleteAfterDays },
    processed: row.processed,
    behind: row.behind,
    lastReadAt: row.lastReadAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}

function oauthView({ oauthTokenUrl, oauthClientId, oauthScope, oauthSecret }: MailboxRow): View['auth']['oauth'] {
  if (!oauthTokenUrl) return null;
  return {
    tokenUrl: oauthTokenUrl,
    clientId: oauthClientId ?? '',
    scope: oauthScope ?? '',
    refreshTokenSet: oauthSecret !== null,
  };
}
