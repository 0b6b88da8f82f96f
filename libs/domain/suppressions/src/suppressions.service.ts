import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError, invalid, notFound } from '#contracts';
import type { Page, Suppression, SuppressionBody, SuppressionImport, SuppressionQuery } from '#contracts';
import { Database, toPage } from '#platform/database';
import { containsPattern, decodeIdCursor, markAddressStatuses } from '#domain/contacts';
import { audit } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { exportSuppressions } from './export-suppressions.js';
import { importSuppressions } from './import-suppressions.js';
import { parseEntry } from './parse-entry.js';
import {
  countSuppressions,
  deleteSuppression,
  findSuppression,
  findSuppressions,
  insertLift,
} from './suppression.repository.js';
import type { SuppressionFilter, SuppressionRow } from './suppression.repository.js';
import { suppress } from './suppress.js';

type View = z.infer<typeof Suppression>;

/** Addresses that may not be mailed, whoever asks for it. */
@Injectable()
export class SuppressionsService {
  constructor(@Inject(Database) private readonly db: Database) {}

  async list(ctx: RequestContext, query: z.infer<typeof SuppressionQuery>): Promise<Page<View>> {
    const filter = filterOf(query);
    const before = decodeIdCursor(query.cursor);
    const rows = await findSuppressions(this.db, ctx.workspaceId, filter, { before, limit: query.limit });
    const page: Page<View> = toPage(rows, query.limit, (row) => [row.id], toView);
    if (query.count) page.total = await countSuppressions(this.db, ctx.workspaceId, filter);
    return page;
  }

  /**
   * Adds an address or `@domain`, or strengthens the reason it is there for.
   * @throws DomainError ADDRESS_INVALID at `address`, with the code of the address parser; VALIDATION_FAILED at
   * `expiresAt` for a time that is over
   */
  async add(ctx: RequestContext, body: z.infer<typeof SuppressionBody>): Promise<View> {
    const parsed = parseEntry(body.address);
    if (!parsed.ok) {
      throw new DomainError('ADDRESS_INVALID', parsed.message, {
        property: 'address',
        errors: [{ property: 'address', code: parsed.code, message: parsed.message }],
      });
    }
    const { canonical } = parsed;
    const expiresAt = body.expiresAt ? new Date(body.expiresAt) : null;
    if (expiresAt && expiresAt.getTime() <= Date.now()) {
      throw invalid('expiresAt', 'IN_THE_PAST', 'This time is over. Choose a later one, or none.');
    }
    return this.db.transaction(async (tx) => {
      const { workspaceId } = ctx;
      const isNew = await suppress(tx, { workspaceId, canonical, reason: body.reason, note: body.note, expiresAt });
      const row = await findSuppression(tx, workspaceId, { canonical });
      if (!row) throw new Error('the suppression was not stored');
      const { reason, note } = row;
      await audit(tx, ctx, 'suppression.added', `suppression:${row.id}`, null, { isNew, reason, note });
      return toView(row);
    });
  }

  /** Lifts a suppression: it may be mailed again, its contact is active, and its earlier bounces count no more. */
  async remove(ctx: RequestContext, id: string, note = ''): Promise<void> {
    await this.db.transaction(async (tx) => {
      const row = await findSuppression(tx, ctx.workspaceId, { id });
      if (!row || (await deleteSuppression(tx, ctx.workspaceId, id)) === 0) throw notFound('suppression', id);
      await insertLift(tx, ctx.workspaceId, row.address);
      await markAddressStatuses(tx, ctx.workspaceId, [row.address]);
      const { reason, note: noted, detail, inboundMessageId } = row;
      const before = { reason, note: noted, detail, inboundMessageId };
      await audit(tx, ctx, 'suppression.removed', `suppression:${id}`, before, { note });
    });
  }

  /** @param note stands with each address that has none in the file */
  async import(
    ctx: RequestContext,
    source: AsyncIterable<Buffer>,
    note: string,
  ): Promise<z.infer<typeof SuppressionImport>> {
    const result = await importSuppressions(this.db, ctx.workspaceId, source, note);
    const { errors: _, ...counts } = result;
    await audit(this.db, ctx, 'suppressions.imported', `workspace:${ctx.workspaceId}`, null, { ...counts, note });
    return result;
  }

  /** The list as CSV. Who takes it home stands in the audit. */
  async *export(
    ctx: RequestContext,
    query: Pick<z.infer<typeof SuppressionQuery>, 'q' | 'reason'>,
  ): AsyncGenerator<string> {
    await audit(this.db, ctx, 'suppressions.exported', 'suppressions', null, query);
    yield* exportSuppressions(this.db, ctx.workspaceId, filterOf(query));
  }
}

function filterOf({ q, reason }: Pick<z.infer<typeof SuppressionQuery>, 'q' | 'reason'>): SuppressionFilter {
  return { q: containsPattern(q), reason: reason ?? null };
}

function toView({ createdAt, expiresAt, ...row }: SuppressionRow): View {
  return { ...row, expiresAt: expiresAt?.toISOString() ?? null, createdAt: createdAt.toISOString() };
}
