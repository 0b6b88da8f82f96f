import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError, SmtpAccountBody, applyPatch, invalid, notFound } from '#contracts';
import type { Page, PageQuery, SmtpAccount, UpdateSmtpAccountBody, VerifyResult } from '#contracts';
import { Vault } from '#platform/crypto';
import { Database, toPage } from '#platform/database';
import type { Sql } from '#platform/database';
import { decodeIdCursor } from '#domain/contacts';
import { audit } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { requireVersion, secretRequired } from './account-input.js';
import { SendingAccountLoader, passwordRow } from './sending-account.js';
import { readFields, requireSandboxUntouched, secretOfChange } from './smtp-account-fields.js';
import type { AccountInput } from './smtp-account-fields.js';
import {
  ACCOUNTS_MAX,
  campaignsUsing,
  countSmtpAccounts,
  deleteSmtpAccount,
  findSmtpAccount,
  findSmtpAccounts,
  insertSmtpAccount,
  markAccountFailing,
  markAccountOk,
  storeSmtpPassword,
  updateSmtpAccount,
} from './smtp-account.repository.js';
import type { SmtpAccountFields, SmtpAccountRow } from './smtp-account.repository.js';
import { toAccountView } from './smtp-account-view.js';
import { verifyAccount } from './verify-account.js';

type View = z.output<typeof SmtpAccount>;
const RETRY_SECONDS = 30;

/** SMTP accounts: what a person says about the servers that take their mail. Secrets go in and never come out. */
@Injectable()
export class SmtpAccountsService {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(SendingAccountLoader) private readonly loader: SendingAccountLoader,
  ) {}

  async list(ctx: RequestContext, query: PageQuery): Promise<Page<View>> {
    const q = query.q || null;
    const after = decodeIdCursor(query.cursor);
    const rows = await findSmtpAccounts(this.db, ctx.workspaceId, { after, limit: query.limit + 1, q });
    const page: Page<View> = toPage(
      rows,
      query.limit,
      (row) => [row.id],
      (row) => toAccountView(this.loader.place(row)),
    );
    if (query.count) page.total = await countSmtpAccounts(this.db, ctx.workspaceId, q);
    return page;
  }

  async get(ctx: RequestContext, id: string): Promise<View> {
    return toAccountView(await this.find(this.db, ctx, id));
  }

  /** @throws DomainError SECRET_REQUIRED, VALIDATION_FAILED naming the field */
  async create(ctx: RequestContext, body: z.output<typeof SmtpAccountBody>): Promise<View> {
    const fields = readFields(body);
    const password = requirePassword(body);
    return this.db.transaction(async (tx) => {
      if ((await countSmtpAccounts(tx, ctx.workspaceId, null)) >= ACCOUNTS_MAX) {
        throw invalid('name', 'TOO_MANY', `A workspace has at most ${ACCOUNTS_MAX} SMTP accounts.`);
      }
      const row = await insertSmtpAccount(tx, ctx.workspaceId, fields);
      await this.storePassword(tx, row, password);
      const view = toAccountView(await this.find(tx, ctx, row.id));
      await audit(tx, ctx, 'smtp_account.created', `smtp_account:${row.id}`, null, view);
      return view;
    });
  }

  /** @throws DomainError STALE_VERSION, SECRET_REQUIRED when host or user change without the password */
  async update(
    ctx: RequestContext,
    id: string,
    { version, ...changes }: z.output<typeof UpdateSmtpAccountBody>,
  ): Promise<View> {
    return this.db.transaction(async (tx) => {
      const before = await this.find(tx, ctx, id, true);
      const view = toAccountView(before);
      requireVersion('SMTP account', version, view);
      const body = applyPatch(SmtpAccountBody, view, changes) as AccountInput;
      const fields = readFields(body);
      if (before.kind === 'sandbox') requireSandboxUntouched(before, fields);
      const password = secretOfChange(before, fields, changes.auth?.password);
      const forget = Boolean(changes.auth?.password) || reachesElsewhere(before, fields);
      const learned = { forget, goOn: changes.warmup !== undefined };
      const row = await updateSmtpAccount(tx, ctx.workspaceId, id, fields, learned);
      await this.storePassword(tx, row, password);
      const after = toAccountView(await this.find(tx, ctx, id));
      await audit(tx, ctx, 'smtp_account.changed', `smtp_account:${id}`, view, after);
      return after;
    });
  }

  /** @throws DomainError IN_USE while a campaign on its way is to go over it, and always for the sandbox */
  async remove(ctx: RequestContext, id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const row = await this.find(tx, ctx, id, true);
      if (row.kind === 'sandbox') {
        throw new DomainError('IN_USE', 'The sandbox belongs to the product.', { help: 'Disable it instead.' });
      }
      const campaigns = await campaignsUsing(tx, ctx.workspaceId, id);
      if (campaigns.length > 0) {
        throw new DomainError('IN_USE', `These campaigns go over it: ${campaigns.join(', ')}.`, {
          help: 'Wait until they have ended, cancel them, or disable the account.',
        });
      }
      await deleteSmtpAccount(tx, ctx.workspaceId, id);
      await audit(tx, ctx, 'smtp_account.removed', `smtp_account:${id}`, toAccountView(row), null);
    });
  }

  /** Tries a stored account and keeps what was learned as its health. */
  async verify(ctx: RequestContext, id: string): Promise<VerifyResult> {
    const row = await this.find(this.db, ctx, id);
    const result = await verifyAccount(this.loader.target(row), row);
    const failed = result.steps.find(({ ok }) => !ok);
    if (failed) await markAccountFailing(this.db, id, `${failed.diagnosis}: ${failed.detail}`, RETRY_SECONDS);
    else await markAccountOk(this.db, id);
    return result;
  }

  /** Tries settings that are not stored yet. The password must be in them: a stored one never leaves for a new host. */
  async verifyUnsaved(body: z.output<typeof SmtpAccountBody>): Promise<VerifyResult> {
    const fields = readFields(body);
    const secret = requirePassword(body);
    const auth = { ...body.auth, ...(secret === null ? {} : { secret }) };
    return verifyAccount({ ...this.loader.unsavedTarget(fields), auth }, fields);
  }

  private async find(sql: Sql, ctx: RequestContext, id: string, lock = false): Promise<SmtpAccountRow> {
    const row = await findSmtpAccount(sql, ctx.workspaceId, id, lock);
    if (!row) throw notFound('SMTP account', id);
    return this.loader.place(row);
  }

  /** `null` forgets the password, `undefined` leaves what is stored. */
  private async storePassword(sql: Sql, { id }: SmtpAccountRow, password: string | null | undefined): Promise<void> {
    if (password === undefined) return;
    await storeSmtpPassword(sql, id, password === null ? null : this.vault.seal(password, passwordRow(id)));
  }
}

/** The password of a new account; null where it logs in with none. */
function requirePassword({ auth }: Pick<AccountInput, 'auth'>): string | null {
  if (auth.method === 'none') return null;
  if (!auth.password) throw secretRequired('this authentication method needs one');
  return auth.password;
}

/** What verifying tries: with any of it changed, what was learned of the account's health no longer counts. */
const TRIED = [
  ...(['host', 'port', 'security', 'authMethod', 'authUser'] as const),
  ...(['returnPath', 'returnPathDomain', 'returnPathAddress'] as const),
];

/** True when an account connects, logs in or sends from elsewhere than before, or comes back into use. */
function reachesElsewhere(before: SmtpAccountRow, after: SmtpAccountFields): boolean {
  const moved = TRIED.some((field) => before[field] !== after[field]);
  const domains = before.fromDomains.join() !== after.fromDomains.join();
  return moved || domains || (after.enabled && !before.enabled);
}
