export { SendersModule } from './senders.module.js';
export { SmtpAccountsService } from './smtp-accounts.service.js';
export { SendingDomainsService } from './sending-domains.service.js';
export { findSigningDomain } from './sending-domain.repository.js';
export { SendingDomainWatch } from './sending-domain-watch.js';
export { SendingAccountLoader } from './sending-account.js';
export type { SendingAccount } from './sending-account.js';
export {
  ACCOUNTS_MAX,
  findSmtpAccount,
  findSmtpAccounts,
  hasSmtpAccount,
  markAccountFailing,
  markAccountOk,
  stopWarmup,
} from './smtp-account.repository.js';
export type { SmtpAccountRow } from './smtp-account.repository.js';
export { toAccountView } from './smtp-account-view.js';
export { ensureSandboxAccount } from './sandbox-account.js';
export { MailboxesService } from './mailboxes.service.js';
export { MailboxLoader } from './mailbox-access.js';
export type { ClaimedMailbox, MailboxLogin, MailboxTarget } from './mailbox-access.js';
export { releaseMailboxClaim, renewMailboxClaim, showMailboxState } from './mailbox.repository.js';
export {
  endKeepProblems,
  findCursor,
  moveCursor,
  noteHandled,
  noteKeepProblem,
  noteRead,
} from './mailbox-progress.repository.js';
export { findKnownMails, forgetMailsBut, rememberMails } from './mailbox-uidl.repository.js';
