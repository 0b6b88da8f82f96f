import type { Fact, InboundKind, InboundRecipient, InboundVerdict, NoticeType, RecipientRef } from '#contracts';
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

/** Stands in a fact about a triggered message, which is named beside it. */
const NO_RECIPIENT: RecipientRef = { campaignId: '0', seq: 0 };

/** Kinds that would change something about a recipient, and so need a token. */
const NEEDS_TOKEN: ReadonlySet<InboundKind> = new Set(['bounce', 'complaint', 'unsubscribe', 'reply']);

/** Feedback types by which a person says that mail is unwanted (RFC 5965 section 7.3). */
const ACCUSES: ReadonlySet<string> = new Set(['abuse', 'fraud', 'miscategorized']);
/** They ask to be left out, and accuse nobody. */
const OPTS_OUT: ReadonlySet<string> = new Set(['opt-out', 'opt-out-list']);
/** Reports between machines, DMARC's by the thousand (RFC 6591), and praise (RFC 6430). */
const ACCUSES_NOBODY: ReadonlySet<string> = new Set(['auth-failure', 'not-spam']);

/**
 * Turns a verdict into at most one fact. Only a mail with a valid token acts on anybody; without one it waits for a
 * person, whatever it says.
 */
export function toFact(mail: MailInHand): Decision {
  const { verdict, trusted } = mail;
  const recipient = trusted.recipient ?? (trusted.messageId === undefined ? null : NO_RECIPIENT);
  // Whatever is written to an unsubscribe address means just that, unless a machine wrote it.
  const leaves = trusted.unsubscribeAddress && (verdict.kind === 'reply' || verdict.kind === 'other');
  const kind = leaves ? 'unsubscribe' : verdict.kind;
  if (ACCUSES_NOBODY.has(verdict.feedbackType ?? '')) {
    return { do: 'log', summary: `feedback report: ${verdict.feedbackType}` };
  }
  if (!recipient) return withoutToken(verdict, kind);
  if (new Set(verdict.recipients.map((entry) => entry.address)).size > 1) return SEVERAL;
  if (trusted.unsubscribeAddress && (kind === 'bounce' || kind === 'complaint')) {
    return { do: 'review', summary: `${kind} sent to an unsubscribe address, which no report ever is` };
  }
  switch (kind) {
    case 'bounce':
      return bounce(mail, recipient);
    case 'complaint':
      return complaint(mail, recipient);
    case 'unsubscribe':
      return apply(unsubscribed(mail, recipient), 'left the list by mail');
    case 'reply':
      return apply({ type: 'replied', recipient, at: mail.receivedAt, inboundMessageId: mail.id }, 'a person replied');
    case 'auto-reply':
      if (verdict.leftCompany) return leftCompany(mail, recipient, verdict.leftCompany);
      return apply(
        {
          ...{ type: 'auto-replied', recipient, at: mail.receivedAt, inboundMessageId: mail.id },
          awayUntil: verdict.awayUntil,
        },
        verdict.awayUntil ? `automatic reply; away until ${verdict.awayUntil}` : 'automatic reply',
      );
    case 'delay':
      return notice(mail, recipient, 'delivery-delayed', 'the next server is still trying');
    case 'mdn':
      return verdict.rule === 'mdn.deleted'
        ? notice(mail, recipient, 'read-declined', 'deleted without being read')
        : notice(mail, recipient, 'read-confirmed', 'read receipt');
    case 'challenge':
      return { do: 'log', summary: 'challenge; never answered' };
    case 'other':
      return delivered(mail, recipient);
  }
}

/** One message of ours has one recipient: a report about several is not about it. */
const SEVERAL: Decision = { do: 'review', summary: 'a report about several recipients, though our message had one' };

function bounce({ id, receivedAt, verdict }: MailInHand, recipient: RecipientRef): Decision {
  const failed = verdict.recipients.filter((entry) => entry.action === 'failed' || entry.action === 'unknown');
  const [about] = failed;
  const type = factTypeOf(about?.reason ?? 'undefined');
  const fact: Fact = { type, recipient, at: receivedAt, evidence: evidence(id, about, verdict.subject) };
  const summary = `${type === 'hard-bounced' ? 'hard bounce' : type === 'blocked' ? 'we are blocked' : 'soft bounce'}: ${about?.reason ?? 'undefined'}`;
  return { do: 'apply', fact, summary, review: about === undefined || about.group === 'unknown' };
}

function leftCompany({ id, receivedAt: at }: MailInHand, recipient: RecipientRef, words: string): Decision {
  const evidence = { reason: 'leftcompany', diagnostic: words, inboundMessageId: id } as const;
  return apply({ type: 'left-company', recipient, at, evidence }, 'automatic reply; has left the company');
}

/** Delivery notifications (RFC 3464): `relayed` and `expanded` say that nothing more will be heard. */
function delivered(mail: MailInHand, recipient: RecipientRef): Decision {
  const action = mail.verdict.rule.startsWith('dsn.') ? mail.verdict.recipients[0]?.action : undefined;
  if (action === 'delivered') return notice(mail, recipient, 'delivery-confirmed', 'arrived in the mailbox');
  if (action === 'relayed' || action === 'expanded') {
    return notice(mail, recipient, 'delivery-relayed', 'passed on to where no notifications come from');
  }
  return { do: 'review', summary: 'not recognised' };
}

/** A triggered message has no history of its own to write it into. */
function notice(
  { id, receivedAt, verdict, trusted }: MailInHand,
  recipient: RecipientRef,
  type: NoticeType,
  summary: string,
): Decision {
  if (trusted.messageId !== undefined) return { do: 'log', summary };
  const detail = verdict.recipients[0]?.diagnostic ?? '';
  return apply({ type, recipient, at: receivedAt, detail, inboundMessageId: id }, summary);
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

function unsubscribed({ id, receivedAt }: MailInHand, recipient: RecipientRef): Fact {
  return { type: 'unsubscribed', recipient, at: receivedAt, via: 'mail', inboundMessageId: id };
}

function complaint(mail: MailInHand, recipient: RecipientRef): Decision {
  const { id, receivedAt, verdict } = mail;
  const type = verdict.feedbackType ?? '';
  if (OPTS_OUT.has(type)) {
    return apply(unsubscribed(mail, recipient), 'opted out by feedback loop');
  }
  if (!ACCUSES.has(type)) return { do: 'review', summary: `feedback report of the type ${type || 'unknown'}` };
  return apply({ type: 'complained', recipient, at: receivedAt, inboundMessageId: id }, 'spam complaint');
}

function withoutToken({ kind: read, rule }: InboundVerdict, kind: InboundKind): Decision {
  if (NEEDS_TOKEN.has(kind))
    return { do: 'review', summary: `${kind} without a valid token of ours: nobody was touched` };
  const notified = read === 'other' && rule.startsWith('dsn.');
  return kind === 'other' && !notified
    ? { do: 'review', summary: 'not recognised' }
    : { do: 'log', summary: `${kind} without a token` };
}

function apply(fact: Fact, summary: string): Decision {
  return { do: 'apply', fact, summary };
}
