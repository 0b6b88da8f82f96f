import { Inject, Injectable } from '@nestjs/common';
import { DomainError, notFound } from '#contracts';
import type { ImportOptions, ImportStatus, Page, PageQuery } from '#contracts';
import { Database, toPage } from '#platform/database';
import { JobQueue } from '#platform/queue';
import { actorLabel, audit } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { containsPattern } from '../contains-pattern.js';
import { findFields } from '../field.repository.js';
import { findListRefs } from '../list.repository.js';
import { decodeIdCursor } from '../page-key.js';
import { writeErrorFile } from './error-file.js';
import { dropFile, openFile, storeFile } from './file-store.js';
import type { StoredFile } from './file-store.js';
import {
  countImportErrors,
  countImports,
  endImport,
  findImport,
  findImports,
  findReaderLocale,
  findRecentImports,
  keepUndo,
  releaseHeldImport,
} from './import.repository.js';
import type { ImportRow } from './import.repository.js';
import { addImport, auditStart } from './import-entry.js';
import { toView } from './import-view.js';
import type { ImportView } from './import-view.js';
import { headerKey, planImport, readBeginning, rulesOf } from './plan-import.js';
import { dropStaging } from './staging.js';
import { undoImport } from './undo-import.js';

interface Upload {
  file: StoredFile;
  fileName: string;
  options: ImportOptions;
}

const CANCELLABLE: readonly ImportStatus[] = ['draft', 'checking', 'checked', 'queued', 'running'];

/** Imports of contacts from files: start, watch, cancel, undo. The work itself is `runImport`. */
@Injectable()
export class ImportsService {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(JobQueue) private readonly queue: JobQueue,
  ) {}

  /** Refuses early what `start` would refuse after the upload. */
  async requireList(ctx: RequestContext, listId: string): Promise<void> {
    if ((await findListRefs(this.db, ctx.workspaceId, [listId])).length === 0) throw notFound('list', listId);
  }

  /** Stores an upload as it arrives; pass it to `start` or `discard`. */
  store(source: AsyncIterable<Buffer>): Promise<StoredFile> {
    return storeFile(this.db, source);
  }

  discard(file: StoredFile): Promise<number> {
    return dropFile(this.db, file.id);
  }

  /** @throws DomainError as {@link planImport}; NOT_FOUND for the list. The file is gone then. */
  async start(ctx: RequestContext, listId: string, upload: Upload): Promise<ImportView> {
    const importId = await this.enter(ctx, listId, upload).catch(async (error: unknown) => {
      await this.discard(upload.file).catch(() => undefined);
      throw error;
    });
    await this.queue.add('import.run', { importId }, { dedupe: importId });
    return this.get(ctx, importId);
  }

  async list(ctx: RequestContext, query: PageQuery): Promise<Page<ImportView>> {
    const q = containsPattern(query.q);
    const before = decodeIdCursor(query.cursor);
    const rows = await findImports(this.db, ctx.workspaceId, { before, limit: query.limit, q });
    const page: Page<ImportView> = toPage(rows, query.limit, (row) => [row.id], toView);
    if (query.count) page.total = await countImports(this.db, ctx.workspaceId, q);
    return page;
  }

  /** One import; once it has ended, with its refused rows counted by reason. */
  async get(ctx: RequestContext, id: string): Promise<ImportView> {
    const row = await this.find(ctx, id);
    const view = toView(row);
    return row.phase === 'finished'
      ? { ...view, check: row.check, refusals: await countImportErrors(this.db, row) }
      : view;
  }

  /** Imports that run or have just ended, for the event stream. */
  async recent(workspaceId: string): Promise<ImportView[]> {
    return (await findRecentImports(this.db, workspaceId)).map(toView);
  }

  /** The error file, in pieces, in the language of the person who asks; for a program in that of the workspace. */
  async errors(ctx: RequestContext, id: string): Promise<AsyncGenerator<string>> {
    const row = await this.find(ctx, id);
    const person = ctx.actor.type === 'user' ? ctx.actor.id : null;
    return writeErrorFile(this.db, row, await findReaderLocale(this.db, ctx.workspaceId, person));
  }

  /**
   * Stops an import at once: while it reads, nothing of it stays; while it merges, the chunks that are merged stay,
   * its counts say so, and undo takes them back.
   * @throws DomainError IMPORT_NOT_CANCELLABLE when it has ended
   */
  async cancel(ctx: RequestContext, id: string): Promise<ImportView> {
    const row = await this.find(ctx, id);
    await this.db.transaction(async (tx) => {
      if (!(await endImport(tx, id, CANCELLABLE, 'cancelled'))) {
        throw new DomainError('IMPORT_NOT_CANCELLABLE', 'The import has ended already.', {
          help: 'Undo it to take back what it did.',
        });
      }
      await audit(tx, ctx, 'import.cancelled', `import:${id}`, { status: row.status }, { status: 'cancelled' });
    });
    // Nobody runs a draft, to clean up behind itself.
    if (row.status !== 'running') await dropStaging(this.db, id);
    await dropFile(this.db, row.fileId);
    return this.get(ctx, id);
  }

  /**
   * Takes back an import that has ended, except what was changed since.
   * @throws DomainError IMPORT_NOT_UNDOABLE while it runs, when it was undone, or when it changed nothing
   */
  async undo(ctx: RequestContext, id: string): Promise<ImportView> {
    const row = await this.find(ctx, id);
    await this.db.transaction(
      async (tx) => {
        const ended = row.mergedTo > 0 && (await endImport(tx, id, ['done', 'cancelled', 'failed'], 'undone'));
        if (!ended) {
          throw new DomainError('IMPORT_NOT_UNDOABLE', 'There is nothing of this import to take back.', {
            help: 'An import can be undone once, after it has ended.',
          });
        }
        const undone = await undoImport(tx, row);
        await keepUndo(tx, id, undone);
        await audit(tx, ctx, 'import.undone', `import:${id}`, { status: row.status }, { status: 'undone', ...undone });
      },
      { timeoutMs: 600_000 },
    );
    return this.get(ctx, id);
  }

  /**
   * Lets who came by a held import be mailed again; it is never held a second time.
   * @throws DomainError IMPORT_NOT_HELD
   */
  async release(ctx: RequestContext, id: string): Promise<ImportView> {
    const row = await this.find(ctx, id);
    await this.db.transaction(async (tx) => {
      if (!(await releaseHeldImport(tx, id))) {
        throw new DomainError('IMPORT_NOT_HELD', 'The members of this import are not held back.', {
          help: 'They are mailed as everyone on the list.',
        });
      }
      const { heldMailed, heldBounced } = row;
      await audit(tx, ctx, 'import.released', `import:${id}`, { heldMailed, heldBounced }, null);
    });
    return this.get(ctx, id);
  }

  private async enter(ctx: RequestContext, listId: string, { file, fileName, options }: Upload): Promise<string> {
    await this.requireList(ctx, listId);
    const beginning = await readBeginning(await openFile(this.db, file.id), options);
    return this.db.transaction(async (tx) => {
      const { workspaceId } = ctx;
      const plan = { ...planImport(beginning, options, await findFields(tx, workspaceId)), ...rulesOf(options) };
      const id = await addImport(tx, {
        ...{ workspaceId, listId, fileName, fileId: file.id, bytes: file.bytes, plan },
        ...{ createdBy: actorLabel(ctx.actor), status: 'queued', headerKey: headerKey(beginning) },
      });
      await auditStart(tx, ctx, { id, listId, fileName, plan });
      return id;
    });
  }

  private async find(ctx: RequestContext, id: string): Promise<ImportRow> {
    const row = await findImport(this.db, ctx.workspaceId, id);
    if (!row) throw notFound('import', id);
    return row;
  }
}
