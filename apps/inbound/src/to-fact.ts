import type { Fact, InboundKind, InboundRecipient, InboundVerdict, RecipientRef } from '#contracts';
import { factTypeOf } from '#domain/feedback';
import type { Trusted } from './trust.js';

/** What to do with a mail: a fact to apply, a line in the log, or a person's look. */
export type Decision =
  | { do: 'apply'; fact: Fact; summary: string; review?: boolean }
  | { do: 'log'; summary: string }
  | { do: 'review'; summary: string };

/** The mail the decision is about. */
export interface MailInHand {
  id: string;
  receivedAt: Date;
  verdict: InboundVerdict;
  trusted: Trusted;
}

/** Kinds that would change something about a recipient, and so need a token. */
const NEEDS_TOKEN: ReadonlySet<InboundKind> = new Set(['bounce', 'complaint', 'unsubscribe', 'reply']);

/**
 * Turns a verdict into at most one fact. Only a mail with a valid token acts on anybody; without one it waits for a
 * person, whatever it says.
 */
export function toFact(mail: MailInHand): Decision {
  const { verdict, trusted } = mail;
  const { recipient } = trusted;
  // Whatever is written to an unsubscribe address means just that, unless a machine wrote it.
  const leaves = trusted.unsubscribeAddress && (verdict.kind === 'reply' || verdict.kind === 'other');
  const kind = leaves ? 'unsubscribe' : verdict.kind;
  if (!recipient) return withoutToken(kind);
  switch (kind) {
    case 'bounce':
      return bounce(mail, recipient);
    case 'complaint':
      return complaint(mail, recipient);
    case 'unsubscribe':
      return apply({ type: 'unsubscribed', recipient, at: mail.receivedAt, via: 'mail' }, 'left the list by mail');
    case 'reply':
      return apply({ type: 'replied', recipient, at: mail.receivedAt, inboundMessageId: mail.id }, 'a person replied');
    case 'auto-reply':
      return apply(
        { type: 'auto-replied', recipient, at: mail.receivedAt, inboundMessageId: mail.id },
        verdict.awayUntil ? `automatic reply; away until ${verdict.awayUntil}` : 'automatic reply',
      );
    case 'delay':
      return { do: 'log', summary: 'the next server is still trying' };
    case 'mdn':
      return { do: 'log', summary: 'read receipt' };
    case 'challenge':
      return { do: 'log', summary: 'challenge; never answered' };
    case 'other':
      return { do: 'review', summary: 'not recognised' };
  }
}

function bounce({ id, receivedAt, verdict }: MailInHand, recipient: RecipientRef): Decision {
  const failed = verdict.recipients.filter((entry) => entry.action === 'failed' || entry.action === 'unknown');
  // One message of ours has one recipient: a report about several is not about it.
  if (new Set(failed.map((entry) => entry.address)).size > 1) {
    return { do: 'review', summary: 'a report about several recipients, though our message had one' };
  }
  const [about] = failed;
  const type = factTypeOf(about?.reason ?? 'undefined');
  const fact: Fact = { type, recipient, at: receivedAt, evidence: evidence(id, about, verdict.subject) };
  const summary = `${type === 'hard-bounced' ? 'hard bounce' : type === 'blocked' ? 'we are blocked' : 'soft bounce'}: ${about?.reason ?? 'undefined'}`;
  return { do: 'apply', fact, summary, review: about === undefined || about.group === 'unknown' };
}

function evidence(inboundMessageId: string, about: InboundRecipient | undefined, subject: string) {
  return {
    reason: about?.reason ?? ('undefined' as const),
    status: about?.status ?? null,
    replyCode: about?.replyCode ?? null,
    diagnostic: about?.diagnostic || subject,
    inboundMessageId,
  };
}

function complaint({ id, receivedAt, verdict }: MailInHand, recipient: RecipientRef): Decision {
  // An opt-out by feedback loop (RFC 5965 section 7.3) leaves the list; it accuses nobody.
  if (verdict.feedbackType === 'opt-out') {
    return apply({ type: 'unsubscribed', recipient, at: receivedAt, via: 'mail' }, 'opted out by feedback loop');
  }
  return apply({ type: 'complained', recipient, at: receivedAt, inboundMessageId: id }, 'spam complaint');
}

function withoutToken(kind: InboundKind): Decision {
  if (NEEDS_TOKEN.has(kind))
    return { do: 'review', summary: `${kind} without a valid token of ours: nobody was touched` };
  return kind === 'other'
    ? { do: 'review', summary: 'not recognised' }
    : { do: 'log', summary: `${kind} without a token` };
}

function apply(fact: Fact, summary: string): Decision {
  return { do: 'apply', fact, summary };
}
