import { setTimeout as sleep } from 'node:timers/promises';
import type { SendOutcome } from '#contracts';
import type { Database } from '#platform/database';
import type { Logger } from '#platform/logging';
import { releaseBatch } from './claim-batch.js';
import type { ClaimedBatch } from './claim-batch.js';
import type { FrozenCampaign, FrozenCampaigns } from './frozen-campaign.js';
import type { BatchJournal, Journal } from './journal.js';
import type { HeldLease, Leases } from './leases.js';
import { recordOutcomes } from './record-outcomes.js';
import type { RecordedOutcome } from './record-outcomes.js';
import { settleHeldBatch } from './recover.js';
import type { RenderPool } from './render-pool.js';
import type { RenderTask, RenderedMessage } from './render-slice.js';
import type { Leave, SendingAccounts } from './sending-accounts.js';
import { skipRecipients, takeSlice } from './take-slice.js';
import type { SliceRecipient } from './take-slice.js';

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

/** Most recipients checked and rendered at once. */
const SLICE = 100;
/**
 * A slice's check is believed this long; who has not been sent by then is handed back and checked again. Less than the
 * second within which a pause or an unsubscription is to be felt, by what a message takes from there to its body.
 */
const SLICE_MS = 700;
/** A shorter wait for tokens is spent here, a longer one gives the batch back. */
const PATIENCE_MS = 2_000;

/** One claimed batch: what is known of it while it is being sent. */
interface Pass extends SendingTools {
  batch: ClaimedBatch;
  campaign: FrozenCampaign;
  pages: BatchJournal;
  lease: HeldLease;
}

/**
 * Sends what can be sent of a claimed batch now, slice by slice: leave to send, last-moment check, render, wire,
 * record. Ends when nobody is left, the campaign or the process stops, or no account may send; then gives it back.
 */
export async function sendBatch(tools: SendingTools, batch: ClaimedBatch, claimedAt: number): Promise<void> {
  const { db, log, journal, leases } = tools;
  const lease = leases.hold(batch, claimedAt);
  let pages: BatchJournal | undefined;
  try {
    pages = journal.open(batch);
    const campaign = await tools.campaigns.of(batch.campaignId);
    const waitSeconds = await sendSlices({ ...tools, batch, campaign, pages, lease });
    await releaseBatch(db, journal.owner, batch, waitSeconds);
    pages.close();
  } catch (error) {
    // The journal has the truth of what left and what was answered: settle by it, as after a crash.
    log.error({ err: error, batch: batch.id }, 'batch broke off; settling it by its journal');
    pages?.release();
    await keepTrying(tools, 'batch not settled yet', () => settleHeldBatch(db, journal, batch));
  } finally {
    lease.release();
  }
}

/** @returns seconds the rest of the batch should wait */
async function sendSlices(pass: Pass): Promise<number> {
  const { batch, campaign, accounts, journal } = pass;
  while (!pass.stopping()) {
    const leave = await accounts.choose(campaign, batch, SLICE);
    if ('waitMs' in leave) {
      if (leave.waitMs > PATIENCE_MS) return leave.waitMs / 1000;
      await sleep(leave.waitMs);
      continue;
    }
    await sleepUntil(leave.startMs);
    const checkedAt = performance.now();
    const slice = await takeSlice(pass.db, journal.owner, batch, leave.granted);
    if (slice.kind !== 'recipients') return 0;
    const outcomes = await sendSlice(pass, leave, slice.recipients, checkedAt);
    const write = () => recordOutcomes(pass.db, journal.owner, batch, outcomes, campaign.uncertain);
    if (!(await keepTrying(pass, 'outcomes not written yet', write))) return 0;
    const broken = outcomes.find((outcome) => outcome.attempt.kind === 'unreachable');
    if (broken) await accounts.failed(leave.account, broken.attempt.text);
    else if (outcomes.length > 0) await accounts.succeeded(leave.account);
  }
  return 0;
}

async function sendSlice(
  pass: Pass,
  leave: Leave,
  recipients: SliceRecipient[],
  checkedAt: number,
): Promise<RecordedOutcome[]> {
  const rendered = await pass.renderer.render(renderTask(pass, leave, recipients));
  const failures = rendered.filter((message) => !message.ok);
  if (failures.length > 0) await skipRecipients(pass.db, pass.batch, failures);

  const outcomes: RecordedOutcome[] = [];
  const sends = rendered.map(async (message, index) => {
    const recipient = recipients[index];
    if (!message.ok || !recipient) return;
    await sleepUntil(checkedAt + index * leave.spacingMs);
    await leave.account.turns.take();
    try {
      // Handed back when too much time went by since the check: a pause or an unsubscription is felt within a second.
      if (performance.now() - checkedAt > SLICE_MS || pass.stopping()) return;
      const outcome = await sendOne(pass, leave, recipient, message);
      if (outcome) outcomes.push(outcome);
    } finally {
      leave.account.turns.give();
    }
  });
  const broken = (await Promise.allSettled(sends)).find((send) => send.status === 'rejected');
  if (broken) throw broken.reason;
  return outcomes;
}

/** @returns null when the lease was lost before the body: then nothing was sent, and it says nothing of the account */
async function sendOne(
  { lease, pages }: Pass,
  { account }: Leave,
  recipient: SliceRecipient,
  message: RenderedMessage & { ok: true },
): Promise<RecordedOutcome | null> {
  const { seq, email, international, attempts } = recipient;
  const envelope = { from: message.envelopeFrom, to: email, smtpUtf8: international };
  const body = Buffer.from(message.message.buffer, message.message.byteOffset, message.message.byteLength);
  let givenUp = false;
  const outcome: SendOutcome = await account.pool.send(envelope, body, {
    beforeBody() {
      // The same tick as the write to the socket: a stale owner sends nothing, and a kill leaves the intent behind.
      givenUp = !lease.holds();
      if (givenUp) return false;
      pages.intend(seq);
      return true;
    },
  });
  if (givenUp) return null;
  const at = new Date().toISOString();
  pages.answer(seq, outcome, at, account.id);
  return { seq, earlierAttempts: attempts, attempt: { ...outcome, at, smtpAccountId: account.id } };
}

function renderTask(pass: Pass, { account }: Leave, recipients: SliceRecipient[]): RenderTask {
  const { campaign, trackingUrl, tokenKeys } = pass;
  return { ...campaign.mail, account: account.render, trackingUrl, tokenKeys, nowMs: Date.now(), recipients };
}

/** Postgres may be away for a while: what is known is written when it is back; a stop leaves it to the journal. */
async function keepTrying<T>(tools: SendingTools, what: string, write: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      tools.log.warn({ err: error }, what);
      if (tools.stopping()) throw error;
      await sleep(500);
    }
  }
}

async function sleepUntil(when: number): Promise<void> {
  const wait = when - performance.now();
  if (wait > 1) await sleep(wait);
}
