import type { SendOutcome } from '#contracts';
import { NOT_ABOUT_PACE, SLOW_DOWN_RULES } from './slow-down-rules.js';

/** What an answer tells of the pace. */
export type AnswerKind =
  | 'accepted'
  /** The server asks for a slower pace, in words we know. */
  | 'slowed'
  /** 421, 450 or 4.7.x without such words: many of them together mean the same. */
  | 'hinted'
  | 'deferred'
  | 'rejected'
  /** No answer about the message: not reached, or lost after the final dot. */
  | 'failed';

const TEXT_MAX = 500;

/**
 * A refusal for good that only asks for a slower pace is no refusal of the recipient: Tencent answers 550 where it means
 * "not so many at once". It is deferred, with the server's code and words as they are.
 */
export function asRetryable(outcome: SendOutcome): SendOutcome {
  return outcome.kind === 'rejected' && readAnswer(outcome) === 'slowed' ? { ...outcome, kind: 'deferred' } : outcome;
}

/** Reads an outcome for the pace (RFC 3463 section 3.8 for 4.7.x, RFC 5321 section 4.2.3 for 421 and 450). */
export function readAnswer(outcome: Pick<SendOutcome, 'kind' | 'code' | 'enhanced' | 'text'>): AnswerKind {
  const { kind, code, enhanced } = outcome;
  if (kind === 'accepted') return 'accepted';
  const told = code !== undefined && code >= 400;
  if (!told || kind === 'uncertain') return kind === 'deferred' || kind === 'rejected' ? kind : 'failed';
  const text = outcome.text.slice(0, TEXT_MAX).toLowerCase();
  const aboutPace = !NOT_ABOUT_PACE.test(text);
  if (aboutPace && SLOW_DOWN_RULES.some(({ pattern }) => pattern.test(text))) return 'slowed';
  if (kind === 'deferred') {
    return aboutPace && (code === 421 || code === 450 || enhanced?.startsWith('4.7.')) ? 'hinted' : 'deferred';
  }
  return kind === 'rejected' ? 'rejected' : 'failed';
}
