import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError, SegmentBody, applyPatch, invalid, notFound } from '#contracts';
import type {
  Page,
  PageQuery,
  Segment,
  SegmentPreview,
  SegmentPreviewBody,
  SegmentRule,
  SegmentUse,
  SegmentUseQuery,
  UpdateSegmentBody,
} from '#contracts';
import { SqlParameters, segmentCondition } from '#engine/segment-query';
import { Database, isUniqueViolation, toPage } from '#platform/database';
import type { Sql } from '#platform/database';
import { JobQueue } from '#platform/queue';
import { containsPattern, decodeIdCursor } from '#domain/contacts';
import type { ContactRule } from '#domain/contacts';
import { audit } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { contextOf, countAndSample } from './ask-rule.js';
import { loadFacts, problemsOf, summaryOf } from './rule-facts.js';
import type { RuleFacts } from './rule-facts.js';
import {
  countSegments,
  findSegment,
  findSegments,
  countUses,
  findUses,
  insertSegment,
  lockSegment,
  markDeleted,
  noteCount,
  putBack,
  updateSegment,
} from './segment.repository.js';
import type { SegmentRow } from './segment.repository.js';

type View = z.infer<typeof Segment>;
const NAME_MAX = 100;

/** Segments: named rules over contacts. */
@Injectable()
export class SegmentsService {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(JobQueue) private readonly queue: JobQueue,
  ) {}

  async list(ctx: RequestContext, query: PageQuery): Promise<Page<View>> {
    const q = containsPattern(query.q);
    const rows = await findSegments(this.db, ctx.workspaceId, {
      before: decodeIdCursor(query.cursor),
      limit: query.limit,
      q,
    });
    const facts = await this.factsOf(this.db, ctx, rows);
    const page: Page<View> = toPage(
      rows,
      query.limit,
      (row) => [row.id],
      (row) => toView(row, facts),
    );
    if (query.count) page.total = await countSegments(this.db, ctx.workspaceId, q);
    return page;
  }

  async get(ctx: RequestContext, id: string): Promise<View> {
    return this.view(this.db, ctx, id);
  }

  /** @throws DomainError VALIDATION_FAILED naming each part of the rule that is not there; ALREADY_EXISTS for the name */
  async create(ctx: RequestContext, body: z.infer<typeof SegmentBody>): Promise<View> {
    return this.db
      .transaction(async (tx) => {
        await this.requireSound(tx, ctx, body.rule);
        const id = await insertSegment(tx, ctx.workspaceId, body);
        await audit(tx, ctx, 'segment.created', `segment:${id}`, null, body);
        return this.view(tx, ctx, id);
      })
      .then((view) => this.countSoon(view))
      .catch(refuseTakenName(body.name));
  }

  /** @throws DomainError as create; STALE_VERSION with `current` */
  async update(
    ctx: RequestContext,
    id: string,
    { version, ...changes }: z.infer<typeof UpdateSegmentBody>,
  ): Promise<View> {
    return this.db
      .transaction(async (tx) => {
        const { name, description, rule } = await this.find(tx, ctx, id);
        const before = { name, description, rule };
        const after = applyPatch(SegmentBody, before, changes);
        // A rule that was sound once may stay as it is while something else is changed.
        if (changes.rule) await this.requireSound(tx, ctx, after.rule);
        if (!(await updateSegment(tx, ctx.workspaceId, id, version, after))) {
          throw new DomainError('STALE_VERSION', 'Somebody has changed this segment since you read it.', {
            help: 'Look at the present state and apply your change to it.',
            extra: { current: await this.view(tx, ctx, id) },
          });
        }
        await audit(tx, ctx, 'segment.changed', `segment:${id}`, before, after);
        return this.view(tx, ctx, id);
      })
      .then((view) => this.countSoon(view))
      .catch(refuseTakenName(changes.name ?? ''));
  }

  /** A copy under the first name that is free: “VIP (2)”. */
  async duplicate(ctx: RequestContext, id: string): Promise<View> {
    const { name, description, rule } = await this.find(this.db, ctx, id);
    const base = name.replace(/ \(\d{1,3}\)$/, '');
    for (let n = 2; n < 1000; n += 1) {
      const suffix = ` (${n})`;
      const draft = { name: base.slice(0, NAME_MAX - suffix.length) + suffix, description, rule };
      try {
        const copy = await this.db.transaction(async (tx) => {
          const created = await insertSegment(tx, ctx.workspaceId, draft);
          await audit(tx, ctx, 'segment.created', `segment:${created}`, null, draft);
          return this.view(tx, ctx, created);
        });
        return await this.countSoon(copy);
      } catch (error) {
        if (!isUniqueViolation(error)) throw error;
      }
    }
    throw taken(name);
  }

  /** @throws DomainError IN_USE while a campaign that is not over names it */
  async remove(ctx: RequestContext, id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      if (!(await lockSegment(tx, ctx.workspaceId, id))) throw notFound('segment', id);
      const { name } = await this.find(tx, ctx, id);
      const uses = await findUses(tx, ctx.workspaceId, id, { before: null, limit: 4, active: true });
      if (uses.length > 0) {
        const campaigns = uses.map((use) => use.name).join(', ');
        throw new DomainError('IN_USE', `These campaigns use the segment ${name}: ${campaigns}.`, {
          help: 'Take it out of the drafts, and wait until the others have ended.',
        });
      }
      await markDeleted(tx, id);
      await audit(tx, ctx, 'segment.removed', `segment:${id}`, { name }, null);
    });
  }

  /** Puts a deleted one back. @throws DomainError NOT_FOUND; ALREADY_EXISTS when its name has been taken meanwhile */
  async restore(ctx: RequestContext, id: string): Promise<View> {
    return this.db
      .transaction(async (tx) => {
        if (!(await putBack(tx, ctx.workspaceId, id))) throw notFound('deleted segment', id);
        await audit(tx, ctx, 'segment.restored', `segment:${id}`, null, null);
        return this.view(tx, ctx, id);
      })
      .catch(refuseTakenName(''));
  }

  async uses(ctx: RequestContext, id: string, query: SegmentUseQuery): Promise<Page<z.infer<typeof SegmentUse>>> {
    await this.find(this.db, ctx, id);
    const { limit, active = false } = query;
    const rows = await findUses(this.db, ctx.workspaceId, id, { before: decodeIdCursor(query.cursor), limit, active });
    const uses = toPage(
      rows,
      limit,
      (row) => [row.id],
      ({ as, ...campaign }) => ({ campaign, as }),
    );
    return query.count ? { ...uses, total: await countUses(this.db, ctx.workspaceId, id, active) } : uses;
  }

  /** Counts a rule that need not be saved, and shows some of whom it finds. */
  async preview(
    ctx: RequestContext,
    { rule, sample }: z.infer<typeof SegmentPreviewBody>,
  ): Promise<z.infer<typeof SegmentPreview>> {
    const now = new Date();
    const facts = await loadFacts(this.db, ctx.workspaceId, [rule]);
    const told = { summary: summaryOf(rule, facts), problems: problemsOf(rule, facts), asOf: now.toISOString() };
    if (told.problems.length > 0) return { ...told, count: null, sample: [] };
    const context = await contextOf(this.db, ctx.workspaceId, now.getTime());
    return { ...told, ...(await countAndSample(this.db, rule, context, sample)) };
  }

  /** Counts a saved one and remembers the number for the list of segments. */
  async count(ctx: RequestContext, id: string): Promise<z.infer<typeof SegmentPreview>> {
    const { rule, version } = await this.find(this.db, ctx, id);
    const counted = await this.preview(ctx, { rule, sample: 10 });
    if (counted.count !== null) await noteCount(this.db, id, version, counted.count, new Date(counted.asOf));
    return counted;
  }

  /**
   * Who belongs to a saved one, as a condition for a list of contacts.
   * @throws DomainError NOT_FOUND, VALIDATION_FAILED where its rule names what is gone
   */
  async condition(ctx: RequestContext, id: string): Promise<ContactRule> {
    const { rule } = await this.find(this.db, ctx, id);
    if (problemsOf(rule, await loadFacts(this.db, ctx.workspaceId, [rule])).length > 0) {
      throw invalid('segment', 'SEGMENT_BROKEN', 'The rule of this segment names a field, list or tag that is gone.');
    }
    const context = await contextOf(this.db, ctx.workspaceId, Date.now());
    return (values) => {
      const parameters = new SqlParameters(values);
      const condition = segmentCondition(rule, parameters, context);
      values.push(...parameters.values.slice(values.length));
      return condition;
    };
  }

  /** Who made it need not wait for its number. */
  private async countSoon(view: View): Promise<View> {
    if (view.countedAt === null) await this.queue.add('segment.count', { segmentId: view.id });
    return view;
  }

  private async find(sql: Sql, ctx: RequestContext, id: string): Promise<SegmentRow> {
    const row = await findSegment(sql, ctx.workspaceId, id);
    if (!row) throw notFound('segment', id);
    return row;
  }

  private async view(sql: Sql, ctx: RequestContext, id: string): Promise<View> {
    const row = await this.find(sql, ctx, id);
    return toView(row, await this.factsOf(sql, ctx, [row]));
  }

  private factsOf(sql: Sql, ctx: RequestContext, rows: readonly SegmentRow[]): Promise<RuleFacts> {
    return loadFacts(
      sql,
      ctx.workspaceId,
      rows.map(({ rule }) => rule),
    );
  }

  private async requireSound(sql: Sql, ctx: RequestContext, rule: SegmentRule): Promise<void> {
    const errors = problemsOf(rule, await loadFacts(sql, ctx.workspaceId, [rule]));
    if (errors.length === 0) return;
    throw new DomainError('VALIDATION_FAILED', errors.map(({ message }) => message).join(' '), {
      errors,
      help: 'Take these conditions out, or choose what exists.',
    });
  }
}

function toView({ countedAt, createdAt, updatedAt, ...row }: SegmentRow, facts: RuleFacts): View {
  return {
    ...row,
    summary: summaryOf(row.rule, facts),
    problems: problemsOf(row.rule, facts),
    countedAt: countedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

function taken(name: string): DomainError {
  return new DomainError('ALREADY_EXISTS', `There is a segment ${name} already.`.replace('  ', ' '), {
    property: 'name',
  });
}

function refuseTakenName(name: string) {
  return (error: unknown): never => {
    throw isUniqueViolation(error) ? taken(name) : error;
  };
}
