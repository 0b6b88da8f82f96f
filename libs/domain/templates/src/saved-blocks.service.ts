import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError, invalid, notFound } from '#contracts';
import type {
  Page,
  SavedBlock,
  SavedBlockBody,
  SavedBlockQuery,
  SavedBlockUse,
  UpdateSavedBlockBody,
} from '#contracts';
import { Database, toPage } from '#platform/database';
import type { Sql } from '#platform/database';
import { containsPattern, decodeIdCursor } from '#domain/contacts';
import { audit } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';

type View = z.output<typeof SavedBlock>;
interface Row {
  id: string;
  version: number;
  name: string;
  content: View['content'];
  createdAt: Date;
  updatedAt: Date;
}

/** Bound of saved blocks a workspace may keep. */
const SAVED_MAX = 500;
/** Places shown where one is used. */
const USES_MAX = 50;
const COLUMNS = 'id, version, name, content, created_at AS "createdAt", updated_at AS "updatedAt"';
/** Blocks of a document that refer to `$2`. */
const REFERS = `jsonb_path_exists(content, '$.document.sections[*].columns[*].blocks[*] ? (@.type == "reusable" && @.ref == $ref)', jsonb_build_object('ref', $2::text))`;

/** Blocks and sections to use again: copied, or referred to, so that a change here is a change everywhere. */
@Injectable()
export class SavedBlocksService {
  constructor(@Inject(Database) private readonly db: Database) {}

  async list(ctx: RequestContext, query: z.output<typeof SavedBlockQuery>): Promise<Page<View>> {
    const rows = await this.db.rows<Row>(
      `SELECT ${COLUMNS} FROM saved_blocks
        WHERE workspace_id = $1 AND ($2::bigint IS NULL OR id < $2) AND ($4::text IS NULL OR name ILIKE $4)
        ORDER BY id DESC LIMIT $3`,
      [ctx.workspaceId, decodeIdCursor(query.cursor), query.limit + 1, containsPattern(query.q)],
    );
    return toPage(rows, query.limit, (row) => [row.id], toView);
  }

  async get(ctx: RequestContext, id: string): Promise<View> {
    return toView(await find(this.db, ctx, id));
  }

  async create(ctx: RequestContext, { name, content }: z.output<typeof SavedBlockBody>): Promise<View> {
    return this.db.transaction(async (tx) => {
      const kept = await tx.first<{ n: number }>(
        'SELECT count(*)::int AS n FROM saved_blocks WHERE workspace_id = $1',
        [ctx.workspaceId],
      );
      if ((kept?.n ?? 0) >= SAVED_MAX) {
        throw invalid('name', 'TOO_MANY', `A workspace keeps at most ${SAVED_MAX} saved blocks. Delete some first.`);
      }
      const row = await tx.first<Row>(
        `INSERT INTO saved_blocks (workspace_id, name, content) VALUES ($1, $2, $3) RETURNING ${COLUMNS}`,
        [ctx.workspaceId, name, JSON.stringify(content)],
      );
      await audit(tx, ctx, 'saved_block.created', `saved_block:${row!.id}`, null, { name });
      return toView(row!);
    });
  }

  /** Changes it wherever it is referred to and not yet being sent. @throws DomainError STALE_VERSION */
  async update(ctx: RequestContext, id: string, body: z.output<typeof UpdateSavedBlockBody>): Promise<View> {
    return this.db.transaction(async (tx) => {
      const before = await find(tx, ctx, id);
      const { version, name = before.name, content = before.content } = body;
      const row = await tx.first<Row>(
        `UPDATE saved_blocks SET name = $4, content = $5, version = version + 1, updated_at = now()
         WHERE workspace_id = $1 AND id = $2 AND version = $3 RETURNING ${COLUMNS}`,
        [ctx.workspaceId, id, version, name, JSON.stringify(content)],
      );
      if (!row) {
        throw new DomainError('STALE_VERSION', 'Somebody has changed this saved block since you read it.', {
          help: 'Look at the present state and apply your change to it.',
          extra: { current: toView(before) },
        });
      }
      await audit(tx, ctx, 'saved_block.changed', `saved_block:${id}`, { name: before.name }, { name });
      return toView(row);
    });
  }

  /** Templates, and campaigns that are not sent yet, which refer to it. */
  async uses(ctx: RequestContext, id: string): Promise<z.output<typeof SavedBlockUse>[]> {
    await find(this.db, ctx, id);
    return usesOf(this.db, ctx, id);
  }

  /** @throws DomainError IN_USE while something refers to it, naming what */
  async remove(ctx: RequestContext, id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const { name } = await find(tx, ctx, id);
      const uses = await usesOf(tx, ctx, id);
      if (uses.length > 0) {
        throw new DomainError('IN_USE', `The saved block is used in ${uses.map((use) => use.name).join(', ')}.`, {
          help: 'Replace it there by a copy, or take it out, and delete it then.',
          extra: { uses },
        });
      }
      await tx.run('DELETE FROM saved_blocks WHERE workspace_id = $1 AND id = $2', [ctx.workspaceId, id]);
      await audit(tx, ctx, 'saved_block.deleted', `saved_block:${id}`, { name }, null);
    });
  }
}

function usesOf(sql: Sql, ctx: RequestContext, id: string): Promise<z.output<typeof SavedBlockUse>[]> {
  return sql.rows(
    `(SELECT 'template' AS kind, id, name FROM templates WHERE workspace_id = $1 AND ${REFERS} ORDER BY id LIMIT ${USES_MAX})
     UNION ALL
     (SELECT 'campaign', id, name FROM campaigns
       WHERE workspace_id = $1 AND status IN ('draft', 'scheduled') AND ${REFERS} ORDER BY id LIMIT ${USES_MAX})`,
    [ctx.workspaceId, id],
  );
}

async function find(sql: Sql, ctx: RequestContext, id: string): Promise<Row> {
  const row = await sql.first<Row>(`SELECT ${COLUMNS} FROM saved_blocks WHERE workspace_id = $1 AND id = $2`, [
    ctx.workspaceId,
    id,
  ]);
  if (!row) throw notFound('saved block', id);
  return row;
}

function toView({ createdAt, updatedAt, ...row }: Row): View {
  return { ...row, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}
