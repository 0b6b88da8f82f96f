/**
 * What the inbound engine says about one mail that came back. The names of the reasons are Sisimai's, which the field
 * knows and the scoring corpus uses.
 */
export const INBOUND_KINDS = [
  'bounce',
  'delay',
  'auto-reply',
  'complaint',
  'challenge',
  'unsubscribe',
  'reply',
  'mdn',
  'other',
] as const;
export type InboundKind = (typeof INBOUND_KINDS)[number];

/** Bounce reasons by group: what a reason does to the contact follows from its group alone. */
export const BOUNCE_REASONS = {
  hard: ['userunknown', 'hostunknown', 'hasmoved', 'notaccept', 'suspend', 'suppressed'],
  mailbox: ['mailboxfull', 'filtered', 'exceedlimit'],
  block: [
    'blocked',
    'badreputation',
    'rejected',
    'spamdetected',
    'policyviolation',
    'authfailure',
    'requireptr',
    'notcompliantrfc',
    'norelaying',
    'securityerror',
    'virusdetected',
    'speeding',
    'toomanyconn',
    'ratelimited',
    'failedstarttls',
  ],
  transient: [
    'expired',
    'networkerror',
    'systemerror',
    'systemfull',
    'mailererror',
    'mesgtoobig',
    'contenterror',
    'syntaxerror',
  ],
  unknown: ['undefined', 'onhold'],
} as const;
export type BounceGroup = keyof typeof BOUNCE_REASONS;
export type BounceReason = (typeof BOUNCE_REASONS)[BounceGroup][number];

/** What is remembered of an address: why it bounced, or that an automatic answer said the person has left the company. */
export type HitReason = BounceReason | 'leftcompany';

/** The group a reason belongs to. */
export function bounceGroup(reason: BounceReason): BounceGroup {
  for (const group of Object.keys(BOUNCE_REASONS) as BounceGroup[]) {
    if ((BOUNCE_REASONS[group] as readonly string[]).includes(reason)) return group;
  }
  return 'unknown';
}

/**
 * How far a report may be believed. T3: our HMAC token in the envelope recipient; T2: the keyed token in the returned
 * original; T1: no token, but an authenticated feedback loop about a message we sent that address of late; T0: nothing.
 * T3 and T2 act, T1 acts for complaints, T0 waits for review.
 */
export const TRUST_LEVELS = ['T0', 'T1', 'T2', 'T3'] as const;
export type TrustLevel = (typeof TRUST_LEVELS)[number];

/** One recipient named in a report. */
export interface InboundRecipient {
  /** Canonical form when it parses, else as written. Evidence, never identity. */
  address: string;
  action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded' | 'unknown';
  /** RFC 3463 enhanced status. */
  status: string | null;
  replyCode: number | null;
  /** The remote server's words, at most 1,000 characters. */
  diagnostic: string;
  reason: BounceReason;
  group: BounceGroup;
  /** Id of the rule that decided the reason, for `try:bounce` and the review queue. */
  rule: string;
}

/** The rule of a mail that nothing recognised. */
export const UNRECOGNISED = 'none';

/** The engine's verdict over one raw mail, before trust is known (trust needs the keys). */
export interface InboundVerdict {
  kind: InboundKind;
  /** Id of the rule that decided the kind. */
  rule: string;
  recipients: InboundRecipient[];
  /** Candidates for our tokens found in envelope, headers and the returned original, in order of trust. */
  tokenCandidates: TokenCandidate[];
  from: string | null;
  subject: string;
  messageId: string | null;
  /** What was written, without quote and signature: by a person, an absence assistant, or whoever wrote what nothing recognised. */
  visibleReply: string | null;
  /** Until when an out-of-office says the person is away (RFC 3339 date), when it says so. */
  awayUntil: string | null;
  /** The words by which an automatic answer says that the person has left the company; at most 300 characters. */
  leftCompany: string | null;
  /** Feedback loop that sent the complaint, where our own server says that the sender is authentic (trust T1). */
  reporter: string | null;
  /** What it says, as rules see it (lower case, one space, addresses `<>`), at most 2,000 characters. */
  words: string;
  /** ARF feedback type (`abuse`, `fraud`, `opt-out`, …) of a complaint. */
  feedbackType: string | null;
}

export interface TokenCandidate {
  where:
    | 'envelope'
    | 'recipient-header'
    | 'original-message-id'
    | 'original-reference'
    | 'original-return-path'
    | 'in-reply-to';
  /** The address local part or message-id as found, at most 320 characters. */
  value: string;
}
