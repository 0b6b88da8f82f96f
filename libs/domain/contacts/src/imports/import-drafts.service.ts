import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError, notFound } from '#contracts';
import type { ImportCheckBody, ImportFormatQuery, ImportPreview, ImportStartBody } from '#contracts';
import { Database } from '#platform/database';
import { JobQueue } from '#platform/queue';
import { actorLabel } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { findFields } from '../field.repository.js';
import { findListRefs } from '../list.repository.js';
import { dropFile, openFile } from './file-store.js';
import type { StoredFile } from './file-store.js';
import { addImport, auditStart } from './import-entry.js';
import { findImport, findRememberedMapping, requestCheck, startChecked } from './import.repository.js';
import type { ImportPlan, ImportRow } from './import.repository.js';
import { toView } from './import-view.js';
import type { ImportView } from './import-view.js';
import { DRAFT_RULES, headerKey, planImport, previewImport, readBeginning, rulesOf } from './plan-import.js';
import { dropStaging } from './staging.js';

/** Imports that a person prepares: a stored file is previewed, checked, and only then started. */
@Injectable()
export class ImportDraftsService {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(JobQueue) private readonly queue: JobQueue,
  ) {}

  /** @throws DomainError IMPORT_FILE_INVALID when nothing in it can be read; the file is gone then */
  async create(ctx: RequestContext, file: StoredFile, fileName: string): Promise<ImportView> {
    try {
      const beginning = await readBeginning(await openFile(this.db, file.id), {});
      const { format, header } = beginning;
      const id = await addImport(this.db, {
        ...{ workspaceId: ctx.workspaceId, listId: null, fileName, fileId: file.id, bytes: file.bytes },
        plan: { format, header: header && [], mapping: [], ...DRAFT_RULES },
        ...{ createdBy: actorLabel(ctx.actor), status: 'draft', headerKey: null },
      });
      return toView(await this.find(ctx, id));
    } catch (error) {
      await dropFile(this.db, file.id).catch(() => undefined);
      throw error;
    }
  }

  /** What the beginning of the file tells, read as it was told or found out. */
  async preview(ctx: RequestContext, id: string, format: ImportFormatQuery): Promise<z.infer<typeof ImportPreview>> {
    const row = await this.findDraft(ctx, id);
    const beginning = await readBeginning(await openFile(this.db, row.fileId), format);
    const key = headerKey(beginning);
    const remembered = key === null ? undefined : await findRememberedMapping(this.db, ctx.workspaceId, key);
    return previewImport(beginning, await findFields(this.db, ctx.workspaceId), remembered);
  }

  /**
   * Lets the file be read and compared in the background. Asked again with the same columns, only the comparison is made
   * anew.
   * @throws DomainError IMPORT_NOT_DRAFT; what {@link planImport} throws
   */
  async check(ctx: RequestContext, id: string, body: ImportCheckBody): Promise<ImportView> {
    const row = await this.findDraft(ctx, id);
    const listId = body.listId ?? null;
    if (listId) await this.requireList(ctx, listId);
    const beginning = await readBeginning(await openFile(this.db, row.fileId), body);
    const fence = await this.db.transaction(async (tx) => {
      const plan = { ...planImport(beginning, body, await findFields(tx, ctx.workspaceId)), ...DRAFT_RULES };
      const asked = await requestCheck(tx, id, { plan, listId, headerKey: headerKey(beginning) });
      if (asked === undefined) throw notDraft();
      if (!readsAlike(plan, row.plan)) await dropStaging(tx, id);
      return asked;
    });
    return this.run(ctx, id, fence);
  }

  /** @throws DomainError IMPORT_NOT_CHECKED before the check has come to its end */
  async start(ctx: RequestContext, id: string, { listId, ...rules }: ImportStartBody): Promise<ImportView> {
    const row = await this.find(ctx, id);
    await this.requireList(ctx, listId);
    const plan = { ...row.plan, ...rulesOf(rules) };
    const fence = await this.db.transaction(async (tx) => {
      const started = await startChecked(tx, id, listId, plan);
      if (started === undefined) {
        throw new DomainError('IMPORT_NOT_CHECKED', 'Only an import that has been checked can be started.', {
          help: 'Check it, and start it when its status is checked.',
        });
      }
      await auditStart(tx, ctx, { id, listId, fileName: row.fileName, plan });
      return started;
    });
    return this.run(ctx, id, fence);
  }

  /** Queues what was asked for under a name of its own: a job of before may be about to end. */
  private async run(ctx: RequestContext, id: string, fence: number): Promise<ImportView> {
    await this.queue.add('import.run', { importId: id }, { dedupe: `${id}.${fence}` });
    return toView(await this.find(ctx, id));
  }

  private async requireList(ctx: RequestContext, listId: string): Promise<void> {
    if ((await findListRefs(this.db, ctx.workspaceId, [listId])).length === 0) throw notFound('list', listId);
  }

  private async findDraft(ctx: RequestContext, id: string): Promise<ImportRow> {
    const row = await this.find(ctx, id);
    if (!['draft', 'checking', 'checked'].includes(row.status)) throw notDraft();
    return row;
  }

  private async find(ctx: RequestContext, id: string): Promise<ImportRow> {
    const row = await findImport(this.db, ctx.workspaceId, id);
    if (!row) throw notFound('import', id);
    return row;
  }
}

/** True when two plans stage the same rows. */
function readsAlike(one: ImportPlan, other: ImportPlan): boolean {
  const read = ({ format, header, mapping }: ImportPlan) =>
    JSON.stringify([Object.entries(format).sort(), header, mapping]);
  return read(one) === read(other);
}

function notDraft(): DomainError {
  return new DomainError('IMPORT_NOT_DRAFT', 'The import has been started, or has ended.', {
    help: 'Upload the file again to import it in another way.',
  });
}
