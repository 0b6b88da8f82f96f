export { SendersModule } from './senders.module.js';
export { SmtpAccountsService } from './smtp-accounts.service.js';
export { SendingAccountLoader } from './sending-account.js';
export type { SendingAccount } from './sending-account.js';
export { markAccountFailing, markAccountOk } from './smtp-account.repository.js';
export { ensureSandboxAccount } from './sandbox-account.js';
export { MailboxesService } from './mailboxes.service.js';
export { MailboxLoader } from './mailbox-access.js';
export type { ClaimedMailbox } from './mailbox-access.js';
export {
  findCursor,
  moveCursor,
  releaseMailboxClaim,
  renewMailboxClaim,
  showMailboxState,
} from './mailbox.repository.js';
