import type { Fact, RecipientRef } from '#contracts';
import type { Transaction } from '#platform/database';
import type { FactSubject } from './recipient-event.js';

/** A fact about a recipient whose row is held until the transaction ends. */
export interface HeldFact<F extends Fact = Fact> {
  fact: F;
  subject: FactSubject;
}

/** Names a row of the ledger. */
export function recipientKey({ campaignId, seq }: RecipientRef): string {
  return `${campaignId}:${seq}`;
}

/**
 * Reads who facts are about, and holds rows and contacts until the transaction ends: each in one order, so that batches
 * of several processes don't wait for each other in a ring.
 * @returns by {@link recipientKey}; who is not in the ledger is missing
 */
export async function holdRecipients(
  tx: Transaction,
  recipients: readonly RecipientRef[],
): Promise<Map<string, FactSubject>> {
  if (recipients.length === 0) return new Map();
  const rows = await tx.rows<FactSubject & RecipientRef>(
    {
      name: 'hold_recipients',
      text: `SELECT r.campaign_id AS "campaignId", r.seq, r.workspace_id AS "workspaceId", r.contact_id AS "contactId",
         r.canonical
       FROM unnest($1::bigint[], $2::int[]) AS v (campaign_id, seq)
       JOIN campaign_recipients r ON ${THEIR_ROWS}
       ORDER BY r.campaign_id, r.seq FOR NO KEY UPDATE OF r`,
    },
    columnsOf(recipients),
  );
  if (rows.length > 1) {
    await tx.run(
      {
        name: 'hold_contacts',
        text: 'SELECT 1 FROM contacts WHERE id = ANY ($1::bigint[]) ORDER BY id FOR NO KEY UPDATE',
      },
      [rows.map((row) => row.contactId)],
    );
  }
  return new Map(rows.map((row) => [recipientKey(row), row]));
}

/**
 * Joins ledger rows `r` to the arrays `v` of {@link columnsOf}, which are the first parameters of the statement. By their
 * keys twice: else a ledger whose statistics are old is read through (83 ms for a hundred marks instead of 5).
 */
export const THEIR_ROWS = `r.campaign_id = v.campaign_id AND r.seq = v.seq
       AND r.campaign_id = ANY ($1::bigint[]) AND r.seq = ANY ($2::int[])`;

/** Recipients as the arrays of `unnest($1::bigint[], $2::int[])`. */
export function columnsOf(recipients: readonly RecipientRef[]): [string[], number[]] {
  return [recipients.map(({ campaignId }) => campaignId), recipients.map(({ seq }) => seq)];
}

/** Those of the facts whose recipients a statement has changed. */
export function changedBy<F extends Fact>(held: readonly HeldFact<F>[], rows: readonly RecipientRef[]): HeldFact<F>[] {
  const changed = new Set(rows.map(recipientKey));
  return held.filter(({ fact }) => changed.has(recipientKey(fact.recipient)));
}
