import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError, notFound } from '#contracts';
import type { Page, PageQuery, Tag } from '#contracts';
import { Database, decodeCursor, toPage } from '#platform/database';
import { audit } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { containsPattern } from './contains-pattern.js';
import { countTags, deleteTag, findTag, findTags, insertTag, renameTag } from './tag.repository.js';

const LONG = { timeoutMs: 300_000 };

/** Tags of a workspace: names that contacts carry. A contact may bring a new one; this is the list of all. */
@Injectable()
export class TagsService {
  constructor(@Inject(Database) private readonly db: Database) {}

  async list(ctx: RequestContext, query: PageQuery): Promise<Page<z.infer<typeof Tag>>> {
    const after = decodeCursor(query.cursor, 1);
    const q = containsPattern(query.q);
    const rows = await findTags(this.db, ctx.workspaceId, {
      after: after ? String(after[0]) : null,
      limit: query.limit,
      q,
    });
    const page: Page<z.infer<typeof Tag>> = toPage(
      rows,
      query.limit,
      (row) => [row.name],
      (row) => row,
    );
    if (query.count) page.total = (await countTags(this.db, ctx.workspaceId, q))?.n ?? 0;
    return page;
  }

  /** @throws DomainError ALREADY_EXISTS */
  async create(ctx: RequestContext, name: string): Promise<z.infer<typeof Tag>> {
    const row = await insertTag(this.db, ctx.workspaceId, name);
    if (!row) throw taken(name);
    await audit(this.db, ctx, 'tag.created', `tag:${row.id}`, null, { name });
    return { id: row.id, name, contacts: 0 };
  }

  /** @throws DomainError ALREADY_EXISTS */
  async rename(ctx: RequestContext, id: string, name: string): Promise<z.infer<typeof Tag>> {
    return this.db.transaction(async (tx) => {
      const tag = await findTag(tx, ctx.workspaceId, id);
      if (!tag) throw notFound('tag', id);
      if (!(await renameTag(tx, ctx.workspaceId, tag, name))) throw taken(name);
      await audit(tx, ctx, 'tag.renamed', `tag:${id}`, { name: tag.name }, { name });
      return { ...tag, name };
    }, LONG);
  }

  async remove(ctx: RequestContext, id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const tag = await findTag(tx, ctx.workspaceId, id);
      if (!tag) throw notFound('tag', id);
      await deleteTag(tx, ctx.workspaceId, tag);
      await audit(tx, ctx, 'tag.removed', `tag:${id}`, { name: tag.name }, null);
    }, LONG);
  }
}

function taken(name: string): DomainError {
  return new DomainError('ALREADY_EXISTS', `There is a tag ${name} already.`, { property: 'name' });
}
