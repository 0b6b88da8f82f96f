import type { Database } from '#platform/database';
import type { Logger } from '#platform/logging';
import type { FrozenCampaigns } from './frozen-campaign.js';
import type { Journal } from './journal.js';
import type { Leases } from './leases.js';
import type { RenderPool } from './render-pool.js';
import type { RenderTask } from './render-task.js';
import type { SendingAccounts } from './sending-accounts.js';

/** What a sender works with. */
export interface SendingTools {
  db: Database;
  log: Logger;
  journal: Journal;
  leases: Leases;
  campaigns: FrozenCampaigns;
  accounts: SendingAccounts;
  renderer: RenderPool;
  trackingUrl: string;
  tokenKeys: RenderTask['tokenKeys'];
  /** True once the process is asked to stop: nothing new goes to the wire. */
  stopping(): boolean;
}
