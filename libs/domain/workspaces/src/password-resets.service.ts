import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError } from '#contracts';
import type { Locale, ResetPasswordBody } from '#contracts';
import { parseAddress } from '#engine/address';
import { hashPassword, hashToken, randomToken } from '#platform/crypto';
import { Database } from '#platform/database';
import { audit } from './audit.js';
import {
  claimDueResets,
  deleteReset,
  deleteResetsOf,
  endResetWish,
  findResetUser,
  insertResetToken,
  insertResetWish,
  putResetToken,
} from './password-reset.repository.js';
import type { DueReset } from './password-reset.repository.js';
import { requireStrongPassword } from './password-rule.js';
import { deleteSessionsOf } from './session.repository.js';
import { findUserByEmail, updatePassword } from './user.repository.js';
import type { UserSecrets } from './user.repository.js';
import { listMemberWorkspaces } from './workspace.repository.js';

/** How long a link from a mail is good for. */
export const RESET_MINUTES = 30;
/** One that an operator made is carried by hand. */
const OPERATOR_MINUTES = 60;
/** Wishes taken at once; a mail that did not leave is tried again after this, so many times. */
const CLAIM_MAX = 10;
const RETRY_SECONDS = 30;
const ATTEMPTS_MAX = 5;
/** Workspaces whose accounts may carry the mail. */
const WORKSPACES_MAX = 50;

/** A mail that is to bring somebody a link. The token is nowhere but here and in the mail. */
export interface ResetLetter {
  email: string;
  locale: Locale;
  token: string;
  /** Whose accounts may carry it, best first: those the person owns before others. */
  workspaceIds: string[];
}

/** New passwords for people who have forgotten theirs, by a link that works once and for a short time. */
@Injectable()
export class PasswordResetsService {
  constructor(@Inject(Database) private readonly db: Database) {}

  /** Notes the wish; whose it is, is looked up later, so that all addresses take the same work. */
  async ask(email: string): Promise<void> {
    const address = parseAddress(email);
    if (address.ok) await insertResetWish(this.db, address.value.canonical);
  }

  /**
   * Answers what is due: makes a token and has `deliver` bring it. What could not be delivered is tried again with
   * another token.
   */
  async work(deliver: (letter: ResetLetter) => Promise<void>): Promise<void> {
    const failures: unknown[] = [];
    for (const wish of await claimDueResets(this.db, CLAIM_MAX, RETRY_SECONDS)) {
      const user = await findUserByEmail(this.db, wish.email);
      if (!user) await deleteReset(this.db, wish.id);
      else await this.answer(wish, user, deliver).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }

  /**
   * A link's token for an operator to hand over.
   * @returns null for an address that nobody signs in with
   */
  async makeToken(email: string): Promise<{ token: string; minutes: number } | null> {
    const address = parseAddress(email);
    const user = address.ok ? await findUserByEmail(this.db, address.value.canonical) : undefined;
    if (!user) return null;
    const token = randomToken();
    await this.db.transaction(async (tx) => {
      const hash = hashToken(token);
      await insertResetToken(tx, { email: user.email, userId: user.id, hash, minutes: OPERATOR_MINUTES });
      const actor = { type: 'system' as const, name: 'operator' };
      await audit(tx, { workspaceId: null, actor }, 'user.reset-link-made', `user:${user.id}`, null, null);
    });
    return { token, minutes: OPERATOR_MINUTES };
  }

  /**
   * Sets the password by a link, once; ends every session of the person and every other link.
   * @returns the person's address
   * @throws DomainError RESET_LINK_INVALID, PASSWORD_TOO_WEAK
   */
  async reset({ token, password }: z.output<typeof ResetPasswordBody>): Promise<string> {
    const tokenHash = hashToken(token);
    // Asked before the costly hash, so that guesses stay cheap to refuse.
    const user = await findResetUser(this.db, tokenHash);
    if (!user) throw linkInvalid();
    requireStrongPassword('password', password, user.email);
    const passwordHash = await hashPassword(password);
    await this.db.transaction(async (tx) => {
      if (!(await findResetUser(tx, tokenHash, true))) throw linkInvalid();
      await deleteResetsOf(tx, user);
      await updatePassword(tx, user.id, passwordHash);
      await deleteSessionsOf(tx, user.id);
      const actor = { type: 'user' as const, ...user, sessionHash: Buffer.alloc(0) };
      await audit(tx, { workspaceId: null, actor }, 'user.password-reset', `user:${user.id}`, null, null);
    });
    return user.email;
  }

  private async answer(
    { id, attempts }: DueReset,
    user: UserSecrets,
    deliver: (letter: ResetLetter) => Promise<void>,
  ): Promise<void> {
    const token = randomToken();
    await putResetToken(this.db, id, { userId: user.id, hash: hashToken(token), minutes: RESET_MINUTES });
    const page = { after: null, limit: WORKSPACES_MAX, q: null };
    const workspaces = await listMemberWorkspaces(this.db, user.id, page);
    const owned = workspaces.filter(({ role }) => role === 'owner');
    const workspaceIds = [...new Set([...owned, ...workspaces].map((each) => each.id))];
    try {
      await deliver({ email: user.email, locale: user.locale, token, workspaceIds });
      await endResetWish(this.db, id);
    } catch (error) {
      if (attempts >= ATTEMPTS_MAX) await deleteReset(this.db, id);
      throw error;
    }
  }
}

function linkInvalid(): DomainError {
  return new DomainError('RESET_LINK_INVALID', 'This link was used already, or is too old.', {
    help: 'Ask for a new one on the sign-in page.',
    property: 'token',
  });
}
