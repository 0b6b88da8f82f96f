import type { Fact } from '#contracts';
import { classifyReply } from '#engine/bounce-rules';
import { togetherOrAlone } from '#platform/database';
import type { Database, Transaction } from '#platform/database';
import { findRefusedMessages, markMessageBounced, markMessageComplained, takeMessageRefusals } from '#domain/messages';
import type { MessageRefusal } from '#domain/messages';
import { applyBounces } from '#domain/hygiene';
import { suppress } from '#domain/suppressions';
import { factTypeOf } from './fact-type.js';

const PAGE = 500;

/** What can come back about a triggered message. It belongs to no list, so nobody leaves one by it. */
export type MessageFact = Extract<Fact, { type: 'hard-bounced' | 'soft-bounced' | 'blocked' | 'complained' }>;

/** A fact about a triggered message; `recipient` says nothing there. */
export type AboutMessage = MessageFact extends infer F ? (F extends MessageFact ? Omit<F, 'recipient'> : never) : never;

/**
 * Applies what came back about a triggered message: its row is marked, a complaint suppresses the address, and
 * a bounce does what the decision table says, for campaigns as well. Told again, it changes nothing.
 */
export async function applyToMessage(tx: Transaction, id: string, fact: AboutMessage): Promise<boolean> {
  if (fact.type === 'complained') {
    const subject = await markMessageComplained(tx, id, fact.at);
    if (!subject) return false;
    const { inboundMessageId } = fact;
    await suppress(tx, { ...addressOf(subject), reason: 'complaint', inboundMessageId });
    return true;
  }
  const { evidence, at } = fact;
  const kind = fact.type === 'hard-bounced' ? 'hard' : 'soft';
  const bounce = { kind, reason: evidence.reason, detail: evidence.diagnostic, at } as const;
  const subject = await markMessageBounced(tx, id, bounce);
  if (!subject) return false;
  await applyBounces(tx, [{ ...addressOf(subject), bounced: { messageId: id }, evidence, at }]);
  return true;
}

/** True for what a triggered message can be told. */
export function isMessageFact(fact: Fact): fact is MessageFact {
  return ['hard-bounced', 'soft-bounced', 'blocked', 'complained'].includes(fact.type);
}

/**
 * Refusals in the session take the same road as bounces that come by mail. A page that can't be applied at once is
 * applied one by one, so that one refusal does not hold up the others.
 * @returns number of refusals applied
 * @throws Error of the first refusal that could not be applied, after the rest of its page
 */
export async function applyMessageRefusals(db: Database): Promise<number> {
  let applied = 0;
  for (;;) {
    const ids = await findRefusedMessages(db, PAGE);
    const done = await togetherOrAlone(ids, (some) => applyThese(db, some));
    const n = done.reduce((sum, count) => sum + count, 0);
    applied += n;
    // What is left of the page, another process has in hand.
    if (n === 0 || ids.length < PAGE) return applied;
  }
}

function applyThese(db: Database, ids: readonly string[]): Promise<number> {
  const work = async (tx: Transaction) => {
    const refusals = await takeMessageRefusals(tx, ids);
    for (const refusal of refusals) await applyToMessage(tx, refusal.id, toFact(refusal));
    return refusals.length;
  };
  // Should Postgres die and forget it, the messages are pending still.
  return db.transaction(work, { repeatable: true, yields: ids.length > 1 });
}

function toFact({ provider, attempt: { code, enhanced, text, at } }: MessageRefusal): AboutMessage {
  const { reason } = classifyReply({ code: code ?? null, enhanced: enhanced ?? null, text, provider });
  const evidence = {
    ...{ reason, status: enhanced ?? null, replyCode: code ?? null, diagnostic: text },
    inboundMessageId: null,
  };
  return { type: factTypeOf(reason), at: new Date(at), evidence };
}

function addressOf({ workspaceId, canonical }: { workspaceId: string; canonical: string }) {
  return { workspaceId, canonical };
}
