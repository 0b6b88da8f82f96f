import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { ADDRESS_REASONS, DomainError, VERDICT_OF_REASON, notFound } from '#contracts';
import type { ImportJob, ImportOptions, ImportPreview, Page, PageQuery } from '#contracts';
import { Database, toPage } from '#platform/database';
import { JobQueue } from '#platform/queue';
import { actorLabel, audit } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { containsPattern } from '../contains-pattern.js';
import { findFields } from '../field.repository.js';
import { findListRefs } from '../list.repository.js';
import { decodeIdCursor } from '../page-key.js';
import { writeErrorFile } from './error-file.js';
import { dropFile, storeFile } from './file-store.js';
import type { StoredFile } from './file-store.js';
import {
  countImportErrors,
  countImports,
  endImport,
  findImport,
  findImports,
  findReaderLocale,
  findRecentImports,
  insertImport,
  releaseHeldImport,
} from './import.repository.js';
import type { ImportRow } from './import.repository.js';
import { planImport, previewImport } from './plan-import.js';
import { undoImport } from './undo-import.js';

type View = z.infer<typeof ImportJob>;

/** Imports of contacts from files: preview, start, watch, cancel, undo. The work itself is `runImport`. */
@Injectable()
export class ImportsService {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(JobQueue) private readonly queue: JobQueue,
  ) {}

  /** What the beginning of a file (HEAD_BYTES are enough) tells about the rest. */
  async preview(
    ctx: RequestContext,
    head: Buffer,
    options: Partial<ImportOptions>,
  ): Promise<z.infer<typeof ImportPreview>> {
    return previewImport(head, options, await findFields(this.db, ctx.workspaceId));
  }

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
  async start(
    ctx: RequestContext,
    listId: string,
    upload: { file: StoredFile; fileName: string; options: ImportOptions },
  ): Promise<View> {
    const { file, fileName, options } = upload;
    const importId = await this.db
      .transaction(async (tx) => {
        const { workspaceId } = ctx;
        if ((await findListRefs(tx, workspaceId, [listId])).length === 0) throw notFound('list', listId);
        const consent = { ...options.consent, at: options.consent.at ?? new Date().toISOString() };
        const plan = planImport(file.head, { ...options, consent }, await findFields(tx, workspaceId));
        const createdBy = actorLabel(ctx.actor);
        const draft = { workspaceId, listId, fileName, fileId: file.id, bytes: file.bytes, plan, createdBy };
        const row = await insertImport(tx, draft);
        if (!row) throw new Error('the import was not inserted');
        const { existing, status, tags } = plan;
        await audit(tx, ctx, 'import.started', `import:${row.id}`, null, { listId, fileName, existing, status, tags });
        return row.id;
      })
      .catch(async (error: unknown) => {
        await this.discard(file).catch(() => undefined);
        throw error;
      });
    await this.queue.add('import.run', { importId }, { dedupe: importId });
    return this.get(ctx, importId);
  }

  async list(ctx: RequestContext, query: PageQuery): Promise<Page<View>> {
    const q = containsPattern(query.q);
    const before = decodeIdCursor(query.cursor);
    const rows = await findImports(this.db, ctx.workspaceId, { before, limit: query.limit, q });
    const page: Page<View> = toPage(rows, query.limit, (row) => [row.id], toView);
    if (query.count) page.total = await countImports(this.db, ctx.workspaceId, q);
    return page;
  }

  /** One import; once it has ended, with its refused rows counted by reason. */
  async get(ctx: RequestContext, id: string): Promise<View> {
    const row = await this.find(ctx, id);
    const view = toView(row);
    return row.phase === 'finished' ? { ...view, refusals: await countImportErrors(this.db, id) } : view;
  }

  /** Imports that run or have just ended, for the event stream. */
  async recent(workspaceId: string): Promise<View[]> {
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
  async cancel(ctx: RequestContext, id: string): Promise<View> {
    const row = await this.find(ctx, id);
    await this.db.transaction(async (tx) => {
      if (!(await endImport(tx, id, ['queued', 'running'], 'cancelled'))) {
        throw new DomainError('IMPORT_NOT_CANCELLABLE', 'The import has ended already.', {
          help: 'Undo it to take back what it did.',
        });
      }
      await audit(tx, ctx, 'import.cancelled', `import:${id}`, { status: row.status }, { status: 'cancelled' });
    });
    await dropFile(this.db, row.fileId);
    return this.get(ctx, id);
  }

  /**
   * Takes back an import that has ended, except what was changed since.
   * @throws DomainError IMPORT_NOT_UNDOABLE while it runs, when it was undone, or when it changed nothing
   */
  async undo(ctx: RequestContext, id: string): Promise<View> {
    const row = await this.find(ctx, id);
    await this.db.transaction(
      async (tx) => {
        const ended = row.mergedTo > 0 && (await endImport(tx, id, ['done', 'cancelled', 'failed'], 'undone'));
        if (!ended) {
          throw new DomainError('IMPORT_NOT_UNDOABLE', 'There is nothing of this import to take back.', {
            help: 'An import can be undone once, after it has ended.',
          });
        }
        await undoImport(tx, row);
        await audit(tx, ctx, 'import.undone', `import:${id}`, { status: row.status }, { status: 'undone' });
      },
      { timeoutMs: 600_000 },
    );
    return this.get(ctx, id);
  }

  /**
   * Lets who came by a held import be mailed again; it is never held a second time.
   * @throws DomainError IMPORT_NOT_HELD
   */
  async release(ctx: RequestContext, id: string): Promise<View> {
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

  private async find(ctx: RequestContext, id: string): Promise<ImportRow> {
    const row = await findImport(this.db, ctx.workspaceId, id);
    if (!row) throw notFound('import', id);
    return row;
  }
}

function toView(row: ImportRow): View {
  const { id, listId, listName, fileName, status, phase, bytes, bytesRead, rows, created, updated, unchanged } = row;
  const { duplicates, invalid, suppressed, error, createdAt, finishedAt } = row;
  const counts = { bytes, bytesRead, rows, created, updated, unchanged, duplicates, invalid, suppressed };
  const times = { createdAt: createdAt.toISOString(), finishedAt: finishedAt?.toISOString() ?? null };
  const { quality, heldAt, heldMailed, heldBounced, releasedAt } = row;
  const held = heldAt && { at: heldAt.toISOString(), mailed: heldMailed ?? 0, bounced: heldBounced ?? 0 };
  return {
    ...{ id, listId, listName, fileName, status, phase, ...counts, error, ...times, held },
    releasedAt: releasedAt?.toISOString() ?? null,
    risky: row.plan.risky ?? 'take',
    quality: ADDRESS_REASONS.filter((reason) => quality[reason]).map((reason) => ({
      reason,
      verdict: VERDICT_OF_REASON[reason],
      count: quality[reason] ?? 0,
    })),
  };
}
