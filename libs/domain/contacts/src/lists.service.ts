import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError, GROWTH_DAYS, notFound } from '#contracts';
import type {
  List,
  ListBody,
  ListGrowth,
  ListsGrowth,
  ListsGrowthQuery,
  Page,
  PageQuery,
  UpdateListBody,
} from '#contracts';
import { Database, isUniqueViolation, toPage } from '#platform/database';
import type { Sql } from '#platform/database';
import { audit } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { containsPattern } from './contains-pattern.js';
import {
  campaignsUsingList,
  countLists,
  deleteList,
  findGrowth,
  findList,
  findListIds,
  findLists,
  insertList,
  lockList,
  updateList,
} from './list.repository.js';
import type { ListRow } from './list.repository.js';
import { decodeIdCursor } from './page-key.js';
import { staleVersion } from './stale-version.js';

/** Lists: what a contact subscribes to. */
@Injectable()
export class ListsService {
  constructor(@Inject(Database) private readonly db: Database) {}

  async list(ctx: RequestContext, query: PageQuery): Promise<Page<z.infer<typeof List>>> {
    const before = decodeIdCursor(query.cursor);
    const q = containsPattern(query.q);
    const rows = await findLists(this.db, ctx.workspaceId, {
      before,
      limit: query.limit,
      q,
    });
    const page: Page<z.infer<typeof List>> = toPage(rows, query.limit, (row) => [row.id], toList);
    if (query.count) page.total = (await countLists(this.db, ctx.workspaceId, q))?.n ?? 0;
    return page;
  }

  async get(ctx: RequestContext, id: string): Promise<z.infer<typeof List>> {
    return toList(await this.find(this.db, ctx, id));
  }

  async growth(ctx: RequestContext, id: string): Promise<z.infer<typeof ListGrowth>> {
    await this.find(this.db, ctx, id);
    const rows = await findGrowth(this.db, ctx.workspaceId, [id], GROWTH_DAYS);
    return { days: rows.map(({ day, joined, left }) => ({ day, joined, left })) };
  }

  /** The same for a page of lists, as one number a day. */
  async growthOfPage(
    ctx: RequestContext,
    { cursor, limit, q }: z.infer<typeof ListsGrowthQuery>,
  ): Promise<z.infer<typeof ListsGrowth>> {
    const page = { before: decodeIdCursor(cursor), limit, q: containsPattern(q) };
    const ids = await findListIds(this.db, ctx.workspaceId, page);
    const changes = new Map<string, number[]>();
    for (const { list, joined, left } of await findGrowth(this.db, ctx.workspaceId, ids, GROWTH_DAYS)) {
      const known = changes.get(list) ?? [];
      if (known.length === 0) changes.set(list, known);
      known.push(joined - left);
    }
    return { items: [...changes].map(([list, change]) => ({ list, change })) };
  }

  /** @throws DomainError ALREADY_EXISTS for a taken name */
  async create(ctx: RequestContext, body: z.infer<typeof ListBody>): Promise<z.infer<typeof List>> {
    return this.db
      .transaction(async (tx) => {
        const row = await insertList(tx, ctx.workspaceId, body);
        if (!row) throw new Error('the list was not inserted');
        await audit(tx, ctx, 'list.created', `list:${row.id}`, null, body);
        return toList(await this.find(tx, ctx, row.id));
      })
      .catch(refuseTakenName(body.name));
  }

  /** @throws DomainError STALE_VERSION with `current`, ALREADY_EXISTS for a taken name */
  async update(
    ctx: RequestContext,
    id: string,
    { version, ...changes }: z.infer<typeof UpdateListBody>,
  ): Promise<z.infer<typeof List>> {
    return this.db
      .transaction(async (tx) => {
        const before = toList(await this.find(tx, ctx, id));
        const { name, description, optIn, public: isPublic } = { ...before, ...definedOnly(changes) };
        const after = { name, description, optIn, public: isPublic };
        if (!(await updateList(tx, ctx.workspaceId, id, version, after))) {
          throw staleVersion('list', toList(await this.find(tx, ctx, id)));
        }
        await audit(tx, ctx, 'list.changed', `list:${id}`, before, after);
        return toList(await this.find(tx, ctx, id));
      })
      .catch(refuseTakenName(changes.name ?? ''));
  }

  /** @throws DomainError IN_USE while a campaign on its way is sent to it or leaves out who is on it */
  async remove(ctx: RequestContext, id: string): Promise<void> {
    await this.db.transaction(
      async (tx) => {
        if (!(await lockList(tx, ctx.workspaceId, id))) throw notFound('list', id);
        const before = toList(await this.find(tx, ctx, id));
        const campaigns = await campaignsUsingList(tx, ctx.workspaceId, id);
        if (campaigns.length > 0) {
          throw new DomainError('IN_USE', `These campaigns use the list ${before.name}: ${campaigns.join(', ')}.`, {
            help: 'Wait until they have ended, or cancel them. Without the list it would change who gets them.',
          });
        }
        await deleteList(tx, ctx.workspaceId, id);
        await audit(tx, ctx, 'list.removed', `list:${id}`, before, null);
      },
      // A list of a million members takes its memberships with it.
      { timeoutMs: 300_000 },
    );
  }

  private async find(sql: Sql, ctx: RequestContext, id: string): Promise<ListRow> {
    const row = await findList(sql, ctx.workspaceId, id);
    if (!row) throw notFound('list', id);
    return row;
  }
}

function toList({ subscribed, pending, unsubscribed, createdAt, ...row }: ListRow): z.infer<typeof List> {
  return { ...row, counts: { subscribed, pending, unsubscribed }, createdAt: createdAt.toISOString() };
}

function definedOnly<T extends object>(changes: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as never;
}

function refuseTakenName(name: string) {
  return (error: unknown): never => {
    if (!isUniqueViolation(error)) throw error;
    throw new DomainError('ALREADY_EXISTS', `There is a list ${name} already.`, { property: 'name' });
  };
}
