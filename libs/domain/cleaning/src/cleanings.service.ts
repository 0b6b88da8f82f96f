import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { CLEANING_KINDS, DomainError, invalid, notFound } from '#contracts';
import type {
  Cleaning,
  CleaningApplyBody,
  CleaningKind,
  CleaningRow,
  CleaningRowQuery,
  Page,
  PageQuery,
  SunsetBody,
} from '#contracts';
import { Database, toPage } from '#platform/database';
import { JobQueue } from '#platform/queue';
import { containsPattern, decodeIdCursor, findListRefs } from '#domain/contacts';
import { actorLabel, audit } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { findCleaning, findCleanings, insertCleaning, moveCleaning, setActions } from './cleaning.repository.js';
import type { CleaningRecord } from './cleaning.repository.js';
import { findFoundRows, findSamples } from './cleaning-rows.js';
import { cleaningView } from './cleaning-view.js';
import { findSunsetRule, saveSunsetRule } from './sunset.repository.js';
import type { Rule } from './sunset.repository.js';

type View = z.infer<typeof Cleaning>;

/** "Clean this list": judge, preview, apply, undo. The work itself is `runCleaning`. */
@Injectable()
export class CleaningsService {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(JobQueue) private readonly queue: JobQueue,
  ) {}

  /** @throws DomainError CLEANING_RUNNING while another one of the list is on its way */
  start(ctx: RequestContext, listId: string): Promise<View> {
    return this.begin(ctx, listId, 'list', null);
  }

  /**
   * Begins a stage of a sunset with the rule as it is now: who is silent is found for this list, or who on it was asked
   * once more and stayed silent. Nothing is changed before `apply`.
   * @throws DomainError SUNSET_OFF while the rule is off; CLEANING_RUNNING as {@link start}
   */
  async startSunset(ctx: RequestContext, listId: string, { stage }: z.infer<typeof SunsetBody>): Promise<View> {
    await this.requireList(ctx, listId);
    const rule = await findSunsetRule(this.db, ctx.workspaceId);
    if (!rule.enabled) {
      throw new DomainError('SUNSET_OFF', 'The sunset rule of this workspace is off.', {
        help: 'Switch it on under /sunset first.',
      });
    }
    return this.begin(ctx, listId, stage, rule);
  }

  sunsetRule(ctx: RequestContext): Promise<Rule> {
    return findSunsetRule(this.db, ctx.workspaceId);
  }

  async setSunsetRule(ctx: RequestContext, rule: Rule): Promise<Rule> {
    await this.db.transaction(async (tx) => {
      const before = await findSunsetRule(tx, ctx.workspaceId);
      await saveSunsetRule(tx, ctx.workspaceId, rule);
      await audit(tx, ctx, 'sunset.changed', `workspace:${ctx.workspaceId}`, before, rule);
    });
    return rule;
  }

  private async begin(ctx: RequestContext, listId: string, kind: CleaningKind, rule: Rule | null): Promise<View> {
    await this.requireList(ctx, listId);
    const id = await this.db.transaction(async (tx) => {
      const made = await insertCleaning(tx, ctx.workspaceId, listId, actorLabel(ctx.actor), { kind, rule });
      if (!made) {
        throw new DomainError('CLEANING_RUNNING', 'This list is being cleaned already.', {
          help: 'Wait until it has ended, or cancel it.',
        });
      }
      await audit(tx, ctx, 'cleaning.started', `cleaning:${made}`, null, { listId, kind, rule });
      return made;
    });
    return this.enqueue(ctx, id);
  }

  async list(ctx: RequestContext, listId: string, query: PageQuery): Promise<Page<View>> {
    await this.requireList(ctx, listId);
    const before = decodeIdCursor(query.cursor);
    const rows = await findCleanings(this.db, ctx.workspaceId, listId, { before, limit: query.limit });
    return toPage(
      rows,
      query.limit,
      (row) => [row.id],
      (row) => cleaningView(row),
    );
  }

  async get(ctx: RequestContext, id: string): Promise<View> {
    const row = await this.find(ctx, id);
    const samples = await findSamples(this.db, id, Object.keys(row.reasons) as never);
    return cleaningView(row, samples);
  }

  async rows(
    ctx: RequestContext,
    id: string,
    query: z.infer<typeof CleaningRowQuery>,
  ): Promise<Page<z.infer<typeof CleaningRow>>> {
    await this.find(ctx, id);
    const filter = { verdict: query.verdict ?? null, reason: query.reason ?? null, q: containsPattern(query.q) };
    const after = decodeIdCursor(query.cursor);
    const rows = await findFoundRows(this.db, id, filter, { after, limit: query.limit });
    return toPage(
      rows,
      query.limit,
      (row) => [row.contactId],
      (row) => row,
    );
  }

  /**
   * Does about each reason what was chosen; the whole is one act, and can be undone.
   * @throws DomainError CLEANING_NOT_APPLICABLE unless it is ready; VALIDATION_FAILED at `actions.N` or `tag`
   */
  async apply(ctx: RequestContext, id: string, body: z.infer<typeof CleaningApplyBody>): Promise<View> {
    const { kind } = await this.find(ctx, id);
    checkActions(body, kind);
    await this.db.transaction(async (tx) => {
      if (!(await moveCleaning(tx, id, ['ready'], 'applying'))) {
        throw new DomainError('CLEANING_NOT_APPLICABLE', 'There is nothing to apply: it runs, or was applied before.', {
          help: 'Clean the list again.',
        });
      }
      await setActions(tx, id, body.actions, body.tag ?? null);
      await audit(tx, ctx, 'cleaning.applied', `cleaning:${id}`, null, body);
    });
    return this.enqueue(ctx, id);
  }

  /** @throws DomainError CLEANING_NOT_UNDOABLE unless it was applied */
  async undo(ctx: RequestContext, id: string): Promise<View> {
    await this.find(ctx, id);
    await this.db.transaction(async (tx) => {
      if (!(await moveCleaning(tx, id, ['applied'], 'undoing'))) {
        throw new DomainError('CLEANING_NOT_UNDOABLE', 'There is nothing of this cleaning to take back.', {
          help: 'A cleaning can be undone once, after it was applied.',
        });
      }
      await audit(tx, ctx, 'cleaning.undone', `cleaning:${id}`, { status: 'applied' }, { status: 'undone' });
    });
    return this.enqueue(ctx, id);
  }

  /** Stops the judging; nothing was changed. @throws DomainError CLEANING_NOT_APPLICABLE when it has ended */
  async cancel(ctx: RequestContext, id: string): Promise<View> {
    await this.find(ctx, id);
    await this.db.transaction(async (tx) => {
      if (!(await moveCleaning(tx, id, ['queued', 'judging', 'ready'], 'cancelled'))) {
        throw new DomainError('CLEANING_NOT_APPLICABLE', 'It can no longer be cancelled.', {
          help: 'Undo it when it has been applied.',
        });
      }
      await audit(tx, ctx, 'cleaning.cancelled', `cleaning:${id}`, null, null);
    });
    return this.get(ctx, id);
  }

  private async enqueue(ctx: RequestContext, id: string): Promise<View> {
    const view = await this.get(ctx, id);
    // Each stage asks for a run of its own, however soon it follows the one before.
    await this.queue.add('cleaning.run', { cleaningId: id }, { dedupe: `${id}-${view.status}` });
    return view;
  }

  private async requireList(ctx: RequestContext, listId: string): Promise<void> {
    if ((await findListRefs(this.db, ctx.workspaceId, [listId])).length === 0) throw notFound('list', listId);
  }

  private async find(ctx: RequestContext, id: string): Promise<CleaningRecord> {
    const row = await findCleaning(this.db, ctx.workspaceId, id);
    if (!row) throw notFound('cleaning', id);
    return row;
  }
}

function checkActions({ actions, tag }: z.infer<typeof CleaningApplyBody>, kind: CleaningKind): void {
  const seen = new Set<string>();
  actions.forEach(({ reason, action }, index) => {
    if (seen.has(reason)) throw invalid(`actions.${index}.reason`, 'DUPLICATE', 'Say once what to do about a reason.');
    seen.add(reason);
    if (!(CLEANING_KINDS[kind] as readonly string[]).includes(action)) {
      throw invalid(`actions.${index}.action`, 'NOT_POSSIBLE', `Here it can be ${CLEANING_KINDS[kind].join(', ')}.`);
    }
    if (action === 'correct' && reason !== 'typo') {
      throw invalid(`actions.${index}.action`, 'NOT_CORRECTABLE', 'Only a slip in the domain can be corrected.');
    }
    if (action === 'tag' && !tag) throw invalid('tag', 'REQUIRED', 'Say which tag.');
  });
}
