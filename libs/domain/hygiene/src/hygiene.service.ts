import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError, HYGIENE_RULES, notFound } from '#contracts';
import type {
  HygieneAlarm,
  HygieneChange,
  HygieneChangeBody,
  HygienePreview,
  HygieneRow,
  HygieneRule,
  Page,
} from '#contracts';
import { HYGIENE_TABLE, problemsOf } from '#engine/hygiene';
import type { Parameter, RuleSetting } from '#engine/hygiene';
import { Database, decodeIdCursor, toPage } from '#platform/database';
import { actorLabel, audit } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { applyReplay, countDifferences, undoReplay } from './apply-replay.js';
import { findChange, findChanges, insertChange, markUndone } from './change.repository.js';
import type { ChangeRow } from './change.repository.js';
import { replay } from './replay.js';
import type { Difference } from './replay.js';
import { findAlarms } from './self-pause.js';
import { findSetting, saveSetting } from './setting.repository.js';

const EXAMPLES = 100;
/** A replay reads and writes what tens of thousands of addresses did. */
const REPLAY_MS = 120_000;

/** The decision table for people: what it says, whom a change would hit, and the change with its undo. */
@Injectable()
export class HygieneService {
  constructor(@Inject(Database) private readonly db: Database) {}

  async table(ctx: RequestContext): Promise<{ items: z.infer<typeof HygieneRow>[] }> {
    return { items: await Promise.all(HYGIENE_RULES.map((rule) => this.row(ctx, rule))) };
  }

  /**
   * Whom a row would hit, set so; nothing changes.
   * @throws DomainError VALIDATION_FAILED at `parameters.NAME`
   */
  async preview(ctx: RequestContext, rule: HygieneRule, setting: RuleSetting): Promise<z.infer<typeof HygienePreview>> {
    requireWithinBounds(rule, setting);
    const found = { suppressed: 0, backedOff: 0, freed: 0 };
    const examples: z.infer<typeof HygienePreview>['examples'] = [];
    const scope = { workspaceId: ctx.workspaceId, rule, setting, now: Date.now() };
    const { looked, complete } = await this.db.transaction(
      (tx) =>
        replay(tx, scope, (differences) => {
          countDifferences(found, differences);
          const shown = differences.slice(0, EXAMPLES - examples.length);
          examples.push(
            ...shown.map(({ canonical, before: _, ...rest }) => ({ ...rest, ...timesOf(rest), address: canonical })),
          );
        }),
      { timeoutMs: REPLAY_MS },
    );
    return { looked, complete, ...found, examples };
  }

  /**
   * Changes a row, and on request applies it to the bounces that are stored, in one transaction.
   * @throws DomainError VALIDATION_FAILED, STALE_VERSION with the present row
   */
  async change(
    ctx: RequestContext,
    rule: HygieneRule,
    body: z.infer<typeof HygieneChangeBody>,
  ): Promise<z.infer<typeof HygieneChange>> {
    const setting: RuleSetting = { enabled: body.enabled, parameters: body.parameters };
    requireWithinBounds(rule, setting);
    const { workspaceId } = ctx;
    const id = await this.db.transaction(
      async (tx) => {
        const { setting: before, version } = await findSetting(tx, workspaceId, rule, { lock: true });
        if (version !== body.version || !(await saveSetting(tx, workspaceId, rule, { version: body.version, setting })))
          return null;
        const change = await insertChange(tx, workspaceId, {
          rule,
          before,
          after: setting,
          actor: actorLabel(ctx.actor),
        });
        const effects = body.replay ? await applyReplay(tx, change, { workspaceId, rule, setting }) : null;
        await audit(tx, ctx, 'hygiene.changed', `hygiene:${rule}`, before, { ...setting, ...effects });
        return change;
      },
      { timeoutMs: REPLAY_MS },
    );
    if (id === null) {
      throw new DomainError('STALE_VERSION', 'Somebody else changed this row meanwhile.', {
        extra: { current: await this.row(ctx, rule) },
      });
    }
    return toView((await findChange(this.db, workspaceId, id))!);
  }

  async changes(
    ctx: RequestContext,
    query: { cursor?: string | undefined; limit: number },
  ): Promise<Page<z.infer<typeof HygieneChange>>> {
    const before = decodeIdCursor(query.cursor);
    const rows = await findChanges(this.db, ctx.workspaceId, { before, limit: query.limit });
    return toPage(rows, query.limit, (row) => [row.id], toView);
  }

  /** Campaigns that paused themselves, newest first. */
  async alarms(
    ctx: RequestContext,
    query: { cursor?: string | undefined; limit: number },
  ): Promise<Page<z.infer<typeof HygieneAlarm>>> {
    const before = decodeIdCursor(query.cursor);
    const rows = await findAlarms(this.db, ctx.workspaceId, { before, limit: query.limit });
    return toPage(
      rows,
      query.limit,
      (row) => [row.id],
      ({ at, ...row }) => ({ ...row, at: at.toISOString() }),
    );
  }

  /**
   * Undoes the latest change of a row: its numbers, and what its replay did. What happened to an address since stays.
   * @throws DomainError NOT_FOUND, RULE_CHANGE_NOT_UNDOABLE
   */
  async undo(ctx: RequestContext, id: string): Promise<z.infer<typeof HygieneChange>> {
    const { workspaceId } = ctx;
    await this.db.transaction(
      async (tx) => {
        const change = await findChange(tx, workspaceId, id);
        if (!change) throw notFound('change of a bounce rule', id);
        const { rule, before, after } = change;
        const { version } = await findSetting(tx, workspaceId, rule, { lock: true });
        const saved = change.undoable && (await saveSetting(tx, workspaceId, rule, { version, setting: before }));
        if (!saved || !(await markUndone(tx, id))) {
          throw new DomainError('RULE_CHANGE_NOT_UNDOABLE', 'Only the latest change of a row can be undone, once.', {
            help: 'Change the row by hand to what it should be.',
          });
        }
        await undoReplay(tx, workspaceId, change);
        await audit(tx, ctx, 'hygiene.undone', `hygiene:${rule}`, after, before);
      },
      { timeoutMs: REPLAY_MS },
    );
    return toView((await findChange(this.db, workspaceId, id))!);
  }

  private async row(ctx: RequestContext, rule: HygieneRule): Promise<z.infer<typeof HygieneRow>> {
    const { version, setting } = await findSetting(this.db, ctx.workspaceId, rule);
    const { reasons, optional, parameters } = HYGIENE_TABLE[rule];
    return {
      ...{ rule, reasons: [...reasons], optional, version, enabled: setting.enabled },
      parameters: Object.entries(parameters as Record<string, Parameter>).map(([name, parameter]) => ({
        ...{ name, ...parameter },
        value: setting.parameters[name] ?? parameter.default,
      })),
    };
  }
}

function requireWithinBounds(rule: HygieneRule, setting: RuleSetting): void {
  const known = Object.keys(HYGIENE_TABLE[rule].parameters);
  const errors = problemsOf(rule, setting).map(({ name, bounds }) => {
    const property = `parameters.${name}`;
    if (bounds) {
      const message = `Give a whole number from ${bounds.min} to ${bounds.max}.`;
      return { property, code: 'OUT_OF_BOUNDS', message, params: bounds };
    }
    return { property, code: 'UNKNOWN_FIELD', message: `is not a number of this row; known are ${known.join(', ')}` };
  });
  const [first] = errors;
  if (first) throw new DomainError('VALIDATION_FAILED', `${first.property}: ${first.message}`, { errors });
  if (!setting.enabled && !HYGIENE_TABLE[rule].optional) {
    const message = 'This row can’t be switched off.';
    throw new DomainError('VALIDATION_FAILED', message, {
      errors: [{ property: 'enabled', code: 'NOT_OPTIONAL', message }],
    });
  }
}

function timesOf({ lastAt, until }: Pick<Difference, 'lastAt' | 'until'>): { lastAt: string; until: string | null } {
  return { lastAt: new Date(lastAt).toISOString(), until: until === null ? null : new Date(until).toISOString() };
}

function toView({ at, undoneAt, ...row }: ChangeRow): z.infer<typeof HygieneChange> {
  return { ...row, at: at.toISOString(), undoneAt: undoneAt?.toISOString() ?? null };
}
