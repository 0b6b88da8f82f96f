export { SMTP_TIMEOUTS } from './target.js';
export type { Envelope, SmtpTarget, SmtpTimeouts } from './target.js';
export { SmtpSession } from './session.js';
export type { OpenResult, SendHooks } from './session.js';
export type { OpenFailure, StepListener } from './open.js';
export { VERIFY_TIMEOUTS, verifySmtp } from './verify.js';
export { SmtpPool } from './pool.js';
export type { SmtpPoolOptions } from './pool.js';
