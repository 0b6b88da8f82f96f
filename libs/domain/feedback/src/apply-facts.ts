import type { Fact } from '#contracts';
import type { Transaction } from '#platform/database';
import { holdBounced, touchedBy } from '#domain/hygiene';
import { findMessageSubjects } from '#domain/messages';
import { applyBounceFacts } from './bounce.js';
import { applyComplaints } from './complaint.js';
import { holdRecipients, recipientKey } from './held-facts.js';
import type { HeldFact } from './held-facts.js';
import { applyNotices } from './notice.js';
import { applyReplies } from './reply.js';
import { inRounds } from './rounds.js';
import { applyToMessage, isMessageFact } from './triggered-mail.js';
import { applyUnsubscriptions } from './unsubscription.js';
import { applyVisits } from './visits.js';

/** A fact, and the triggered message it is about; then its `recipient` says nothing. */
export interface ToldFact {
  fact: Fact;
  messageId?: string | undefined;
}

/** A fact with whose address it is about. */
interface KnownFact extends ToldFact {
  subject: { workspaceId: string; contactId?: string; canonical: string };
}

/**
 * The one funnel: facts, wherever they were learned, are applied idempotently, each kind by its own file and many by one
 * statement. The result is that of one after the other: of several facts about one address each has a round of its own.
 * @returns of each whether it changed something
 */
export async function applyFacts(tx: Transaction, told: readonly ToldFact[]): Promise<boolean[]> {
  const known = await withSubjects(tx, told);
  const rounds = inRounds(known, changes);
  // Before anything is written, and all at once: what later rounds (or, in one round, the answers after the bounces) need,
  // another batch may hold that waits for us.
  const answered = told.some(({ fact }) => fact.type === 'left-company');
  if (rounds.length > 1 || answered) await holdBounced(tx, known.flatMap(bounceOf));
  const changed = new Set<Fact>();
  for (const round of rounds) {
    for (const { fact, messageId } of round) {
      if (messageId === undefined || !isMessageFact(fact)) continue;
      if (await applyToMessage(tx, messageId, fact)) changed.add(fact);
    }
    const held = round.filter((one): one is KnownFact & HeldFact => one.messageId === undefined);
    for (const fact of await applyRound(tx, held)) changed.add(fact);
  }
  return told.map(({ fact }) => changed.has(fact));
}

/** The same for one fact. @returns true when it changed something */
export async function applyFact(tx: Transaction, fact: Fact): Promise<boolean> {
  const [changed] = await applyFacts(tx, [{ fact }]);
  return changed === true;
}

/** @returns the facts that changed something */
async function applyRound(tx: Transaction, round: readonly HeldFact[]): Promise<Fact[]> {
  const changed: Fact[] = [];
  const apply = async <T extends Fact['type']>(
    types: readonly T[],
    work: (tx: Transaction, held: HeldFact<Extract<Fact, { type: T }>>[]) => Promise<readonly HeldFact[]>,
  ) => {
    const theirs = round.filter(({ fact }) => (types as readonly string[]).includes(fact.type));
    if (theirs.length === 0) return;
    changed.push(...(await work(tx, theirs as HeldFact<Extract<Fact, { type: T }>>[])).map(({ fact }) => fact));
  };
  await apply(['hard-bounced', 'soft-bounced', 'blocked'], applyBounceFacts);
  await apply(['complained'], applyComplaints);
  await apply(['unsubscribed'], applyUnsubscriptions);
  await apply(['replied', 'auto-replied', 'left-company'], applyReplies);
  await apply(
    ['read-confirmed', 'read-declined', 'delivery-confirmed', 'delivery-relayed', 'delivery-delayed'],
    applyNotices,
  );
  await apply(['opened', 'clicked'], async (within, held) => {
    await applyVisits(
      within,
      held.map(({ fact }) => fact),
    );
    return held;
  });
  return changed;
}

/** Who is known neither to the ledger nor as a message is left out. */
async function withSubjects(tx: Transaction, told: readonly ToldFact[]): Promise<KnownFact[]> {
  const about = told.flatMap(({ fact, messageId }) => (messageId === undefined ? [fact.recipient] : []));
  const recipients = await holdRecipients(tx, about);
  const messages = await findMessageSubjects(
    tx,
    told.flatMap(({ messageId }) => messageId ?? []),
  );
  return told.flatMap((one) => {
    const subject =
      one.messageId === undefined ? recipients.get(recipientKey(one.fact.recipient)) : messages.get(one.messageId);
    return subject ? [{ fact: one.fact, messageId: one.messageId, subject }] : [];
  });
}

/** What two facts must not share if they are applied together. */
function changes(known: KnownFact): string[] {
  const [bounce] = bounceOf(known);
  return bounce ? touchedBy(bounce) : [`${known.subject.workspaceId}:${known.subject.canonical}`];
}

function bounceOf({ fact, subject: { workspaceId, canonical } }: KnownFact) {
  return 'evidence' in fact ? [{ workspaceId, canonical, evidence: fact.evidence }] : [];
}
