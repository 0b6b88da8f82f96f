import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError, invalid, notFound } from '#contracts';
import type { Attachment } from '#contracts';
import { Database } from '#platform/database';
import type { Sql } from '#platform/database';
import { audit } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { readAttachment } from './attachment-file.js';

type View = z.output<typeof Attachment>;

/** Bound of files a workspace may keep. */
const ATTACHMENTS_MAX = 500;
const COLUMNS = 'id, name, content_type AS "contentType", octet_length(bytes) AS bytes';

/** Files that travel with campaigns: uploaded once, referred to by id. */
@Injectable()
export class AttachmentsService {
  constructor(@Inject(Database) private readonly db: Database) {}

  async get(ctx: RequestContext, id: string): Promise<View> {
    return this.find(this.db, ctx, id);
  }

  /** @throws DomainError TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, VALIDATION_FAILED at `file` */
  async add(ctx: RequestContext, name: string, bytes: Buffer): Promise<View> {
    const contentType = readAttachment(name, bytes);
    return this.db.transaction(async (tx) => {
      const kept = await tx.first<{ n: number }>('SELECT count(*)::int AS n FROM attachments WHERE workspace_id = $1', [
        ctx.workspaceId,
      ]);
      if ((kept?.n ?? 0) >= ATTACHMENTS_MAX) {
        throw invalid('file', 'TOO_MANY', `A workspace keeps at most ${ATTACHMENTS_MAX} files. Delete some first.`);
      }
      const row = await tx.first<View>(
        `INSERT INTO attachments (workspace_id, name, content_type, bytes) VALUES ($1, $2, $3, $4) RETURNING ${COLUMNS}`,
        [ctx.workspaceId, name, contentType, bytes],
      );
      await audit(tx, ctx, 'attachment.added', `attachment:${row!.id}`, null, row!);
      return row!;
    });
  }

  /** @throws DomainError IN_USE while a campaign that is not finished carries it */
  async remove(ctx: RequestContext, id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const before = await this.find(tx, ctx, id);
      const used = await tx.first<{ name: string }>(
        `SELECT name FROM campaigns
          WHERE workspace_id = $1 AND $2::bigint = ANY (attachments)
            AND status IN ('draft', 'scheduled', 'sending', 'paused') LIMIT 1`,
        [ctx.workspaceId, id],
      );
      if (used) {
        throw new DomainError('IN_USE', `The campaign ${used.name} carries this file.`, {
          help: 'Take it out of the campaign first, or wait until it has been sent.',
        });
      }
      await tx.run('DELETE FROM attachments WHERE workspace_id = $1 AND id = $2', [ctx.workspaceId, id]);
      await audit(tx, ctx, 'attachment.removed', `attachment:${id}`, before, null);
    });
  }

  private async find(sql: Sql, ctx: RequestContext, id: string): Promise<View> {
    const row = await sql.first<View>(`SELECT ${COLUMNS} FROM attachments WHERE workspace_id = $1 AND id = $2`, [
      ctx.workspaceId,
      id,
    ]);
    if (!row) throw notFound('attachment', id);
    return row;
  }
}
