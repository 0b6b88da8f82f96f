import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError } from '#contracts';
import type { SetupBody } from '#contracts';
import { parseAddress } from '#engine/address';
import { hashPassword, hashToken, randomToken } from '#platform/crypto';
import { Database } from '#platform/database';
import type { Transaction } from '#platform/database';
import { audit } from './audit.js';
import { requireStrongPassword } from './password-rule.js';
import { isSetupToken, putSetupToken, useSetupToken } from './setup-token.repository.js';
import { anyUser, insertUser } from './user.repository.js';
import { insertMember, insertWorkspace } from './workspace.repository.js';

/** What else a new workspace needs, in the transaction that makes it; domains to the right add theirs in the app. */
export type PrepareWorkspace = (tx: Transaction, workspaceId: string) => Promise<void>;

/** The one-time set-up: makes the first user, who owns the first workspace. */
@Injectable()
export class SetupService {
  constructor(@Inject(Database) private readonly db: Database) {}

  /** True while nobody has an account. */
  async required(): Promise<boolean> {
    return !(await anyUser(this.db));
  }

  /**
   * The token of the set-up link, or null when the set-up is done.
   * @param current a token given out before; it stays valid, so that a restart doesn't void the link already printed
   */
  async ensureToken(current: string | null): Promise<string | null> {
    if (!(await this.required())) return null;
    if (current && (await isSetupToken(this.db, hashToken(current)))) return current;
    const token = randomToken();
    await putSetupToken(this.db, hashToken(token));
    return token;
  }

  /**
   * Makes the owner, their workspace and what `prepare` adds, once: of many set-ups at the same time one wins.
   * @throws DomainError SETUP_ALREADY_DONE, SETUP_TOKEN_INVALID, ADDRESS_INVALID, PASSWORD_TOO_WEAK
   */
  async setUp(
    body: z.output<typeof SetupBody>,
    prepare: PrepareWorkspace,
  ): Promise<{ userId: string; workspaceId: string }> {
    const tokenHash = hashToken(body.token);
    if (!(await this.required())) throw alreadyDone();
    // Asked before the costly hash, so that guesses stay cheap to refuse.
    if (!(await isSetupToken(this.db, tokenHash))) throw await this.refusal();
    const address = parseAddress(body.email);
    if (!address.ok) {
      throw new DomainError('ADDRESS_INVALID', address.message, {
        property: 'email',
        errors: [{ property: 'email', code: address.code, message: address.message }],
      });
    }
    const email = address.value.canonical;
    requireStrongPassword('password', body.password, email);
    const passwordHash = await hashPassword(body.password);
    return this.db.transaction(async (tx) => {
      if (!(await useSetupToken(tx, tokenHash))) throw alreadyDone();
      const user = await insertUser(tx, { ...body, email, passwordHash });
      const workspace = await insertWorkspace(tx, {
        name: body.workspace,
        locale: body.locale,
        timezone: body.timezone,
        postalAddress: body.postalAddress ?? '',
      });
      await insertMember(tx, workspace.id, user.id, 'owner');
      await prepare(tx, workspace.id);
      const actor = { type: 'user' as const, id: user.id, email, sessionHash: Buffer.alloc(0) };
      const subject = `workspace:${workspace.id}`;
      await audit(tx, { workspaceId: workspace.id, actor }, 'workspace.created', subject, null, {
        name: workspace.name,
        owner: email,
      });
      return { userId: user.id, workspaceId: workspace.id };
    });
  }

  private async refusal(): Promise<DomainError> {
    if (!(await this.required())) return alreadyDone();
    return new DomainError('SETUP_TOKEN_INVALID', 'The set-up token is not the current one.', {
      help: 'Open the link from the latest start log, or take the token from the file setup-token in the data folder.',
      property: 'token',
    });
  }
}

function alreadyDone(): DomainError {
  return new DomainError('SETUP_ALREADY_DONE', 'The set-up is done; there is an owner already.', {
    help: 'Sign in instead.',
  });
}
