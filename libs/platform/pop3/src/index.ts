export { POP3_TIMEOUTS, POP3_VERIFY_TIMEOUTS } from './target.js';
export type { Pop3Failure, Pop3Target, Pop3Timeouts } from './target.js';
export { openPop3 } from './open.js';
export type { OpenPop3 } from './open.js';
export type { Pop3Entry, Pop3Mailbox } from './mailbox.js';
export { Pop3Refusal } from './wire.js';
export { verifyPop3 } from './verify.js';
