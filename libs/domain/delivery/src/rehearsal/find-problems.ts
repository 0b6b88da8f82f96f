import type { z } from 'zod';
import type { Prediction, RehearsalFinding } from '#contracts';
import type { CompiledContent } from '#engine/render';

type View = z.infer<typeof Prediction>;
type Finding = View['findings'][number];
type Values = Finding['params'];

/** English; the UI words them by code. `{name}` is a parameter. */
const MESSAGES: Record<RehearsalFinding, string> = {
  NOBODY: 'Nobody would get it.',
  NO_ACCOUNT: '{count} recipients have no SMTP account that may carry them.',
  RENDER_FAILED: 'For {failed} of {sample} sampled recipients no message can be made: {reason}',
  MISSING_DATA: '{count} recipients have nothing for {variable}.',
  SIZE_CLIPPED: 'The mail is so large that some programs cut it off ({bytes} bytes of HTML).',
  EXPIRED: '{count} recipients would not be through by the deadline.',
  PROVIDER_SLOWED: '{provider} would ask to slow down after {seconds} seconds.',
  FEW_CONNECTIONS: 'The connections of {account} carry {perSecond} messages a second, where its limit allows {limit}.',
  ACCOUNT_LIMIT: 'The limits of {account} would hold it back for {seconds} seconds.',
};

/** An account that waits for its own limits for more than this part of the time is worth a word. */
const HELD_SHARE = 0.2;
const HELD_MIN_MS = 60_000;

/** What an account's connections carry, and what its limits would allow; both per second. */
export interface AccountBound {
  account: string;
  perSecond: number;
  limit: number;
}

/** What a person should know before the start, the worst first. */
export function findProblems(
  prediction: Omit<View, 'findings'>,
  content: Pick<CompiledContent, 'problems' | 'estimate'>,
  withoutAccount: number,
  bounds: readonly AccountBound[] = [],
): Finding[] {
  const { audience, rendered, missing, expired, providers, accounts, durationMs } = prediction;
  const findings: Finding[] = [];
  const add = (severity: Finding['severity'], code: RehearsalFinding, params: Values = {}) =>
    findings.push({ code, severity, message: sentence(MESSAGES[code], params), params });
  if (audience.prepared === 0) add('error', 'NOBODY');
  if (withoutAccount > 0) add('error', 'NO_ACCOUNT', { count: withoutAccount });
  if (rendered.failed > 0) {
    const { failed, sample, errors } = rendered;
    add('error', 'RENDER_FAILED', { failed, sample, reason: errors[0]?.reason ?? '' });
  }
  if (expired > withoutAccount) add('error', 'EXPIRED', { count: expired - withoutAccount });
  if (content.problems.some(({ code }) => code === 'SIZE_CLIPPED')) {
    add('warning', 'SIZE_CLIPPED', { bytes: content.estimate.html });
  }
  for (const { variable, count, address } of missing) add('warning', 'MISSING_DATA', { variable, count, address });
  for (const { provider, firstSlowedMs, slowestPerSecond } of providers) {
    if (firstSlowedMs === null) continue;
    const perSecond = Math.round((slowestPerSecond ?? 0) * 10) / 10;
    add('warning', 'PROVIDER_SLOWED', { provider, seconds: Math.round(firstSlowedMs / 1_000), perSecond });
  }
  for (const { name, heldMs } of accounts) {
    if (heldMs < HELD_MIN_MS || heldMs < durationMs * HELD_SHARE) continue;
    add('warning', 'ACCOUNT_LIMIT', { account: name, seconds: Math.round(heldMs / 1_000) });
  }
  for (const { account, perSecond, limit } of bounds) {
    if (perSecond < limit) add('warning', 'FEW_CONNECTIONS', { account, perSecond, limit });
  }
  return findings;
}

function sentence(template: string, values: Values): string {
  return template.replace(/\{(\w{1,20})\}/g, (_, name: string) => String(values[name] ?? '?'));
}
