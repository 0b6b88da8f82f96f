import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError, notFound } from '#contracts';
import type { Field, FieldBody, FieldUsage, UpdateFieldBody } from '#contracts';
import { Database } from '#platform/database';
import { audit } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { findFieldUsage } from './field-usage.js';
import { FIELDS_MAX, deleteField, findField, findFields, insertField, relabelField } from './field.repository.js';
import type { FieldRow } from './field.repository.js';

/** Custom fields of a workspace. Key and type never change: templates, segments and imports name them. */
@Injectable()
export class FieldsService {
  constructor(@Inject(Database) private readonly db: Database) {}

  async list(ctx: RequestContext): Promise<Array<z.infer<typeof Field>>> {
    return (await findFields(this.db, ctx.workspaceId)).map(toField);
  }

  /** @throws DomainError ALREADY_EXISTS for a taken key, IN_USE at the limit of fields */
  async create(ctx: RequestContext, body: z.infer<typeof FieldBody>): Promise<z.infer<typeof Field>> {
    return this.db.transaction(async (tx) => {
      if ((await findFields(tx, ctx.workspaceId)).length >= FIELDS_MAX) {
        throw new DomainError('IN_USE', `A workspace has at most ${FIELDS_MAX} fields.`, {
          help: 'Delete a field nobody uses any more.',
        });
      }
      const row = await insertField(tx, ctx.workspaceId, body);
      if (!row) throw new DomainError('ALREADY_EXISTS', `There is a field ${body.key} already.`, { property: 'key' });
      await audit(tx, ctx, 'field.created', `field:${row.id}`, null, body);
      return toField(row);
    });
  }

  /** What names each field that is named somewhere. */
  usage(ctx: RequestContext): Promise<z.infer<typeof FieldUsage>[]> {
    return findFieldUsage(this.db, ctx.workspaceId);
  }

  async relabel(
    ctx: RequestContext,
    id: string,
    body: z.infer<typeof UpdateFieldBody>,
  ): Promise<z.infer<typeof Field>> {
    return this.db.transaction(async (tx) => {
      const before = await findField(tx, ctx.workspaceId, id);
      const row = await relabelField(tx, ctx.workspaceId, id, body);
      if (!before || !row) throw notFound('field', id);
      await audit(tx, ctx, 'field.changed', `field:${id}`, toField(before), toField(row));
      return toField(row);
    });
  }

  /** Deletes the field with every contact's value in it. */
  async remove(ctx: RequestContext, id: string): Promise<void> {
    await this.db.transaction(
      async (tx) => {
        const field = await findField(tx, ctx.workspaceId, id);
        if (!field) throw notFound('field', id);
        await deleteField(tx, ctx.workspaceId, field);
        await audit(tx, ctx, 'field.removed', `field:${id}`, { key: field.key, type: field.type }, null);
      },
      { timeoutMs: 300_000 },
    );
  }
}

function toField(row: FieldRow): z.infer<typeof Field> {
  return { ...row, createdAt: row.createdAt.toISOString() };
}
