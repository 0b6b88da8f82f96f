/**
 * One funnel for what comes back. A DSN over IMAP or inbound SMTP, a feedback-loop report, an SMTP refusal, a pixel,
 * a click: each is reduced to one of these facts, and each fact has one file in domain/feedback that applies it,
 * idempotently.
 */
import type { BounceReason, HitReason } from './inbound-verdict.js';

/** Which message a fact is about: a row of the ledger. Ids are decimal strings. */
export interface RecipientRef {
  campaignId: string;
  seq: number;
}

export type Fact =
  | { type: 'hard-bounced'; recipient: RecipientRef; at: Date; evidence: BounceEvidence }
  | { type: 'soft-bounced'; recipient: RecipientRef; at: Date; evidence: BounceEvidence }
  | { type: 'blocked'; recipient: RecipientRef; at: Date; evidence: BounceEvidence }
  | { type: 'complained'; recipient: RecipientRef; at: Date; inboundMessageId: string | null }
  | {
      type: 'unsubscribed';
      recipient: RecipientRef;
      at: Date;
      via: 'one-click' | 'page' | 'mail' | 'reply';
      /** The mail that asked for it, where one did. */
      inboundMessageId?: string;
    }
  | { type: 'replied'; recipient: RecipientRef; at: Date; inboundMessageId: string }
  | {
      type: 'auto-replied';
      recipient: RecipientRef;
      at: Date;
      /** Until when the person is away (RFC 3339 date), where it says so. */
      awayUntil?: string | null;
      inboundMessageId: string;
    }
  /** An automatic reply that says the person has left the company. */
  | { type: 'left-company'; recipient: RecipientRef; at: Date; evidence: HitEvidence & { reason: 'leftcompany' } }
  /** A read receipt or a delivery notification: told in the history, and nothing else follows from it. */
  | { type: NoticeType; recipient: RecipientRef; at: Date; detail: string; inboundMessageId: string }
  | { type: 'opened'; recipient: RecipientRef; at: Date; visitor: Visitor }
  | { type: 'clicked'; recipient: RecipientRef; at: Date; link: number; visitor: Visitor };
/** `read-declined`: the mail program says that it was deleted unread. */
export type NoticeType =
  'read-confirmed' | 'read-declined' | 'delivery-confirmed' | 'delivery-relayed' | 'delivery-delayed';
export type FactType = Fact['type'];

/** What is remembered of an address rests on this. */
export interface HitEvidence {
  reason: HitReason;
  /** Who said so, in their words, at most 1,000 characters. */
  diagnostic: string;
  /** The stored mail that said so; null for a refusal during the send. */
  inboundMessageId: string | null;
}

export interface BounceEvidence extends HitEvidence {
  reason: BounceReason;
  /** RFC 3463 status, e.g. `5.1.1`. */
  status: string | null;
  replyCode: number | null;
}

/** Who made a tracked request: a person, or a machine with the rule that named it. */
export interface Visitor {
  human: boolean;
  /** Name of the rule in apps/tracker that recognised a machine. */
  machineRule: string | null;
  userAgent: string;
}
