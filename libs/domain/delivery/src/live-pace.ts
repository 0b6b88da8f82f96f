import type { z } from 'zod';
import type { AccountPace, PaceEvent, ProviderPace } from '#contracts';
import { ANSWER_STEP_MS, answersSince, grantUnit, limitsNow, noAnswers, rateOf, usage } from '#engine/pace';
import type { PaceState, UnitPace } from '#engine/pace';
import type { Sql } from '#platform/database';
import type { SharedState } from '#platform/shared-state';
import { toAccountView } from '#domain/senders';
import type { SmtpAccountRow } from '#domain/senders';
import { laneLimits } from './lane-limits.js';
import { answersKey } from './provider-paces.js';
import type { AccountAnswers } from './provider-paces.js';

/** Answers of so long are shown. */
const SHOWN_MS = 300_000;
const MINUTE_MS = 60_000;

/** Recipients that wait, by who may carry them. */
export interface QueuedRow {
  provider: string;
  /** Of the long tail, where it was asked for. */
  domain: string | null;
  reserved: boolean;
  /** Accounts the campaign names; empty for any. */
  smtpAccounts: string[];
  pending: number;
}

/**
 * Recipients of sending campaigns that wait, by provider. A batch that nobody has begun counts by its size; the rows of
 * the others are counted. Index: send_batches_campaign, campaign_recipients_batch.
 * @param domains of the long tail that are told apart, as far as their batches have been begun
 */
export function queued(sql: Sql, workspaceId: string, domains: readonly string[]): Promise<QueuedRow[]> {
  return sql.rows<QueuedRow>(
    {
      name: 'queued_by_provider',
      text: `
        SELECT b.provider, r.domain, b.reserved, c.smtp_accounts AS "smtpAccounts", sum(r.pending)::int AS pending
        FROM campaigns c
        JOIN send_batches b ON b.campaign_id = c.id AND b.status <> 'done'
        CROSS JOIN LATERAL (
          SELECT NULL AS domain, b.size AS pending WHERE b.fence = 0
          UNION ALL
          SELECT known.domain, count(*) FROM campaign_recipients r
          LEFT JOIN unnest($2::text[]) AS known (domain)
            ON b.provider = 'other' AND known.domain = lower(substring(r.email FROM '[^@]*$'))
          WHERE b.fence > 0 AND r.campaign_id = b.campaign_id AND r.batch_id = b.id AND r.status = 'pending'
          GROUP BY known.domain
        ) r
        WHERE c.workspace_id = $1 AND c.status = 'sending'
        GROUP BY b.provider, r.domain, b.reserved, c.smtp_accounts`,
    },
    [workspaceId, domains],
  );
}

/** How the accounts of a workspace are used. */
export interface AccountUse {
  /** The sandbox carries everything, since there is no other account. */
  standIn: boolean;
  /** Part of a minute's, hour's and day's limit that campaigns leave to triggered mail; 0 to 1. */
  leavesShare: number;
}

/**
 * What each of the accounts does just now, in their order.
 * @param queue who waits, with the domains of the long tail that an account has learned a pace for told apart
 */
export async function livePaces(
  shared: SharedState,
  accounts: readonly SmtpAccountRow[],
  queue: (domains: readonly string[]) => Promise<readonly QueuedRow[]>,
  use: AccountUse,
): Promise<AccountPace[]> {
  const keys = accounts.flatMap(({ id }) => [`account:${id}`, answersKey(id)]);
  const { states, nowMs } = await shared.read<PaceState | AccountAnswers>(keys);
  const unitsOf = (index: number) => (states[2 * index + 1] as AccountAnswers | null | undefined)?.units ?? {};
  const domains = accounts.flatMap((_, index) => Object.keys(unitsOf(index)).filter(isDomain));
  const rows = await queue([...new Set(domains)].sort());
  return accounts.map((account, index) => {
    const pace = states[2 * index] as PaceState | null | undefined;
    const units = unitsOf(index);
    const pending = waiting(account, units, rows, use.standIn);
    return toLivePace(account, { pace: pace ?? null, units, pending, nowMs, ...use });
  });
}

function waiting(
  account: SmtpAccountRow,
  units: Record<string, UnitPace>,
  queue: readonly QueuedRow[],
  standIn: boolean,
): Map<string, number> {
  const sum = new Map<string, number>();
  for (const { provider, domain, reserved, smtpAccounts, pending } of queue) {
    const chosen = smtpAccounts.length === 0 || smtpAccounts.includes(account.id);
    const carries = account.kind === 'sandbox' ? reserved || (standIn && chosen) : !reserved && chosen;
    // Another account may have learned a pace for a domain that is one of many here.
    const unit = domain !== null && units[domain] ? domain : provider;
    if (carries && pending > 0) sum.set(unit, (sum.get(unit) ?? 0) + pending);
  }
  return sum;
}

/** What is known of an account's doings. */
interface Found {
  pace: PaceState | null;
  units: Record<string, UnitPace>;
  pending: Map<string, number>;
  nowMs: number;
}

function toLivePace(
  row: SmtpAccountRow,
  { pace, units, pending, nowMs, leavesShare }: Pick<AccountUse, 'leavesShare'> & Found,
): AccountPace {
  const { id, name, kind, enabled, health, lastError, lastErrorAt, warmup, warmupState } = toAccountView(row);
  const limits = limitsNow(row, nowMs);
  const { used } = usage(pace, limits, nowMs);
  // What is left of a day may be triggered mail's: the campaign waits all the same.
  const { nextMs } = usage(pace, laneLimits(row, leavesShare), nowMs);
  const names = new Set([...pending.keys(), ...Object.keys(units)]);
  const providers = [...names]
    .map((unit) => toProviderPace(unit, units[unit], pending.get(unit) ?? 0, nowMs))
    .filter(({ pending, perMinute, answers }) => pending > 0 || perMinute !== null || total(answers) > 0)
    .sort((one, other) => other.pending - one.pending || total(other.answers) - total(one.answers));
  const all = providers.reduce((sum, { answers }) => sum + total(answers), 0);
  const against = providers.reduce((sum, { answers }) => sum + answers.slowed + answers.hinted + answers.failed, 0);
  return {
    ...{ id, name, kind, enabled, health, lastError, lastErrorAt, warmup, warmupState, limits },
    retryAt: row.retryAt && row.retryAt.getTime() > nowMs ? row.retryAt.toISOString() : null,
    used,
    nextAt: nextMs > nowMs ? instant(nextMs) : null,
    pending: [...pending.values()].reduce((sum, count) => sum + count, 0),
    acceptedPerMinute: providers.reduce((sum, { acceptedPerMinute }) => sum + acceptedPerMinute, 0),
    soundness: { count: all - against, of: all },
    answersSeconds: SHOWN_MS / 1_000,
    providers,
  };
}

function toProviderPace(unit: string, known: UnitPace | undefined, pending: number, nowMs: number): ProviderPace {
  const domain = isDomain(unit) ? unit : null;
  const rate = known ? rateOf(known, nowMs) : null;
  const waitMs = known ? grantUnit(known, nowMs, 1).waitMs : 0;
  return {
    provider: domain ? 'other' : unit,
    domain,
    perMinute: perMinute(rate),
    acceptedPerMinute: known ? acceptedPerMinute(known, nowMs) : 0,
    nextAt: waitMs > 0 ? instant(nowMs + waitMs) : null,
    pending,
    answers: known ? answersSince(known, nowMs - SHOWN_MS) : noAnswers(),
    events: (known?.events ?? []).toReversed().map(({ at, kind, rate, said }): z.output<typeof PaceEvent> => ({
      at: instant(at),
      code: ({ slowed: 'PROVIDER_SLOWED', easing: 'PROVIDER_EASING', freed: 'PROVIDER_FREED' } as const)[kind],
      perMinute: perMinute(rate),
      said: said || null,
    })),
  };
}

/** Names of providers hold no dot. */
function isDomain(unit: string): boolean {
  return unit.includes('.');
}

/** Answers are counted in steps: the one in which the last minute began counts as a whole, and so does its length. */
function acceptedPerMinute(known: UnitPace, nowMs: number): number {
  const since = Math.floor((nowMs - MINUTE_MS) / ANSWER_STEP_MS) * ANSWER_STEP_MS;
  return Math.round((answersSince(known, since).accepted * MINUTE_MS) / (nowMs - since));
}

function perMinute(rate: number | null): number | null {
  return rate === null ? null : Math.max(1, Math.round(rate * 60));
}

function total(answers: ProviderPace['answers']): number {
  return Object.values(answers).reduce((sum, count) => sum + count, 0);
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
