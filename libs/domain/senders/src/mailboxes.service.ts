import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { MailboxBody, applyPatch, invalid, notFound } from '#contracts';
import type { Mailbox, MailboxProtocol, Page, PageQuery, UpdateMailboxBody, VerifyResult } from '#contracts';
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
import type { MailboxTarget } from './mailbox-access.js';
import {
  MAILBOXES_MAX,
  countMailboxes,
  deleteMailbox,
  findMailbox,
  findMailboxes,
  forgetCursors,
  insertMailbox,
  storeMailboxSecret,
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
    const password = requirePassword(body);
    return this.db.transaction(async (tx) => {
      if ((await countMailboxes(tx, ctx.workspaceId, null)) >= MAILBOXES_MAX) {
        throw invalid('name', 'TOO_MANY', `A workspace has at most ${MAILBOXES_MAX} mailboxes.`);
      }
      const { id } = await insertMailbox(tx, ctx.workspaceId, toFields(body));
      await storeMailboxSecret(tx, id, this.vault.seal(password, mailboxSecretRow(id)));
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
      const fields = toFields(applyPatch(MailboxBody, view, changes) as Input);
      const password = changes.auth?.password;
      const why = movesSecret(placeOf(before), placeOf(fields));
      if (!password && why) throw secretRequired(why);
      await updateMailbox(tx, ctx.workspaceId, id, fields);
      if (isAnother(before, fields)) await forgetCursors(tx, id);
      if (password) await storeMailboxSecret(tx, id, this.vault.seal(password, mailboxSecretRow(id)));
      const after = toView(await this.find(tx, ctx, id));
      await audit(tx, ctx, 'mailbox.changed', `mailbox:${id}`, view, after);
      return after;
    });
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
    return tryMailbox(row.protocol, this.loader.target(row), row.folders);
  }

  /** Tries settings that are not stored yet. The password must be in them: a stored one never leaves for a new host. */
  async verifyUnsaved(body: Input): Promise<VerifyResult> {
    const { method, user } = body.auth;
    const auth = { method, user, secret: requirePassword(body) };
    return tryMailbox(body.protocol, { ...this.loader.unsavedTarget(body), auth }, body.folders);
  }

  private async find(sql: Sql, ctx: RequestContext, id: string, lock = false): Promise<MailboxRow> {
    const row = await findMailbox(sql, ctx.workspaceId, id, lock);
    if (!row) throw notFound('mailbox', id);
    return row;
  }
}

async function tryMailbox(
  protocol: MailboxProtocol,
  target: MailboxTarget | null,
  folders: string[],
): Promise<VerifyResult> {
  if (!target) return toVerifyResult([{ name: 'auth', ok: false, diagnosis: 'secret-unreadable', detail: '' }]);
  const steps =
    protocol === 'pop3'
      ? verifyPop3({ ...target, timeouts: POP3_VERIFY_TIMEOUTS })
      : verifyMailbox({ ...target, timeouts: IMAP_VERIFY_TIMEOUTS }, folders);
  return toVerifyResult(await steps);
}

function requirePassword({ auth }: Input): string {
  if (!auth.password) throw secretRequired('a mailbox needs one');
  return auth.password;
}

/** Cursors of one server, user and protocol say nothing of another's. */
function isAnother(before: MailboxRow, after: MailboxFields): boolean {
  return before.host !== after.host || before.authUser !== after.authUser || before.protocol !== after.protocol;
}

function placeOf({ host, authUser, security }: Pick<MailboxRow, 'host' | 'authUser' | 'security'>) {
  return { host, user: authUser, security };
}

function toFields({ name, protocol, host, port, security, auth, folders, keep, enabled }: Input): MailboxFields {
  if (protocol === 'imap' && keep.moveTo !== null && folders.includes(keep.moveTo)) {
    throw invalid('keep.moveTo', 'FOLDER_READ', 'Processed mail can’t be moved into a folder that is read.');
  }
  return {
    ...{ name, protocol, host, port, security, enabled },
    authMethod: auth.method,
    authUser: auth.user,
    folders: [...new Set(folders)],
    moveTo: protocol === 'imap' ? keep.moveTo : null,
    deleteAfterDays: protocol === 'pop3' ? keep.deleteAfterDays : null,
  };
}

function toView(row: MailboxRow): View {
  const { id, version, name, protocol, host, port, security, folders, enabled, state, lastError } = row;
  return {
    ...{ id, version, name, protocol, host, port, security, folders, enabled, state, lastError },
    auth: { method: row.authMethod, user: row.authUser, passwordSet: row.authSecret !== null },
    keep: { moveTo: row.moveTo, deleteAfterDays: row.deleteAfterDays },
    processed: row.processed,
    behind: row.behind,
    lastReadAt: row.lastReadAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}
