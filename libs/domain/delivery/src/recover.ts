import type { DeliveryAttempt, UncertainPolicy } from '#contracts';
import type { Database, Transaction } from '#platform/database';
import { LEASE_SECONDS } from './claim-batch.js';
import type { ClaimedBatch } from './claim-batch.js';
import type { Journal, JournalRecord } from './journal.js';
import { recordLateAnswers, recordOutcomes } from './record-outcomes.js';
import type { RecordedOutcome } from './record-outcomes.js';

/** An owner that neither renewed its lease nor came back to replay its journal for this long is given up. */
const GIVE_UP_SECONDS = 4 * LEASE_SECONDS;

/** A batch whose pass broke off rests this long, so that what broke it is not met in a tight loop. */
const BROKEN_OFF_SECONDS = 15;

const LOST_REPLY = 'The connection ended after the message began to leave; whether it was taken is not known.';

/** A message that was on the wire when its sender stopped. @param smtpAccountId as the journal has it, if it has */
export function onTheWire(smtpAccountId = ''): DeliveryAttempt {
  return { kind: 'uncertain', text: LOST_REPLY, at: new Date().toISOString(), smtpAccountId, senderStopped: true };
}

interface LeasedBatch {
  id: string;
  campaignId: string;
  fence: string;
  slice: number[];
  uncertain: UncertainPolicy;
}

/**
 * What a restarted sender does first, without waiting for any lease: settles the batches its predecessor held.
 * Never intended → pending; answered → what the answer said; intended without an answer → uncertain.
 * @returns number of batches settled
 */
export async function replayJournal(db: Database, journal: Journal): Promise<number> {
  const records = journal.leftBehind();
  const held = await db.rows<LeasedBatch>(
    `SELECT b.id, b.campaign_id AS "campaignId", b.fence, b.slice, c.uncertain
     FROM send_batches b JOIN campaigns c ON c.id = b.campaign_id
     WHERE b.status = 'leased' AND b.lease_owner = $1`,
    [journal.owner],
  );
  for (const batch of held) {
    const record = records.find((entry) => entry.batchId === batch.id && entry.fence === batch.fence);
    await db.transaction((tx) => settleBatch(tx, batch, record, record ? journal.isOfThisBoot(record) : false));
  }
  for (const record of records) {
    const settled = held.some((batch) => batch.id === record.batchId && batch.fence === record.fence);
    if (!settled) await recordLateAnswers(db, record.campaignId, answersOf(record));
    journal.discard(record);
  }
  return held.length;
}

/**
 * Settles what senders left behind that no longer run (fewer of them than at the last start), as their own start would
 * have. A folder that somebody uses after all is left to them.
 * @returns number of batches settled
 */
export async function replayAbandoned(db: Database, journals: readonly Journal[]): Promise<number> {
  let settled = 0;
  for (const journal of journals) {
    const free = await journal.lock().then(
      () => true,
      () => false,
    );
    if (free) settled += await replayJournal(db, journal);
  }
  return settled;
}

function answersOf(record: JournalRecord | undefined): RecordedOutcome[] {
  return [...(record?.answered ?? [])]
    .filter(([, { outcome }]) => outcome.kind !== 'unreachable')
    .map(([seq, { outcome, at, smtpAccountId }]) => ({
      seq,
      earlierAttempts: 0,
      attempt: { ...outcome, at, smtpAccountId },
    }));
}

/** Settles one batch of a running sender whose pass broke off; it is tried again after a while. */
export async function settleHeldBatch(db: Database, journal: Journal, claimed: ClaimedBatch): Promise<void> {
  const record = journal.leftBehind().find((entry) => entry.batchId === claimed.id && entry.fence === claimed.fence);
  await db.transaction(async (tx) => {
    const batch = await tx.first<LeasedBatch>(
      `SELECT b.id, b.campaign_id AS "campaignId", b.fence, b.slice, c.uncertain
       FROM send_batches b JOIN campaigns c ON c.id = b.campaign_id
       WHERE b.id = $1 AND b.fence = $2 AND b.lease_owner = $3 FOR UPDATE OF b`,
      [claimed.id, claimed.fence, journal.owner],
    );
    if (batch) await settleBatch(tx, batch, record, record !== undefined, BROKEN_OFF_SECONDS);
  });
  if (record) journal.discard(record);
}

/**
 * Settles batches whose owner is gone for good: its journal can't be read, so everyone in the slice that was on its
 * way is uncertain. A missing journal means uncertain, never pending.
 * @returns number of batches settled
 */
export async function sweepExpiredLeases(db: Database, giveUpSeconds = GIVE_UP_SECONDS): Promise<number> {
  return db.transaction(async (tx) => {
    const lost = await tx.rows<LeasedBatch>(
      `SELECT b.id, b.campaign_id AS "campaignId", b.fence, b.slice, c.uncertain
       FROM send_batches b JOIN campaigns c ON c.id = b.campaign_id
       WHERE b.status = 'leased' AND b.lease_until < now() - make_interval(secs => $1)
         -- While Postgres was away no owner could renew: each gets the whole time from when it came back.
         AND pg_postmaster_start_time() < now() - make_interval(secs => $1)
       ORDER BY b.id LIMIT 50 FOR UPDATE OF b SKIP LOCKED`,
      [giveUpSeconds],
    );
    for (const batch of lost) await settleBatch(tx, batch, undefined, false);
    return lost.length;
  });
}

async function settleBatch(
  tx: Transaction,
  batch: LeasedBatch,
  record: JournalRecord | undefined,
  complete: boolean,
  waitSeconds = 0,
): Promise<void> {
  const outcomes = answersOf(record);
  const intended = record?.intended ?? new Map<number, string>();
  const open = complete ? intended.keys() : new Set([...batch.slice, ...intended.keys()]);
  for (const seq of open) {
    if (record?.answered.has(seq)) continue;
    outcomes.push({ seq, earlierAttempts: 0, attempt: onTheWire(intended.get(seq)) });
  }
  await recordOutcomes(tx, batch, outcomes, batch.uncertain);
  await tx.run(
    `UPDATE send_batches SET lease_owner = NULL, lease_until = NULL, slice = '{}', fence = fence + 1,
       ready_at = now() + make_interval(secs => $3),
       status = CASE WHEN EXISTS (SELECT 1 FROM campaign_recipients
                       WHERE campaign_id = $2 AND batch_id = $1 AND status = 'pending') THEN 'ready' ELSE 'done' END
     WHERE id = $1`,
    [batch.id, batch.campaignId, waitSeconds],
  );
}
