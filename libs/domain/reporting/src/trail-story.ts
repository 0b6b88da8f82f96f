import type { z } from 'zod';
import type { DecisionTrail, DeliveryAttempt, NoticeType, TrailStepCode, TrailVerdict } from '#contracts';
import { stepSentence, verdictSentence } from './trail-sentences.js';
import type { TrailEvidence, TrailFact, TrailMembership, TrailRecipient } from './trail-evidence.js';

type Story = z.infer<typeof DecisionTrail>;
type Step = Story['steps'][number];
type Values = Record<string, string | number>;
/** What a verdict rests on; a list of campaigns knows no more than this. */
export interface VerdictEvidence extends Pick<TrailEvidence, 'campaign' | 'memberships' | 'exclusion' | 'wouldBe'> {
  contact: Pick<NonNullable<TrailEvidence['contact']>, 'id'> | null;
  recipient: VerdictRecipient | null;
}
type Instants = 'retryAt' | 'bouncedAt' | 'complainedAt' | 'openedAt' | 'clickedAt' | 'repliedAt';
export type VerdictRecipient = Pick<TrailRecipient, 'status' | 'skipReason' | 'bounceReason'> &
  Record<Instants, Date | string | null>;

/** The steps that decided, oldest first within each part: who was meant, who was prepared, what was tried, what came back. */
export function tellSteps(evidence: TrailEvidence): Step[] {
  const { recipient, facts, suppression } = evidence;
  const steps = [...whoSteps(evidence), ...audienceSteps(evidence)];
  if (recipient) {
    const told = [...attemptSteps(recipient, evidence), ...facts.map(factStep), ...laterSteps(evidence)];
    steps.push(...told.sort((a, b) => (a.at ?? LAST).localeCompare(b.at ?? LAST)));
  }
  if (suppression) {
    const { reason, createdAt, inboundMessageId } = suppression;
    steps.push(step('suppressed_now', createdAt, { reason }, { inboundMessageId }));
  }
  return steps;
}

/** Sorts after every instant. */
const LAST = '9999';

function step(
  code: TrailStepCode,
  at: Date | string | null,
  params: Values = {},
  more: Partial<Pick<Step, 'attempt' | 'inboundMessageId'>> = {},
): Step {
  const instant = at === null ? null : new Date(at).toISOString();
  return {
    code,
    at: instant,
    message: stepSentence(code, params),
    params,
    attempt: more.attempt ?? null,
    inboundMessageId: more.inboundMessageId ?? null,
  };
}

function whoSteps({ contact, recipient, campaign }: TrailEvidence): Step[] {
  if (!contact) return [step(recipient ? 'contact_erased' : 'address_unknown', null)];
  const steps: Step[] = [];
  if (recipient && recipient.canonical !== contact.canonical) {
    steps.push(step('address_changed', null, { address: recipient.email }));
  }
  if (!recipient && isLater(campaign, contact.id)) steps.push(step('contact_created_later', contact.createdAt));
  return steps;
}

function isLater({ frozenAt, maxContactId }: TrailEvidence['campaign'], contactId: string): boolean {
  return frozenAt !== null && BigInt(contactId) > BigInt(maxContactId ?? '0');
}

function audienceSteps(evidence: TrailEvidence): Step[] {
  const { campaign, contact, memberships, recipient, exclusion, wouldBe } = evidence;
  const { frozenAt, audience } = campaign;
  const before: Step[] = [];
  const after: Step[] = [];
  for (const membership of memberships) {
    if (audience.excludeLists.includes(membership.listId)) {
      before.push(step('on_excluded_list', membership.createdAt, { list: membership.list }));
    }
    if (!audience.lists.includes(membership.listId)) continue;
    const told = membershipStep(membership, frozenAt);
    (told.code === 'list_joined_later' ? after : before).push(told);
  }
  before.sort((a, b) => (a.at ?? '').localeCompare(b.at ?? ''));
  const start = frozenAt ? step('started', frozenAt) : step('not_started', null);
  const onNone = contact && !recipient && !memberships.some(({ listId }) => audience.lists.includes(listId));
  const nowhere = audience.segments.length > 0 ? 'not_named' : 'on_no_list';
  const steps = [
    ...before,
    start,
    ...after,
    ...(onNone && !exclusion && !wouldBe?.candidate ? [step(nowhere, null)] : []),
  ];
  if (wouldBe?.candidate) {
    steps.push(
      wouldBe.reason ? step('would_be_excluded', null, { reason: wouldBe.reason }) : step('would_be_prepared', null),
    );
  }
  if (isPreparing(evidence)) steps.push(step('preparing', null));
  if (exclusion) steps.push(step('excluded', null, { reason: exclusion }));
  if (recipient) {
    const { seq, batchId, provider } = recipient;
    steps.push(step('prepared', null, { seq, batch: batchId, provider }));
  }
  return steps;
}

/** A membership as it was when the audience was fixed: what changed later is told as later. */
function membershipStep({ list, status, createdAt, unsubscribedAt }: TrailMembership, frozenAt: Date | null): Step {
  if (frozenAt && createdAt > frozenAt) return step('list_joined_later', createdAt, { list });
  if (status === 'unsubscribed' && !leftLater(unsubscribedAt, frozenAt)) {
    return step('list_unsubscribed', unsubscribedAt, { list });
  }
  return step(status === 'pending' ? 'list_pending' : 'list_subscribed', createdAt, { list });
}

function leftLater(unsubscribedAt: Date | null, frozenAt: Date | null): boolean {
  return unsubscribedAt !== null && frozenAt !== null && unsubscribedAt > frozenAt;
}

/** The campaign runs, and the chunk with this contact has not been materialised. */
function isPreparing({ campaign, contact, memberships, recipient, exclusion }: VerdictEvidence): boolean {
  if (!campaign.frozenAt || campaign.preparedAt || !contact || recipient || exclusion) return false;
  if (BigInt(contact.id) <= BigInt(campaign.prepareCursor) || isLater(campaign, contact.id)) return false;
  if (campaign.audience.segments.length > 0) return true;
  return memberships.some(({ listId }) => campaign.audience.lists.includes(listId));
}

function attemptSteps(recipient: TrailRecipient, { campaign, accountNames }: TrailEvidence): Step[] {
  const { status, attempts, retryAt, finishedAt, skipReason, acceptedAt } = recipient;
  const steps = attempts.map((attempt) => attemptStep(attempt, accountNames));
  if (status === 'pending') {
    if (campaign.status === 'paused') steps.push(step('waiting_paused', null));
    else steps.push(retryAt ? step('retry', retryAt) : step('waiting', null));
  }
  if (status === 'skipped') steps.push(step('skipped', finishedAt, { reason: skipReason ?? 'cancelled' }));
  if (status === 'expired') steps.push(step('expired', finishedAt));
  if (status === 'accepted' && attempts.at(-1)?.kind === 'uncertain') {
    steps.push(step('settled_accepted', acceptedAt ?? finishedAt));
  }
  return steps;
}

function attemptStep(attempt: DeliveryAttempt, accountNames: ReadonlyMap<string, string>): Step {
  const { kind, at, smtpAccountId, code, enhanced, text, senderStopped } = attempt;
  const smtpAccountName = accountNames.get(smtpAccountId) ?? null;
  // Attempts of before it was noted name no account.
  const stopped = kind === 'uncertain' && (senderStopped || smtpAccountId === '');
  return step(
    stopped ? 'sender_stopped' : `attempt_${kind}`,
    at,
    { account: smtpAccountName ?? smtpAccountId },
    { attempt: { smtpAccountId, smtpAccountName, code: code ?? null, enhanced: enhanced ?? null, text } },
  );
}

const NOTICES: Record<NoticeType, TrailStepCode> = {
  'delivery-confirmed': 'delivery_confirmed',
  'delivery-relayed': 'delivery_relayed',
  'delivery-delayed': 'delivery_delayed',
  'read-confirmed': 'read_confirmed',
  'read-declined': 'read_declined',
};

function factStep({ type, at, human, count, detail, url, inboundMessageId }: TrailFact): Step {
  switch (type) {
    case 'opened':
      return step(human ? 'opened' : 'machine_opened', at, { count });
    case 'clicked':
      return step(human ? 'clicked' : 'machine_clicked', at, { count, url: url ?? '' });
    case 'hard-bounced':
    case 'soft-bounced':
    case 'blocked': {
      const [reason = '', ...words] = detail.split(': ');
      const code = type === 'hard-bounced' ? 'hard_bounced' : 'soft_bounced';
      return step(code, at, { reason, text: words.join(': ') }, { inboundMessageId });
    }
    case 'complained':
      return step('complained', at, {}, { inboundMessageId });
    case 'auto-replied':
      return step('auto_replied', at, {}, { inboundMessageId });
    case 'left-company':
      return step('left_company', at, { text: detail }, { inboundMessageId });
    case 'delivery-confirmed':
    case 'delivery-relayed':
    case 'delivery-delayed':
    case 'read-confirmed':
    case 'read-declined':
      return step(NOTICES[type], at, {}, { inboundMessageId });
    case 'unsubscribed':
      return step('unsubscribed', at, { via: detail }, { inboundMessageId });
    default:
      return step('replied', at, {}, { inboundMessageId });
  }
}

/** Who left a list after the start without this campaign's doing. */
function laterSteps({ campaign, memberships, facts }: TrailEvidence): Step[] {
  if (facts.some(({ type }) => type === 'unsubscribed')) return [];
  return memberships
    .filter(
      ({ listId, unsubscribedAt }) =>
        campaign.audience.lists.includes(listId) && leftLater(unsubscribedAt, campaign.frozenAt),
    )
    .map(({ list, unsubscribedAt }) => step('left_list_later', unsubscribedAt, { list }));
}

/** The end of the story in one word, with the sentence and what stands in it. */
export function judge(evidence: VerdictEvidence): Pick<Story, 'verdict' | 'message' | 'params'> {
  const [verdict, params = {}] = verdictOf(evidence);
  return { verdict, message: verdictSentence(verdict, params), params };
}

function verdictOf(evidence: VerdictEvidence): [TrailVerdict, Values?] {
  const { campaign, contact, recipient, exclusion, wouldBe } = evidence;
  if (recipient) return recipientVerdict(recipient, campaign.status === 'paused');
  if (exclusion) return ['excluded', { reason: exclusion }];
  if (!contact) return ['unknown_address'];
  if (wouldBe) {
    if (!wouldBe.candidate) return ['would_not_be_candidate'];
    return wouldBe.reason ? ['would_be_excluded', { reason: wouldBe.reason }] : ['would_get'];
  }
  if (!isPreparing(evidence)) return ['not_candidate'];
  return campaign.status === 'cancelled' ? ['skipped', { reason: 'cancelled' }] : ['preparing'];
}

function recipientVerdict(recipient: VerdictRecipient, paused: boolean): [TrailVerdict, Values?] {
  const { status, retryAt, skipReason, bounceReason } = recipient;
  // Whoever reacted had it, whatever the wire said.
  if (recipient.complainedAt) return ['complained'];
  if (recipient.openedAt || recipient.clickedAt || recipient.repliedAt) return ['read'];
  switch (status) {
    case 'accepted':
      return recipient.bouncedAt ? ['bounced', { reason: bounceReason ?? 'undefined' }] : ['accepted'];
    case 'pending':
      if (paused) return ['paused'];
      return [retryAt ? 'deferred' : 'waiting'];
    case 'skipped':
      return ['skipped', { reason: skipReason ?? 'cancelled' }];
    default:
      return [status];
  }
}
