import type { Fact } from '#contracts';
import type { Transaction } from '#platform/database';
import { applyBounces } from '#domain/hygiene';
import { endBackOff } from '#domain/suppressions';
import { THEIR_ROWS, columnsOf } from './held-facts.js';
import type { HeldFact } from './held-facts.js';
import { addEvents } from './recipient-event.js';

export type ReplyFact = Extract<Fact, { type: 'replied' | 'auto-replied' | 'left-company' }>;

/**
 * People, or their absence assistants, answered. Only a person's answer counts as a reply; that the person has left the
 * company counts by the decision table.
 * @returns all of them: each is a line in the history
 */
export async function applyReplies(tx: Transaction, held: readonly HeldFact<ReplyFact>[]) {
  const facts = held.map(({ fact }) => fact);
  const recipients = facts.map(({ recipient }) => recipient);
  await tx.run(
    {
      name: 'mark_replied',
      text: `UPDATE campaign_recipients r SET
       replied_at = CASE WHEN v.person THEN coalesce(r.replied_at, v.at) ELSE r.replied_at END,
       auto_replied_at = CASE WHEN v.person THEN r.auto_replied_at ELSE coalesce(r.auto_replied_at, v.at) END
     FROM unnest($1::bigint[], $2::int[], $3::timestamptz[], $4::boolean[]) AS v (campaign_id, seq, at, person)
     WHERE ${THEIR_ROWS}`,
    },
    [...columnsOf(recipients), facts.map(({ at }) => at), facts.map(({ type }) => type === 'replied')],
  );
  const people = facts.filter(({ type }) => type === 'replied').map(({ recipient }) => recipient);
  if (people.length > 0) await endBackOff(tx, people);
  await applyBounces(
    tx,
    held.flatMap(({ fact, subject: { workspaceId, canonical } }) =>
      fact.type === 'left-company'
        ? [{ workspaceId, canonical, bounced: fact.recipient, evidence: fact.evidence, at: fact.at }]
        : [],
    ),
  );
  await addEvents(
    tx,
    held.map(({ fact, subject }) => {
      const { type, recipient, at } = fact;
      const { inboundMessageId } = fact.type === 'left-company' ? fact.evidence : fact;
      return { subject, recipient, type, at, detail: detailOf(fact), inboundMessageId };
    }),
  );
  return held;
}

/** What the history says beside its kind: the words about leaving, or until when somebody is away. */
function detailOf(fact: ReplyFact): string {
  if (fact.type === 'left-company') return fact.evidence.diagnostic;
  return (fact.type === 'auto-replied' && fact.awayUntil) || '';
}
