import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError, notFound } from '#contracts';
import type { Page, Suppression, SuppressionBody, SuppressionQuery } from '#contracts';
import { parseAddress } from '#engine/address';
import { Database, toPage } from '#platform/database';
import { containsPattern, decodeIdCursor, markAddressStatus } from '#domain/contacts';
import { audit } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { countSuppressions, deleteSuppression, findSuppression, findSuppressions } from './suppression.repository.js';
import type { SuppressionRow } from './suppression.repository.js';
import { suppress } from './suppress.js';

type View = z.infer<typeof Suppression>;

/** Addresses that may not be mailed, whoever asks for it. */
@Injectable()
export class SuppressionsService {
  constructor(@Inject(Database) private readonly db: Database) {}

  async list(ctx: RequestContext, query: z.infer<typeof SuppressionQuery>): Promise<Page<View>> {
    const filter = { q: containsPattern(query.q), reason: query.reason ?? null };
    const before = decodeIdCursor(query.cursor);
    const rows = await findSuppressions(this.db, ctx.workspaceId, filter, { before, limit: query.limit });
    const page: Page<View> = toPage(rows, query.limit, (row) => [row.id], toView);
    if (query.count) page.total = await countSuppressions(this.db, ctx.workspaceId, filter);
    return page;
  }

  /**
   * Adds an address, or strengthens the reason it is there for.
   * @throws DomainError ADDRESS_INVALID at `address`, with the code of the address parser
   */
  async add(ctx: RequestContext, body: z.infer<typeof SuppressionBody>): Promise<View> {
    const parsed = parseAddress(body.address);
    if (!parsed.ok) {
      throw new DomainError('ADDRESS_INVALID', parsed.message, {
        property: 'address',
        errors: [{ property: 'address', code: parsed.code, message: parsed.message }],
      });
    }
    const { canonical } = parsed.value;
    return this.db.transaction(async (tx) => {
      const { workspaceId } = ctx;
      const isNew = await suppress(tx, { workspaceId, canonical, reason: body.reason, note: body.note });
      const row = await findSuppression(tx, workspaceId, { canonical });
      if (!row) throw new Error('the suppression was not stored');
      const { reason, note } = row;
      await audit(tx, ctx, 'suppression.added', `suppression:${row.id}`, null, { isNew, reason, note });
      return toView(row);
    });
  }

  /** Lifts a suppression: the address may be mailed again, and its contact is active. */
  async remove(ctx: RequestContext, id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const row = await findSuppression(tx, ctx.workspaceId, { id });
      if (!row || (await deleteSuppression(tx, ctx.workspaceId, id)) === 0) throw notFound('suppression', id);
      await markAddressStatus(tx, ctx.workspaceId, row.address, 'active');
      await audit(tx, ctx, 'suppression.removed', `suppression:${id}`, { reason: row.reason, note: row.note }, null);
    });
  }
}

function toView({ createdAt, expiresAt, ...row }: SuppressionRow): View {
  return { ...row, expiresAt: expiresAt?.toISOString() ?? null, createdAt: createdAt.toISOString() };
}
