import type { SendOutcome } from '#contracts';
import type { ClaimedBatch } from './claim-batch.js';
import type { Flight } from './flight.js';
import type { FrozenCampaign } from './frozen-campaign.js';
import type { BatchJournal } from './journal.js';
import type { HeldLease } from './leases.js';
import type { PendingRecipient } from './load-pending.js';
import type { OutcomeWriter } from './outcome-writer.js';
import type { RenderedMessage } from './render-pool.js';
import type { OpenAccount } from './sending-accounts.js';
import type { SendingTools } from './sending-tools.js';

/** A recipient in the queue of a pass; its message is kept while it waits for leave to send. */
export interface WaitingRecipient extends PendingRecipient {
  rendered?: RenderedMessage & { ok: true };
  /** The account and its version for which it was rendered. */
  renderedFor?: string;
}

/** A recipient's message is done with: sent, or not to be sent as it is. */
export function letGo(recipient: WaitingRecipient): void {
  recipient.rendered?.memory.letGo();
  recipient.rendered = undefined;
  recipient.renderedFor = undefined;
}

/** One claimed batch while it is being sent. */
export interface Pass extends SendingTools {
  batch: ClaimedBatch;
  campaign: FrozenCampaign;
  pages: BatchJournal;
  lease: HeldLease;
  ledger: OutcomeWriter;
  flight: Flight;
  /** Who is still to be sent, the next one first. */
  waiting: WaitingRecipient[];
  /** What came back since it was last looked at, for the health and the pace of the accounts. */
  answers: Array<{ account: OpenAccount; email: string; outcome: SendOutcome }>;
}
