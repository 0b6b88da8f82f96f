import type { SunsetStage } from '#contracts';
import type { Sql, Transaction } from '#platform/database';

/** When which stages of a sunset happen by themselves. */
export interface Schedule {
  enabled: boolean;
  everyDays: number;
  listId: string | null;
  stages: SunsetStage[];
}
export interface ScheduleRow extends Schedule {
  nextAt: Date | null;
  lastAt: Date | null;
}

/** What holds until a workspace says otherwise. */
const OFF: ScheduleRow = {
  enabled: false,
  everyDays: 30,
  listId: null,
  stages: ['invite', 'suppress'],
  nextAt: null,
  lastAt: null,
};

export async function findSchedule(sql: Sql, workspaceId: string): Promise<ScheduleRow> {
  const row = await sql.first<ScheduleRow>(
    `SELECT enabled, every_days AS "everyDays", list_id AS "listId", stages, last_at AS "lastAt",
       CASE WHEN enabled AND list_id IS NOT NULL THEN next_at END AS "nextAt"
     FROM sunset_schedules WHERE workspace_id = $1`,
    [workspaceId],
  );
  return row ?? OFF;
}

/** The first round comes so many days after the schedule was switched on or changed; a round under way is dropped. */
export async function saveSchedule(sql: Sql, workspaceId: string, schedule: Schedule): Promise<void> {
  await sql.run(
    `INSERT INTO sunset_schedules AS s (workspace_id, enabled, every_days, list_id, stages, next_at)
     VALUES ($1, $2, $3, $4, $5, now() + make_interval(days => $3))
     ON CONFLICT (workspace_id) DO UPDATE SET enabled = $2, every_days = $3, list_id = $4, stages = $5, pending = '{}',
       next_at = CASE WHEN s.enabled AND s.every_days = $3 THEN s.next_at ELSE excluded.next_at END`,
    [workspaceId, schedule.enabled, schedule.everyDays, schedule.listId, schedule.stages],
  );
}

/** Begins a round of every schedule whose time has come; what was missed while nothing ran is one round. */
export async function beginRounds(sql: Sql): Promise<void> {
  await sql.run(
    `UPDATE sunset_schedules s SET pending = stages, last_at = now(), next_at = now() + make_interval(days => every_days)
     FROM sunset_rules r WHERE r.workspace_id = s.workspace_id AND r.enabled AND s.enabled AND s.list_id IS NOT NULL
       AND s.next_at <= now()`,
  );
}

/** A stage that is due. */
export interface DueStage {
  workspaceId: string;
  listId: string;
  stage: SunsetStage;
}

/** The next stage of a round, locked, unless one of the same list is on its way or somebody else is at it. */
export function lockDueStages(tx: Transaction): Promise<DueStage[]> {
  return tx.rows<DueStage>(
    `SELECT s.workspace_id AS "workspaceId", s.list_id AS "listId", s.pending[1] AS stage FROM sunset_schedules s
     WHERE s.enabled AND s.list_id IS NOT NULL AND s.pending <> '{}' AND NOT EXISTS (
       SELECT 1 FROM cleanings k WHERE k.list_id = s.list_id AND (k.status IN ('queued', 'judging', 'applying', 'undoing')
         OR (k.scheduled AND k.status = 'ready')))
     ORDER BY s.workspace_id LIMIT 100 FOR UPDATE OF s SKIP LOCKED`,
  );
}

/** The stage has begun. */
export async function takeStage(tx: Transaction, workspaceId: string): Promise<void> {
  await tx.run('UPDATE sunset_schedules SET pending = pending[2:] WHERE workspace_id = $1', [workspaceId]);
}
