import { bounceGroup } from '#contracts';
import type { BounceGroup, BounceReason } from '#contracts';
import { ALL_RULES } from './all-rules.js';
import { reasonOfCode, reasonOfStatus } from './statuses.js';
import type { BounceRule, ServerReply } from './rule.js';

export interface ReplyClass {
  reason: BounceReason;
  group: BounceGroup;
  /** Id of the rule; `status:5.1.1` or `code:550` when only the numbers decided, `none` when nothing did. */
  rule: string;
}

const MAX_TEXT = 1_000;

/**
 * Why a server refused one recipient: by its words, else by the enhanced status, else by the reply code. One function
 * for refusals in the session and for diagnostics of reports, so that both are judged alike.
 */
export function classifyReply(reply: ServerReply): ReplyClass {
  const text = normalise(reply.text);
  for (const rule of ALL_RULES) {
    if (rule.pattern.test(text) && holds(rule, reply)) return result(rule.reason, rule.id);
  }
  const byStatus = reply.enhanced === null ? null : reasonOfStatus(reply.enhanced);
  if (byStatus) return result(byStatus, `status:${reply.enhanced}`);
  const byCode = reply.code === null ? null : reasonOfCode(reply.code);
  return byCode ? result(byCode, `code:${reply.code}`) : result('undefined', 'none');
}

/** Lower case, one space between words, the repeated codes of multi-line replies (`550-5.1.1 `) taken out. */
function normalise(text: string): string {
  return text
    .slice(0, MAX_TEXT * 2)
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MAX_TEXT);
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
