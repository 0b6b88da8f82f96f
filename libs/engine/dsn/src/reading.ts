/** What detectors share: a mail taken apart, with the texts they all ask for computed once. */
import { htmlToText } from '#engine/reply';
import { splitOriginal } from './kinds/original-text.js';
import { walkMail } from './structure.js';
import type { InboundKind, InboundRecipient } from '#contracts';
import type { MailStructure } from './structure.js';
import type { SplitText } from './kinds/original-text.js';

export interface Envelope {
  /** RCPT TO of the mail as our server or mailbox got it; [] where unknown. */
  recipients: string[];
  /** MAIL FROM, '' for the null sender, null where unknown. */
  sender: string | null;
  /** Header in which our own server wrote whom the mail was delivered to; for mail of a mailbox. */
  recipientHeader?: string;
  /** Name of our own server in Authentication-Results (RFC 8601); without it no sender counts as authentic. */
  authservId?: string;
}

export interface Reading {
  mail: MailStructure;
  envelope: Envelope;
  /** Subject, decoded. */
  subject: string;
  /** From, decoded, with the display name. */
  from: string;
  /** First text that the mail itself says; HTML made plain where there is no text part. */
  text: string;
  /** The same text with the returned original, where one was pasted below, taken off. */
  split: SplitText;
}

/** What a detector found; the orchestrator completes it to a verdict. */
export interface Finding {
  kind: InboundKind;
  rule: string;
  recipients?: InboundRecipient[];
  visibleReply?: string | null;
  awayUntil?: string | null;
  leftCompany?: string | null;
  feedbackType?: string | null;
}

/** Takes `raw` apart for the detectors. */
export function openMail(raw: Buffer, envelope: Envelope): Reading {
  const mail = walkMail(raw);
  const hint = mail.charsetHint;
  const plain = mail.texts.filter((part) => !part.attachment).map((part) => part.text);
  const text = plain.some((part) => part.trim() !== '')
    ? plain.join('\n\n')
    : mail.htmls.slice(0, 2).map(htmlToText).join('\n\n');
  return {
    mail,
    envelope,
    subject: mail.headers.text('subject', hint),
    from: mail.headers.text('from', hint),
    text,
    split: splitOriginal(text),
  };
}
