import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError, invalid } from '#contracts';
import type { SunsetSchedule, SunsetScheduleBody } from '#contracts';
import { Database } from '#platform/database';
import { findListRefs } from '#domain/contacts';
import { audit } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { findScheduledCleanings } from './cleaning.repository.js';
import { cleaningView } from './cleaning-view.js';
import { findSchedule, saveSchedule } from './sunset-schedule.repository.js';
import { findSunsetRule } from './sunset.repository.js';

/** So many of the newest rounds' stages are told. */
const TOLD = 10;

/** When a sunset happens by itself, and what it did. The work itself is `runSunsets`. */
@Injectable()
export class SunsetScheduleService {
  constructor(@Inject(Database) private readonly db: Database) {}

  async get(ctx: RequestContext): Promise<z.infer<typeof SunsetSchedule>> {
    const { nextAt, lastAt, ...schedule } = await findSchedule(this.db, ctx.workspaceId);
    const runs = await findScheduledCleanings(this.db, ctx.workspaceId, TOLD);
    return {
      ...schedule,
      nextAt: nextAt?.toISOString() ?? null,
      lastAt: lastAt?.toISOString() ?? null,
      runs: runs.map((row) => cleaningView(row)),
    };
  }

  /**
   * @throws DomainError SUNSET_OFF when it is switched on while the rule is off; VALIDATION_FAILED at `listId`, `stages`
   */
  async set(ctx: RequestContext, body: z.infer<typeof SunsetScheduleBody>): Promise<z.infer<typeof SunsetSchedule>> {
    const { enabled, everyDays, listId } = body;
    const stages = (['invite', 'suppress'] as const).filter((stage) => body.stages.includes(stage));
    if (listId !== null && (await findListRefs(this.db, ctx.workspaceId, [listId])).length === 0) {
      throw invalid('listId', 'NOT_FOUND', `There is no list ${listId} in this workspace.`);
    }
    if (enabled && listId === null) throw invalid('listId', 'REQUIRED', 'Say which list the silent are asked with.');
    if (enabled && stages.length === 0) throw invalid('stages', 'REQUIRED', 'Choose at least one stage.');
    await this.db.transaction(async (tx) => {
      if (enabled && !(await findSunsetRule(tx, ctx.workspaceId)).enabled) {
        throw new DomainError('SUNSET_OFF', 'The sunset rule of this workspace is off.', {
          help: 'Switch it on under /sunset first.',
        });
      }
      const { nextAt: _next, lastAt: _last, ...before } = await findSchedule(tx, ctx.workspaceId);
      const after = { enabled, everyDays, listId, stages };
      await saveSchedule(tx, ctx.workspaceId, after);
      await audit(tx, ctx, 'sunset.scheduled', `workspace:${ctx.workspaceId}`, before, after);
    });
    return this.get(ctx);
  }
}
