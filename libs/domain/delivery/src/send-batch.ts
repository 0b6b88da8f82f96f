import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '#platform/database';
import { moveCampaign } from '#domain/campaigns';
import { releaseBatch } from './claim-batch.js';
import type { ClaimedBatch } from './claim-batch.js';
import type { BatchJournal } from './journal.js';
import { recordLateAnswers, recordOutcomes } from './record-outcomes.js';
import type { RecordedOutcome } from './record-outcomes.js';
import { settleHeldBatch } from './recover.js';
import { burst, sendSlice } from './send-slice.js';
import type { Pass } from './send-slice.js';
import type { SendingTools } from './sending-tools.js';
import { takeSlice } from './take-slice.js';

/** Most recipients checked and rendered at once. */
const SLICE = 100;
/** A shorter wait for tokens is spent here, a longer one gives the batch back. */
const PATIENCE_MS = 2_000;

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
  const { batch, campaign, accounts, journal, db } = pass;
  while (!pass.stopping()) {
    const account = await accounts.pick(campaign, batch);
    if (!account) {
      await pauseCampaign(db, campaign.id, 'NO_SMTP_ACCOUNT');
      return 0;
    }
    if ('waitMs' in account) {
      if (account.waitMs > PATIENCE_MS) return account.waitMs / 1000;
      await sleep(account.waitMs);
      continue;
    }
    const slice = await takeSlice(db, journal.owner, batch, Math.min(SLICE, burst(account.limits)));
    if (slice.kind !== 'recipients') return 0;
    const outcomes = await sendSlice(pass, account, slice.recipients);
    if (!(await keepTrying(pass, 'outcomes not written yet', () => record(pass, outcomes)))) return 0;
    const broken = outcomes.find((outcome) => outcome.attempt.kind === 'unreachable');
    if (broken?.attempt.senderRefused) {
      await pauseCampaign(db, campaign.id, `SENDER_REFUSED: ${broken.attempt.code} ${broken.attempt.text}`);
    } else if (broken) await accounts.failed(account, broken.attempt.text);
    else if (outcomes.length > 0) await accounts.succeeded(account);
  }
  return 0;
}

/** What only a person can put right: the campaign waits for them and says why (`paused_reason`). */
async function pauseCampaign(db: Database, id: string, reason: string): Promise<void> {
  await moveCampaign(db, id, ['sending'], 'paused', 'paused_reason = $4', [reason.slice(0, 600)]);
}

/** @returns false when the lease was lost */
async function record({ db, journal, batch, campaign }: Pass, outcomes: RecordedOutcome[]): Promise<boolean> {
  if (await recordOutcomes(db, journal.owner, batch, outcomes, campaign.uncertain)) return true;
  // This process was held up for so long that its batch was given up: what it knows is still the truth.
  await recordLateAnswers(db, batch.campaignId, outcomes);
  return false;
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
