import type { Database, Transaction } from '#platform/database';
import { LEASE_SECONDS, onTheWire } from '#domain/delivery';
import type { Journal, JournalRecord } from '#domain/delivery';
import { releaseClaim } from './claim-messages.js';
import { settleLateAnswers, settleMessages } from './settle-messages.js';
import type { Settlement } from './settle-messages.js';

/** An owner that neither renewed its lease nor came back to replay its journal for this long is given up. */
const GIVE_UP_SECONDS = 4 * LEASE_SECONDS;

/**
 * What a restarted sender does first: settles the claims its predecessor held, by their journals. Never intended →
 * pending; answered → what the answer said; intended without an answer → uncertain, and never sent again by itself.
 * @returns number of claims settled
 */
export async function replayMessages(db: Database, journal: Journal): Promise<number> {
  const records = journal.leftBehind();
  const held = await db.rows<{ id: string }>('SELECT id FROM message_claims WHERE lease_owner = $1', [journal.owner]);
  for (const { id } of held) {
    const record = records.find(({ batchId }) => batchId === id);
    await db.transaction((tx) => settleClaim(tx, id, record, record !== undefined && journal.isOfThisBoot(record)));
  }
  for (const record of records) {
    if (!held.some(({ id }) => id === record.batchId)) await settleLateAnswers(db, answersOf(record));
    journal.discard(record);
  }
  return held.length;
}

/** The same for senders that no longer run. A folder that somebody uses after all is left to them. */
export async function replayAbandonedMessages(db: Database, journals: readonly Journal[]): Promise<number> {
  let settled = 0;
  for (const journal of journals) {
    const free = await journal.lock().then(
      () => true,
      () => false,
    );
    if (free) settled += await replayMessages(db, journal);
  }
  return settled;
}

/** Settles one claim of a running sender whose pass broke off. */
export async function settleBrokenClaim(db: Database, journal: Journal, claimId: string): Promise<void> {
  const record = journal.leftBehind().find(({ batchId }) => batchId === claimId);
  await db.transaction((tx) => settleClaim(tx, claimId, record, record !== undefined));
  if (record) journal.discard(record);
}

/**
 * Settles claims whose owner is gone for good. Its journal can't be read, so each of their few messages may have been
 * sent: uncertain, never pending.
 * @param owner of the journal of this very process, which settles its own claims, however long it was held up
 * @returns number of claims settled
 */
export async function sweepExpiredClaims(
  db: Database,
  owner: string,
  giveUpSeconds = GIVE_UP_SECONDS,
): Promise<number> {
  return db.transaction(async (tx) => {
    const lost = await tx.rows<{ id: string }>(
      `SELECT id FROM message_claims
       WHERE lease_until < now() - make_interval(secs => $1) AND lease_owner <> $2
         -- While Postgres was away no owner could renew: each gets the whole time from when it came back.
         AND pg_postmaster_start_time() < now() - make_interval(secs => $1)
       ORDER BY id LIMIT 50 FOR UPDATE SKIP LOCKED`,
      [giveUpSeconds, owner],
    );
    for (const { id } of lost) await settleClaim(tx, id, undefined, false);
    return lost.length;
  });
}

async function settleClaim(
  tx: Transaction,
  claimId: string,
  record: JournalRecord | undefined,
  complete: boolean,
): Promise<void> {
  const claimed = await tx.rows<{ id: string; attempts: number }>(
    'SELECT id, jsonb_array_length(attempts) AS attempts FROM messages WHERE claim_id = $1 ORDER BY id FOR UPDATE',
    [claimId],
  );
  const settled: Settlement[] = [];
  for (const { id, attempts } of claimed) {
    const answer = record?.answered.get(Number(id));
    if (answer) {
      const { outcome, at, smtpAccountId } = answer;
      settled.push({ id, kind: 'attempted', attempt: { ...outcome, at, smtpAccountId }, earlierAttempts: attempts });
    } else if (!complete || record?.intended.has(Number(id))) {
      const attempt = onTheWire(record?.intended.get(Number(id)));
      settled.push({ id, kind: 'attempted', attempt, earlierAttempts: attempts });
    }
  }
  if (settled.length > 0) await settleMessages(tx, claimId, settled);
  await releaseClaim(tx, claimId);
}

function answersOf(record: JournalRecord): Settlement[] {
  return [...record.answered].map(([id, { outcome, at, smtpAccountId }]) => ({
    id: String(id),
    kind: 'attempted',
    attempt: { ...outcome, at, smtpAccountId },
    earlierAttempts: 0,
  }));
}
