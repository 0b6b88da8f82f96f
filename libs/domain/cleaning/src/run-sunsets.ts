import type { CleaningKind, CleaningStatus, SunsetStage } from '#contracts';
import type { Database } from '#platform/database';
import type { JobQueue } from '#platform/queue';
import { actorLabel, audit } from '#domain/workspaces';
import { insertCleaning, moveCleaning, setActions } from './cleaning.repository.js';
import { beginRounds, lockDueStages, takeStage } from './sunset-schedule.repository.js';
import { findSunsetRule } from './sunset.repository.js';

const SCHEDULE = { type: 'system', name: 'sunset schedule' } as const;

/**
 * The sweep of scheduled sunsets: begins what is due and applies what was found, as a person would. One stage after the
 * other, and none while another cleaning of its list is on its way.
 */
export async function runSunsets(db: Database, queue: JobQueue): Promise<void> {
  await beginRounds(db);
  for (const id of await beginStages(db)) await enqueue(queue, id, 'queued');
  for (const id of await applyFound(db)) await enqueue(queue, id, 'applying');
}

/** A run of its own for each step, as where a person asks for it. */
async function enqueue(queue: JobQueue, id: string, status: CleaningStatus): Promise<void> {
  await queue.add('cleaning.run', { cleaningId: id }, { dedupe: `${id}-${status}` });
}

function beginStages(db: Database): Promise<string[]> {
  return db.transaction(async (tx) => {
    const begun: string[] = [];
    for (const { workspaceId, listId, stage } of await lockDueStages(tx)) {
      const rule = await findSunsetRule(tx, workspaceId);
      if (!rule.enabled) {
        await takeStage(tx, workspaceId);
        continue;
      }
      const id = await insertCleaning(tx, workspaceId, listId, actorLabel(SCHEDULE), {
        ...{ kind: stage, rule, scheduled: true },
      });
      // Somebody has begun one of this list just now: it comes after.
      if (!id) continue;
      await takeStage(tx, workspaceId);
      const ctx = { workspaceId, actor: SCHEDULE };
      await audit(tx, ctx, 'cleaning.started', `cleaning:${id}`, null, { listId, kind: stage, rule });
      begun.push(id);
    }
    return begun;
  });
}

/** Applies what scheduled ones have found; where nobody was found it is done with that. */
async function applyFound(db: Database): Promise<string[]> {
  const found = await db.rows<{ id: string; workspaceId: string; kind: CleaningKind; silent: number }>(
    `SELECT id, workspace_id AS "workspaceId", kind, coalesce((reasons->>'silent')::int, 0) AS silent
     FROM cleanings WHERE scheduled AND status = 'ready' ORDER BY id LIMIT 100`,
  );
  const moved: string[] = [];
  for (const { id, workspaceId, kind, silent } of found) {
    const actions = [{ reason: 'silent' as const, action: kind as SunsetStage }];
    const applies = await db.transaction(async (tx) => {
      if (!(await moveCleaning(tx, id, ['ready'], silent > 0 ? 'applying' : 'applied'))) return false;
      await setActions(tx, id, actions, null);
      await audit(tx, { workspaceId, actor: SCHEDULE }, 'cleaning.applied', `cleaning:${id}`, null, { actions });
      return silent > 0;
    });
    if (applies) moved.push(id);
  }
  return moved;
}
