import type { HygieneRule } from '#contracts';
import { settingOf } from '#engine/hygiene';
import type { RuleSetting } from '#engine/hygiene';
import type { Sql } from '#platform/database';

/** A row of the decision table as a workspace has it; version 0 is the product's own. */
export interface StoredSetting {
  version: number;
  setting: RuleSetting;
}

/** @param lock in a transaction: a change of the row waits until it ends */
export async function findSetting(
  sql: Sql,
  workspaceId: string,
  rule: HygieneRule,
  { lock = false } = {},
): Promise<StoredSetting> {
  const row = await sql.first<{ version: number; setting: Partial<RuleSetting> }>(
    `SELECT version, setting FROM hygiene_settings WHERE workspace_id = $1 AND rule = $2${lock ? ' FOR UPDATE' : ''}`,
    [workspaceId, rule],
  );
  return { version: row?.version ?? 0, setting: settingOf(rule, row?.setting) };
}

/** Every row of the decision table as a workspace has it now. */
export async function findSettings(sql: Sql, workspaceId: string): Promise<(rule: HygieneRule) => RuleSetting> {
  const rows = await sql.rows<{ rule: HygieneRule; setting: Partial<RuleSetting> }>(
    'SELECT rule, setting FROM hygiene_settings WHERE workspace_id = $1',
    [workspaceId],
  );
  const stored = new Map(rows.map(({ rule, setting }) => [rule, setting]));
  return (rule) => settingOf(rule, stored.get(rule));
}

/** Stores a row that has the version its writer read. @returns false when it has another */
export async function saveSetting(
  sql: Sql,
  workspaceId: string,
  rule: HygieneRule,
  { version, setting }: StoredSetting,
): Promise<boolean> {
  const row = await sql.first(
    `INSERT INTO hygiene_settings AS s (workspace_id, rule, version, setting) VALUES ($1, $2, $3::int + 1, $4)
     ON CONFLICT (workspace_id, rule) DO UPDATE SET version = excluded.version, setting = excluded.setting
     WHERE s.version = $3 RETURNING 1`,
    [workspaceId, rule, version, JSON.stringify(setting)],
  );
  return row !== undefined;
}
