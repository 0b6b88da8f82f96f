export { IMAP_TIMEOUTS } from './target.js';
export type { ImapFailure, ImapTarget, ImapTimeouts } from './target.js';
export { openMailbox } from './mailbox.js';
export type { ImapFolder, ImapMailbox, Moved, OpenMailbox, SelectedFolder } from './mailbox.js';
export type { FetchedMail } from './read-after.js';
export { IMAP_VERIFY_TIMEOUTS, verifyMailbox } from './verify.js';
