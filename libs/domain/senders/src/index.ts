export { SendersModule } from './senders.module.js';
export { SendingAccountLoader, secretRow } from './sending-account.js';
export type { SendingAccount } from './sending-account.js';
export { markAccountFailing, markAccountOk } from './account-health.js';
export { ensureSandboxAccount } from './sandbox-account.js';
