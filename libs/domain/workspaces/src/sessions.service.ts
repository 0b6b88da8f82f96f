import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { DomainError, ROLE_PERMISSIONS, notFound } from '#contracts';
import { parseAddress } from '#engine/address';
import { hashToken, randomToken, verifyPassword } from '#platform/crypto';
import { Database } from '#platform/database';
import type { RequestContext } from './request-context.js';
import { deleteSession, findSession, insertSession, liveSessions, touchSession } from './session.repository.js';
import { findUserByEmail } from './user.repository.js';

/** A session ends after this many days, however often it is used. */
export const SESSION_DAYS = 30;

/** Signing in and out, and who a session cookie belongs to. Sessions live in the database; cookies name them. */
@Injectable()
export class SessionsService implements OnModuleInit {
  constructor(@Inject(Database) private readonly db: Database) {}

  /** Makes the hash that unknown addresses are compared with, so that the first of them takes no longer. */
  async onModuleInit(): Promise<void> {
    await verifyPassword(null, '');
  }

  /**
   * Checks address and password; an unknown address takes as long and answers the same as a wrong password.
   * @returns the token for the session cookie; every sign-in gets a new one
   * @throws DomainError LOGIN_FAILED
   */
  async signIn(email: string, password: string): Promise<string> {
    const address = parseAddress(email);
    const user = address.ok ? await findUserByEmail(this.db, address.value.canonical) : undefined;
    if (!(await verifyPassword(user?.password_hash ?? null, password)) || !user) {
      throw new DomainError('LOGIN_FAILED', 'The e-mail address or the password is wrong.');
    }
    return this.open(user.id, null);
  }

  /** Opens a session for a user who has just proved who they are. */
  async open(userId: string, workspaceId: string | null): Promise<string> {
    const token = randomToken();
    await insertSession(this.db, { tokenHash: hashToken(token), userId, workspaceId, days: SESSION_DAYS });
    return token;
  }

  /**
   * Who the cookie's token stands for; null when the session ended.
   * @param workspaceId the workspace the request names; null takes the one used last
   * @throws DomainError NOT_FOUND for a workspace the user is no member of
   */
  async authenticate(token: string, workspaceId: string | null): Promise<RequestContext | null> {
    const sessionHash = hashToken(token);
    const row = await findSession(this.db, sessionHash, workspaceId);
    if (!row) return null;
    if (!row.workspace_id || !row.role) throw notFound('workspace', workspaceId ?? 'of yours');
    if (row.stale) await touchSession(this.db, sessionHash, row.workspace_id);
    return {
      workspaceId: row.workspace_id,
      actor: { type: 'user', id: row.user_id, email: row.email, sessionHash },
      role: row.role,
      permissions: new Set(ROLE_PERMISSIONS[row.role]),
    };
  }

  /** Of the given session hashes those that may still act, in hex; for connections that outlive one request. */
  live(sessionHashes: Buffer[]): Promise<Set<string>> {
    return liveSessions(this.db, sessionHashes);
  }

  /** Ends the session of a cookie that is being replaced. */
  async end(token: string): Promise<void> {
    await deleteSession(this.db, hashToken(token));
  }

  async signOut(ctx: RequestContext): Promise<void> {
    if (ctx.actor.type === 'user') await deleteSession(this.db, ctx.actor.sessionHash);
  }
}
