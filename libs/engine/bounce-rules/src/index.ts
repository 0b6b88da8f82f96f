export { classifyReply } from './classify.js';
export type { ReplyClass } from './classify.js';
export { ALL_RULES } from './all-rules.js';
export type { BounceRule, ServerReply, SmtpStep } from './rule.js';
export { PHRASES_MAX, PHRASE_LENGTH, applyPhrases, proposePhrase, tidyPhrase, wordsToMatch } from './phrases.js';
export type { PhraseRule } from './phrases.js';
