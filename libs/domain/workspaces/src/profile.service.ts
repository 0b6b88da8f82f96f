import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError, invalid } from '#contracts';
import type { ChangePasswordBody, Me, UpdateMeBody } from '#contracts';
import { hashPassword, verifyPassword } from '#platform/crypto';
import { Database } from '#platform/database';
import { audit } from './audit.js';
import { requireStrongPassword } from './password-rule.js';
import type { RequestContext } from './request-context.js';
import { deleteOtherSessions } from './session.repository.js';
import { findUser, updatePassword, updateUser } from './user.repository.js';
import type { UserSecrets } from './user.repository.js';
import { listMemberWorkspaces } from './workspace.repository.js';

/** More workspaces than a person switches between; the list route pages through all. */
const WORKSPACES_IN_ME = 200;

/** The signed-in person's own profile. */
@Injectable()
export class ProfileService {
  constructor(@Inject(Database) private readonly db: Database) {}

  async me(ctx: RequestContext): Promise<z.output<typeof Me>> {
    return this.describe((await this.user(ctx)).id, ctx.workspaceId);
  }

  /** The same for somebody who has just set up or signed in. */
  async describe(userId: string, currentWorkspaceId: string | null): Promise<z.output<typeof Me>> {
    const user = await findUser(this.db, userId);
    if (!user) throw new DomainError('NOT_AUTHENTICATED', 'The account is gone.');
    const rows = await listMemberWorkspaces(this.db, userId, { after: null, limit: WORKSPACES_IN_ME, q: null });
    const { id, email, name, locale, timezone } = user;
    return {
      user: { id, email, name, locale, timezone },
      workspaces: rows.map((row) => ({ id: row.id, name: row.name, demo: row.demo, role: row.role })),
      currentWorkspaceId: currentWorkspaceId ?? rows[0]?.id ?? '',
    };
  }

  async update(ctx: RequestContext, change: z.output<typeof UpdateMeBody>): Promise<z.output<typeof Me>> {
    const { id, name, locale, timezone } = await this.user(ctx);
    await this.db.transaction(async (tx) => {
      await updateUser(tx, id, change);
      await audit(tx, ctx, 'user.changed', `user:${id}`, { name, locale, timezone }, change);
    });
    return this.describe(id, ctx.workspaceId);
  }

  /**
   * Changes the password and ends every other session of the user.
   * @throws DomainError VALIDATION_FAILED on currentPassword, PASSWORD_TOO_WEAK
   */
  async changePassword(ctx: RequestContext, body: z.output<typeof ChangePasswordBody>): Promise<void> {
    const user = await this.user(ctx);
    if (!(await verifyPassword(user.password_hash, body.currentPassword))) {
      throw invalid('currentPassword', 'WRONG_PASSWORD', 'The current password is wrong.');
    }
    requireStrongPassword('newPassword', body.newPassword, user.email);
    const passwordHash = await hashPassword(body.newPassword);
    await this.db.transaction(async (tx) => {
      await updatePassword(tx, user.id, passwordHash);
      if (ctx.actor.type === 'user') await deleteOtherSessions(tx, user.id, ctx.actor.sessionHash);
      await audit(tx, ctx, 'user.password-changed', `user:${user.id}`, null, null);
    });
  }

  private async user(ctx: RequestContext): Promise<UserSecrets> {
    const user = ctx.actor.type === 'user' ? await findUser(this.db, ctx.actor.id) : undefined;
    if (!user) throw new DomainError('FORBIDDEN', 'Only a signed-in person has a profile; an API key has none.');
    return user;
  }
}
