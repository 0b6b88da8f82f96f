import { GENERAL_RULES, PARTICULAR_RULES } from './all-rules.js';
import { bounceGroup } from '#contracts';
import { reasonOfCode, reasonOfStatus, reasonOfTellingStatus } from './statuses.js';
import type { BounceGroup, BounceReason } from '#contracts';
import type { BounceRule, ServerReply } from './rule.js';

export interface ReplyClass {
  reason: BounceReason;
  group: BounceGroup;
  /** Id of the rule; `status:5.1.1` or `code:550` when only the numbers decided, `none` when nothing did. */
  rule: string;
}

const MAX_TEXT = 1_000;

/** Rules, and one pattern that says whether any of them speaks: 0.7 µs where 127 one by one need 6.8. */
interface RuleSet {
  rules: readonly BounceRule[];
  any: RegExp;
}

const PARTICULAR = ruleSet(PARTICULAR_RULES);
const GENERAL = ruleSet(GENERAL_RULES);

function ruleSet(rules: readonly BounceRule[]): RuleSet {
  return { rules, any: new RegExp(rules.map(({ pattern }) => `(?:${pattern.source})`).join('|')) };
}

/**
 * Why a server refused one recipient: by particular words, else by a telling enhanced status, else by general words,
 * else by whatever number there is. One function for refusals in the session and for diagnostics of reports, so that
 * both are judged alike.
 */
export function classifyReply(reply: ServerReply): ReplyClass {
  const text = normaliseReply(reply.text);
  const particular = firstMatch(PARTICULAR, text, reply);
  if (particular) return result(particular.reason, particular.id);
  const telling = reply.enhanced === null ? null : reasonOfTellingStatus(reply.enhanced);
  if (telling) return result(telling, `status:${reply.enhanced}`);
  const general = firstMatch(GENERAL, text, reply);
  if (general) return byStep(general, reply);
  const byStatus = reply.enhanced === null ? null : reasonOfStatus(reply.enhanced);
  if (byStatus) return result(byStatus, `status:${reply.enhanced}`);
  const byCode = reply.code === null ? null : reasonOfCode(reply.code);
  if (byCode) return result(byCode, `code:${reply.code}`);
  return result(text === '' ? 'undefined' : 'onhold', 'none');
}

/**
 * The same words mean another thing at another step: `User unknown` as the answer to DATA is the recipient's filter (the
 * address was accepted at RCPT), as the answer to MAIL FROM it speaks of the sender, and a bare `Rejected` before MAIL
 * FROM speaks of our host. LMTP servers answer DATA per recipient with a true `5.1.x`, which stays.
 */
function byStep({ reason, id }: BounceRule, { step, enhanced }: ServerReply): ReplyClass {
  const plain = enhanced === null || !/^[45]\.1\.[13]$/.test(enhanced);
  if (reason === 'userunknown' && step === 'data' && plain) return result('filtered', `${id}@data`);
  if (reason === 'userunknown' && step === 'mail' && plain) return result('rejected', `${id}@mail`);
  if (reason === 'rejected' && (step === 'connect' || step === 'helo')) return result('blocked', `${id}@${step}`);
  return result(reason, id);
}

function firstMatch({ rules, any }: RuleSet, text: string, reply: ServerReply): BounceRule | null {
  if (!any.test(text)) return null;
  for (const rule of rules) if (rule.pattern.test(text) && holds(rule, reply)) return rule;
  return null;
}

const ADDRESS = /<?(?:"[^"\n]{1,64}"|[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64})@[a-z0-9][a-z0-9.-]{1,120}[a-z0-9]>?/g;

/** Blanks in a row, or one that is no space: a single space, which most are, need not be replaced. */
const BLANKS = /[^\S ]\s*| \s+/g;

/**
 * Lower case, one space between words, addresses as `<>` (a mailbox named spam@ says nothing), Postfix's wrapper
 * `Recipient address rejected:` taken off where a reason follows.
 */
export function normaliseReply(text: string, most = MAX_TEXT): string {
  const flat = text
    .slice(0, most * 2)
    .toLowerCase()
    .replace(BLANKS, ' ')
    .trim()
    .slice(0, most);
  const bare = flat.includes('@') ? flat.replace(ADDRESS, '<>') : flat;
  return bare.replace(/recipient address rejected: (?=(?!access denied)\S{3})/g, '');
}

function holds(rule: BounceRule, reply: ServerReply): boolean {
  const { when } = rule;
  if (!when) return true;
  if (when.code && !when.code.test(String(reply.code ?? ''))) return false;
  if (when.status && !when.status.test(reply.enhanced ?? '')) return false;
  if (when.provider && !when.provider.test((reply.provider ?? '').toLowerCase())) return false;
  return !when.step || (reply.step != null && when.step.includes(reply.step));
}

function result(reason: BounceReason, rule: string): ReplyClass {
  return { reason, group: bounceGroup(reason), rule };
}
