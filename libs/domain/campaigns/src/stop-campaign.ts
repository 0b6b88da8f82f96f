import type { StopReason } from '#contracts';
import type { Sql } from '#platform/database';
import { moveCampaign } from './campaign.repository.js';
import type { CampaignRow } from './campaign.repository.js';

const REASONS_MAX = 20;
const TEXT_MAX = 600;

/** Pauses what only a person can put right, and says why. @returns undefined when it is not sending any more */
export function pauseForPerson(sql: Sql, id: string, reason: StopReason): Promise<CampaignRow | undefined> {
  return moveCampaign(sql, id, ['sending'], 'paused', 'stop_reasons = $4', [written([reason])]);
}

/** A scheduled campaign can't be started, and says why. */
export function failToStart(sql: Sql, id: string, reasons: readonly StopReason[]): Promise<CampaignRow | undefined> {
  return moveCampaign(sql, id, ['scheduled'], 'failed', 'stop_reasons = $4, finished_at = now()', [written(reasons)]);
}

/** Servers and templates may have much to say. */
function written(reasons: readonly StopReason[]): string {
  const short = (value: unknown) => (typeof value === 'string' ? value.slice(0, TEXT_MAX) : value);
  return JSON.stringify(reasons.slice(0, REASONS_MAX), (_key, value: unknown) => short(value));
}
