export { classifyReply } from './classify.js';
export type { ReplyClass } from './classify.js';
export { ALL_RULES } from './all-rules.js';
export type { BounceRule, ServerReply, SmtpStep } from './rule.js';
