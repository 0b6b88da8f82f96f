import { bounceGroup } from '#contracts';
import type { BounceReason, InboundKind, InboundVerdict } from '#contracts';
import { classifyReply, normaliseReply } from './classify.js';

/** Literal words that people of a workspace have said the meaning of. */
export interface PhraseRule {
  id: string;
  /** As {@link tidyPhrase} gives it. */
  phrase: string;
  kind: InboundKind;
  /** Of a bounce. */
  reason: BounceReason | null;
}

/** Bounds of a workspace's rules: each mail is searched for each of them, in time linear in its words. */
export const PHRASES_MAX = 200;
export const PHRASE_LENGTH = { min: 4, max: 200 } as const;
const WORDS_MAX = 2_000;
const FRAGMENTS_MAX = 200;
/** A fragment this long is telling enough; longer ones hold what differs from mail to mail. */
const TELLING = 60;
const FAILING =
  /fail|reject|refus|unknown|invalid|not exist|no such|full|quota|disabled|blocked|undeliver|退信|不存在|拒|失败|满|无法|停用/;

/** What a mail says in the form in which phrases are looked for: as rules see it, at most 2,000 characters. */
export function wordsToMatch(text: string): string {
  return normaliseReply(text, WORDS_MAX);
}

/** A phrase in the same form, so that case, line breaks and addresses make no difference. */
export function tidyPhrase(phrase: string): string {
  return normaliseReply(phrase, PHRASE_LENGTH.max);
}

/** The first rule whose phrase stands in the words; a literal search, no pattern. */
export function matchPhrase(rules: readonly PhraseRule[], words: string): PhraseRule | null {
  return (
    rules.slice(0, PHRASES_MAX).find(({ phrase }) => phrase.length >= PHRASE_LENGTH.min && words.includes(phrase)) ??
    null
  );
}

/**
 * The verdict as a workspace's rules have it: looked at before everything the engine knows. Whether it may act is not
 * decided here.
 */
export function applyPhrases(verdict: InboundVerdict, rules: readonly PhraseRule[]): InboundVerdict {
  const found = matchPhrase(rules, verdict.words);
  if (!found) return verdict;
  const rule = `workspace:${found.id}`;
  if (found.kind !== 'bounce') return { ...verdict, kind: found.kind, rule };
  const reason = found.reason ?? 'undefined';
  const group = bounceGroup(reason);
  const named = verdict.recipients.map((one) => ({ ...one, action: 'failed' as const, reason, group, rule }));
  const nameless = {
    address: '',
    action: 'failed' as const,
    status: null,
    replyCode: null,
    diagnostic: verdict.subject,
  };
  const recipients = named.length > 0 ? named : [{ ...nameless, reason, group, rule }];
  return { ...verdict, kind: 'bounce', rule, recipients };
}

/**
 * The words of a text that would know its like again: without addresses, numbers and links, which differ from mail to
 * mail. Null where nothing is left that tells anything.
 */
export function proposePhrase(text: string): string | null {
  const fragments = wordsToMatch(text)
    .split(/<>|https?:\/\/\S{1,300}|\S{0,40}\d{4,}\S{0,40}|["()[\]{}|;；。！!]|[:：]\s?| - /, FRAGMENTS_MAX)
    .map((fragment) => fragment.replace(/^[\s.,，、-]+|[\s.,，、-]+$/g, ''))
    .filter(({ length }) => length >= 6 && length <= PHRASE_LENGTH.max);
  const scored = fragments.map((fragment) => ({ fragment, score: scoreOf(fragment) }));
  return scored.sort((a, b) => b.score - a.score)[0]?.fragment ?? null;
}

function scoreOf(fragment: string): number {
  const known = bounceGroup(classifyReply({ code: null, enhanced: null, text: fragment }).reason) !== 'unknown';
  return Math.min(fragment.length, TELLING) + (known ? 80 : 0) + (FAILING.test(fragment) ? 60 : 0);
}
