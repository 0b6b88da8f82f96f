export { SMTP_TIMEOUTS } from './target.js';
export type { Envelope, SmtpTarget, SmtpTimeouts } from './target.js';
export type { MailSession, SendHooks } from './mail-session.js';
export { openSession } from './open-session.js';
export type { OpenedSession } from './open-session.js';
export type { OpenFailure, StepListener } from './open.js';
export { VERIFY_TIMEOUTS, verifySmtp } from './verify.js';
export { SmtpPool } from './pool.js';
export type { PoolHooks, SmtpPoolOptions } from './pool.js';
