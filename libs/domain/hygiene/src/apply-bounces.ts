import type { HitEvidence, HygieneRule, SuppressionReason } from '#contracts';
import { decide, quarantineUntil, rowsCounted, ruleOf } from '#engine/hygiene';
import type { RuleSetting } from '#engine/hygiene';
import { PROVIDER_DOMAINS } from '#engine/pace';
import type { Transaction } from '#platform/database';
import { domainEntry, suppressAll } from '#domain/suppressions';
import type { SuppressRequest } from '#domain/suppressions';
import { findDomainHits, findRecords, holdAddresses, insertHits, tookMessages } from './hit.repository.js';
import type { Bounced } from './hit.repository.js';
import { findSettings } from './setting.repository.js';

/** Domains of the big mailbox providers: their servers may be away for us, but they are not dead. */
export const KNOWN_DOMAINS: ReadonlySet<string> = new Set(PROVIDER_DOMAINS.map(({ domain }) => domain));

/** Rows of the table that count by address. */
const BY_ADDRESS = [
  'no_mailbox',
  'suspended',
  'left_company',
  'mailbox_full',
] as const satisfies readonly HygieneRule[];

/** … and those that say nothing about whom we wrote to. */
const JUDGES_NOBODY: ReadonlySet<HygieneRule> = new Set(['blocked', 'other']);

/** A bounce, or an answer that counts as one, that was believed and is new. */
export interface AddressBounce {
  workspaceId: string;
  canonical: string;
  bounced: Bounced;
  evidence: HitEvidence;
  at: Date;
}

/**
 * What a bounce can change: its address, and its domain where that can be quarantined. Of two bounces that share one of
 * them the second has to see what the first has done.
 */
export function touchedBy({ workspaceId, canonical, evidence }: Omit<AddressBounce, 'bounced' | 'at'>): string[] {
  const domain = domainOf(canonical);
  const byDomain = ruleOf(evidence.reason) === 'unreachable' && !KNOWN_DOMAINS.has(domain);
  return [canonical, ...(byDomain ? [domainEntry(domain)] : [])].map((key) => `${workspaceId}:${key}`);
}

/** Holds what these bounces change until the transaction ends, in one order, so that two at once see each other. */
export function holdBounced(tx: Transaction, bounces: ReadonlyArray<Omit<AddressBounce, 'bounced' | 'at'>>) {
  const counted = bounces.filter(({ evidence }) =>
    ['suspended', 'left_company', 'mailbox_full', 'unreachable'].includes(ruleOf(evidence.reason)),
  );
  return holdAddresses(tx, counted.flatMap(touchedBy));
}

/**
 * What bounces do besides their marks on the ledger: they are remembered, and the decision table says whether the
 * address is suppressed or left alone for a while, or its domain is. In the transaction of the facts; a bounce whose
 * fact was known before never comes here.
 * @param bounces none shares with another what it changes ({@link touchedBy})
 */
export async function applyBounces(tx: Transaction, bounces: readonly AddressBounce[]): Promise<void> {
  await holdBounced(tx, bounces);
  await insertHits(
    tx,
    bounces.map(({ workspaceId, canonical, bounced, at, evidence }) => ({
      workspaceId,
      canonical,
      bounced,
      rule: ruleOf(evidence.reason),
      reason: evidence.reason,
      at,
      words: evidence.diagnostic,
      inboundMessageId: evidence.inboundMessageId,
    })),
  );
  const judged = bounces.filter(({ evidence }) => !JUDGES_NOBODY.has(ruleOf(evidence.reason)));
  for (const workspaceId of new Set(judged.map((bounce) => bounce.workspaceId))) {
    await judge(
      tx,
      workspaceId,
      judged.filter((bounce) => bounce.workspaceId === workspaceId),
    );
  }
}

async function judge(tx: Transaction, workspaceId: string, bounces: readonly AddressBounce[]): Promise<void> {
  const settings = await findSettings(tx, workspaceId);
  const under = (rule: HygieneRule) => bounces.filter(({ evidence }) => ruleOf(evidence.reason) === rule);
  const requests: SuppressRequest[] = [];
  for (const rule of BY_ADDRESS) {
    requests.push(...(await judgeAddresses(tx, workspaceId, [rule, settings], under(rule))));
  }
  for (const bounce of under('unreachable')) {
    requests.push(...(await judgeDomain(tx, bounce, settings('unreachable'))));
  }
  await suppressAll(tx, workspaceId, requests.sort(byAddress));
}

async function judgeAddresses(
  tx: Transaction,
  workspaceId: string,
  [rule, settings]: [HygieneRule, (rule: HygieneRule) => RuleSetting],
  bounces: readonly AddressBounce[],
): Promise<SuppressRequest[]> {
  if (bounces.length === 0) return [];
  const setting = settings(rule);
  const canonicals = bounces.map(({ canonical }) => canonical);
  const records = await findRecords(tx, workspaceId, rowsCounted(rule, settings), canonicals);
  return bounces.flatMap((bounce) => {
    const record = records.get(bounce.canonical);
    if (!record || record.hits.length === 0) return [];
    // A report that comes late does not hide those that were quicker.
    const decision = decide(rule, setting, { hits: record.hits, signs: record.signs, at: Math.max(...record.hits) });
    if (decision.do === 'nothing') return [];
    const backOff = decision.do === 'back-off';
    if (backOff && decision.until <= Date.now()) return [];
    const expiresAt = backOff ? new Date(decision.until) : null;
    return toRequest(bounce, bounce.canonical, rule, suppressionReason(rule, backOff), expiresAt);
  });
}

async function judgeDomain(tx: Transaction, bounce: AddressBounce, setting: RuleSetting): Promise<SuppressRequest[]> {
  const { workspaceId } = bounce;
  const domain = domainOf(bounce.canonical);
  if (KNOWN_DOMAINS.has(domain)) return [];
  const hits = await findDomainHits(tx, workspaceId, domain);
  const until = quarantineUntil(setting, hits, Math.max(...hits));
  if (until === null || until <= Date.now()) return [];
  if (await tookMessages(tx, workspaceId, domain, Math.min(...hits))) return [];
  return [toRequest(bounce, domainEntry(domain), 'unreachable', 'quarantined', new Date(until))];
}

/** Under which reason the list has what a row decided about an address. */
export function suppressionReason(rule: HygieneRule, backOff: boolean): SuppressionReason {
  if (backOff) return 'backed_off';
  return rule === 'mailbox_full' ? 'soft_bounce' : 'hard_bounce';
}

function byAddress(a: SuppressRequest, b: SuppressRequest): number {
  return a.canonical < b.canonical ? -1 : 1;
}

function domainOf(canonical: string): string {
  return canonical.slice(canonical.lastIndexOf('@') + 1);
}

function toRequest(
  { bounced, evidence }: AddressBounce,
  canonical: string,
  rule: HygieneRule,
  reason: SuppressionReason,
  expiresAt: Date | null,
): SuppressRequest {
  return {
    canonical,
    reason,
    detail: evidence.diagnostic,
    campaignId: 'campaignId' in bounced ? bounced.campaignId : null,
    inboundMessageId: evidence.inboundMessageId,
    expiresAt,
    rule,
  };
}
