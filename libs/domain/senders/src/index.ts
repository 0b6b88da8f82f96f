export { SendersModule } from './senders.module.js';
export { SmtpAccountsService } from './smtp-accounts.service.js';
export { accountAccess } from './account-access.js';
export type { AccountAccess } from './account-access.js';
export { loadSendingAccounts } from './sending-accounts.js';
export type { SendingAccount } from './sending-accounts.js';
export { markAccountFailing, markAccountOk } from './smtp-account.repository.js';
export { ensureSandboxAccount, ensureSandboxAccounts } from './sandbox-account.js';
