import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError, SCOPE_PERMISSIONS, invalid, notFound } from '#contracts';
import type { ApiKey, CreateApiKeyBody, CreatedApiKey, Page, PageQuery } from '#contracts';
import { hashToken, randomToken } from '#platform/crypto';
import { Database, decodeIdCursor, toPage } from '#platform/database';
import {
  countApiKeys,
  findApiKeyByHash,
  insertApiKey,
  listApiKeys,
  revokeApiKey,
  touchApiKey,
} from './api-key.repository.js';
import type { ApiKeyRow } from './api-key.repository.js';
import { audit } from './audit.js';
import type { RequestContext } from './request-context.js';

/** Makes a key recognisable in logs and to secret scanners. */
const KEY_PREFIX = 'hy_';
const SHOWN_CHARACTERS = 9;

/** Keys for programs: shown once, stored as hashes, dead the moment they are revoked. */
@Injectable()
export class ApiKeysService {
  constructor(@Inject(Database) private readonly db: Database) {}

  async list(ctx: RequestContext, query: PageQuery): Promise<Page<z.output<typeof ApiKey>>> {
    const before = decodeIdCursor(query.cursor);
    const q = query.q || null;
    const rows = await listApiKeys(this.db, ctx.workspaceId, { before, limit: query.limit + 1, q });
    const page = toPage(rows, query.limit, (row) => [row.id], toView);
    return query.count ? { ...page, total: await countApiKeys(this.db, ctx.workspaceId, q) } : page;
  }

  /**
   * Makes a key; the answer is the only place where it stands in full.
   * @throws DomainError VALIDATION_FAILED for an expiry in the past, FORBIDDEN for a scope the maker lacks
   */
  async create(
    ctx: RequestContext,
    body: z.output<typeof CreateApiKeyBody>,
    now: Date,
  ): Promise<z.output<typeof CreatedApiKey>> {
    if (body.expiresAt && new Date(body.expiresAt) <= now) {
      throw invalid('expiresAt', 'IN_THE_PAST', 'The key would be expired at once.');
    }
    const scopes = [...new Set(body.scopes)];
    const missing = scopes.flatMap((scope) => SCOPE_PERMISSIONS[scope]).find((one) => !ctx.permissions.has(one));
    if (missing) throw new DomainError('FORBIDDEN', 'A key can’t do more than the one who makes it.');
    const key = KEY_PREFIX + randomToken();
    return this.db.transaction(async (tx) => {
      const row = await insertApiKey(tx, {
        workspaceId: ctx.workspaceId,
        name: body.name,
        hash: hashToken(key),
        prefix: key.slice(0, SHOWN_CHARACTERS),
        scopes,
        createdBy: ctx.actor.type === 'user' ? ctx.actor.id : null,
        expiresAt: body.expiresAt ?? null,
      });
      await audit(tx, ctx, 'api-key.created', `api-key:${row.id}`, null, toView(row));
      return { ...toView(row), key };
    });
  }

  /** @throws DomainError NOT_FOUND also when it is revoked already, or another workspace's */
  async revoke(ctx: RequestContext, id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const row = await revokeApiKey(tx, ctx.workspaceId, id);
      if (!row) throw notFound('API key', id);
      await audit(tx, ctx, 'api-key.revoked', `api-key:${id}`, toView(row), null);
    });
  }

  /** Who a bearer token stands for; null when it is unknown, revoked or expired. */
  async authenticate(key: string): Promise<RequestContext | null> {
    if (!key.startsWith(KEY_PREFIX)) return null;
    const row = await findApiKeyByHash(this.db, hashToken(key));
    if (!row) return null;
    if (row.stale) await touchApiKey(this.db, row.id);
    return {
      workspaceId: row.workspace_id,
      actor: { type: 'key', id: row.id, name: row.name },
      role: null,
      permissions: new Set(row.scopes.flatMap((scope) => SCOPE_PERMISSIONS[scope])),
    };
  }
}

function toView(row: ApiKeyRow): z.output<typeof ApiKey> {
  return {
    id: row.id,
    name: row.name,
    scopes: row.scopes,
    prefix: row.prefix,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    expiresAt: row.expires_at?.toISOString() ?? null,
  };
}
