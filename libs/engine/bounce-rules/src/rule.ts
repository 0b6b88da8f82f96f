import type { BounceReason } from '#contracts';

/** The SMTP step a refusal answered, where it is known. */
export type SmtpStep = 'connect' | 'helo' | 'mail' | 'rcpt' | 'data';

/** What a server said about one recipient. */
export interface ServerReply {
  /** Three-digit reply code, null where only words are known. */
  code: number | null;
  /** RFC 3463 status such as `5.1.1`. */
  enhanced: string | null;
  /** The words, any length and case; the first 1,000 characters are looked at. */
  text: string;
  /** Name of the server that spoke (Remote-MTA, or the host of the session). */
  provider?: string | null;
  step?: SmtpStep | null;
}

/** One piece of knowledge: words that decide a reason, with a line some server really writes. */
export interface BounceRule {
  /** `<topic>.<name>`, unique; stored with the fact, so it never changes its meaning. */
  id: string;
  reason: BounceReason;
  /**
   * Matched against the text in lower case with white space collapsed and addresses written `<>`.
   * No unbounded gap: `.{0,n}`, never `.*`.
   */
  pattern: RegExp;
  /** Further conditions; all must hold. */
  when?: { code?: RegExp; status?: RegExp; provider?: RegExp; step?: SmtpStep[] };
  /** A reply in the real format that this rule decides; the spec proves it. */
  sample: string;
  /** What else the sample needs where `when` asks for it. */
  sampleFrom?: Partial<Omit<ServerReply, 'text'>>;
}

/** Short form for the tables. */
export function rule(
  id: string,
  reason: BounceReason,
  pattern: RegExp,
  sample: string,
  more: Pick<BounceRule, 'when' | 'sampleFrom'> = {},
): BounceRule {
  return { id, reason, pattern, sample, ...more };
}
