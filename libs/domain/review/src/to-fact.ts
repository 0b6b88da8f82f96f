import { factTypeOf } from '#domain/feedback';
import type { BounceReason, Fact, InboundKind, RecipientRef } from '#contracts';

/** A verdict with the mail it is about. */
export interface DecidedMail {
  inboundMessageId: string;
  receivedAt: Date;
  subject: string;
  kind: InboundKind;
  reason: BounceReason | null;
  recipient: RecipientRef | null;
}

/** The fact a verdict is; null where it touches nobody. The same facts as those of mail with a token. */
export function factOf(mail: DecidedMail): Fact | null {
  const { kind, recipient, inboundMessageId, receivedAt: at } = mail;
  if (!recipient) return null;
  switch (kind) {
    case 'bounce': {
      const reason = mail.reason ?? 'undefined';
      const evidence = { reason, status: null, replyCode: null, diagnostic: mail.subject, inboundMessageId };
      return { type: factTypeOf(reason), recipient, at, evidence };
    }
    case 'complaint':
      return { type: 'complained', recipient, at, inboundMessageId };
    case 'unsubscribe':
      return { type: 'unsubscribed', recipient, at, via: 'mail', inboundMessageId };
    case 'reply':
      return { type: 'replied', recipient, at, inboundMessageId };
    case 'auto-reply':
      return { type: 'auto-replied', recipient, at, inboundMessageId };
    default:
      return null;
  }
}
