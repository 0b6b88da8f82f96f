import type { BounceEvidence, HygieneRule, SuppressionReason } from '#contracts';
import { decide, quarantineUntil, ruleOf } from '#engine/hygiene';
import { PROVIDER_DOMAINS } from '#engine/pace';
import type { Transaction } from '#platform/database';
import { domainEntry, suppress } from '#domain/suppressions';
import { findDomainHits, findRecords, holdAddress, insertHit, tookMessages } from './hit.repository.js';
import type { Bounced } from './hit.repository.js';
import { findSetting } from './setting.repository.js';

/** Domains of the big mailbox providers: their servers may be away for us, but they are not dead. */
export const KNOWN_DOMAINS: ReadonlySet<string> = new Set(PROVIDER_DOMAINS.map(({ domain }) => domain));

/** A bounce that was believed and is new. */
export interface AddressBounce {
  workspaceId: string;
  canonical: string;
  bounced: Bounced;
  evidence: BounceEvidence;
  at: Date;
}

/**
 * What a bounce does besides its mark on the ledger row: it is remembered, and the decision table says whether the
 * address is suppressed or left alone for a while, or its domain is. In the transaction of the fact; a bounce whose
 * fact was known before never comes here.
 */
export async function applyBounce(tx: Transaction, bounce: AddressBounce): Promise<void> {
  const { workspaceId, canonical, bounced, evidence, at } = bounce;
  const rule = ruleOf(evidence.reason);
  const domain = canonical.slice(canonical.lastIndexOf('@') + 1);
  if (rule === 'unreachable') await holdAddress(tx, workspaceId, domainEntry(domain));
  else if (rule === 'suspended' || rule === 'mailbox_full') await holdAddress(tx, workspaceId, canonical);
  const { reason, diagnostic: words, inboundMessageId } = evidence;
  await insertHit(tx, { workspaceId, canonical, bounced, rule, reason, at, words, inboundMessageId });
  if (rule === 'unreachable') await quarantineDomain(tx, bounce, domain);
  else if (rule !== 'blocked' && rule !== 'other') await judgeAddress(tx, bounce, rule);
}

async function judgeAddress(tx: Transaction, bounce: AddressBounce, rule: HygieneRule): Promise<void> {
  const { workspaceId, canonical } = bounce;
  const { setting } = await findSetting(tx, workspaceId, rule);
  const record = (await findRecords(tx, workspaceId, rule, [canonical])).get(canonical);
  if (!record || record.hits.length === 0) return;
  // A report that comes late does not hide those that were quicker.
  const decision = decide(rule, setting, { ...record, at: Math.max(...record.hits) });
  if (decision.do === 'nothing') return;
  const backOff = decision.do === 'back-off';
  if (backOff && decision.until <= Date.now()) return;
  await suppress(tx, {
    ...{ workspaceId, canonical, ...evidenceOf(bounce) },
    ...{ rule, reason: suppressionReason(rule, backOff) },
    expiresAt: backOff ? new Date(decision.until) : null,
  });
}

async function quarantineDomain(tx: Transaction, bounce: AddressBounce, domain: string): Promise<void> {
  if (KNOWN_DOMAINS.has(domain)) return;
  const { workspaceId } = bounce;
  const { setting } = await findSetting(tx, workspaceId, 'unreachable');
  const hits = await findDomainHits(tx, workspaceId, domain);
  const until = quarantineUntil(setting, hits, Math.max(...hits));
  if (until === null || until <= Date.now()) return;
  if (await tookMessages(tx, workspaceId, domain, Math.min(...hits))) return;
  await suppress(tx, {
    ...{ workspaceId, canonical: domainEntry(domain), ...evidenceOf(bounce) },
    ...{ rule: 'unreachable', reason: 'quarantined' },
    expiresAt: new Date(until),
  });
}

/** Under which reason the list has what a row decided about an address. */
export function suppressionReason(rule: HygieneRule, backOff: boolean): SuppressionReason {
  if (backOff) return 'backed_off';
  return rule === 'mailbox_full' ? 'soft_bounce' : 'hard_bounce';
}

function evidenceOf({ bounced, evidence }: AddressBounce) {
  return {
    detail: evidence.diagnostic,
    campaignId: 'campaignId' in bounced ? bounced.campaignId : null,
    inboundMessageId: evidence.inboundMessageId,
  };
}
