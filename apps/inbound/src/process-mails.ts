import type { InboundKind } from '#contracts';
import type { Envelope } from '#engine/dsn';
import type { KeyRing } from '#engine/token';
import { togetherOrAlone } from '#platform/database';
import type { Database, Transaction } from '#platform/database';
import { applyFacts, endTake, finishInbound, isMessageFact, lockStored, takeStored } from '#domain/feedback';
import type { InboundResult, StoredMail, ToldFact } from '#domain/feedback';
import { heedBlocks } from '#domain/hygiene';
import { fileReplies } from '#domain/replies';
import type { Matched } from '#domain/replies';
import { judgeMails } from './judge-mails.js';
import type { JudgedMail, ReadMail } from './judge-mails.js';
import type { MailReader } from './mail-reader.js';
import type { Decision } from './to-fact.js';

/** A mail that has ended its reader this often is put aside. */
const MAX_ATTEMPTS = 3;
/** … and one over which the process died this often. More, since a process also dies of what no mail is to blame for. */
const MAX_DEATHS = 8;

export interface ProcessingTools {
  db: Database;
  reader: MailReader;
  keys: KeyRing;
  /** How our own server speaks in the headers of a mailbox's mail (engine/dsn). */
  ownServer?: Pick<Envelope, 'recipientHeader' | 'authservId'>;
}

/**
 * Stored mails: read in a limited thread → trust by token → at most one fact each → applied and noted, many in one
 * transaction; those that can't be applied together are applied alone. Safe to run again at any point.
 * @throws Error of the first mail that could not be applied, after all the others were
 */
export async function processMails(tools: ProcessingTools, ids: readonly string[]): Promise<void> {
  const { db } = tools;
  for (let rest = ids; rest.length > 0;) {
    const { takeId, mails } = await takeStored(db, rest);
    if (mails.length === 0) return;
    const taken = new Set(mails.map(({ id }) => id));
    rest = rest.filter((id) => !taken.has(id));
    try {
      await togetherOrAlone(await read(tools, mails), async (some) => {
        const judged = await judgeMails(tools, some);
        // Should Postgres die and forget it, the mails are still stored and are taken again.
        await db.transaction((tx) => apply(tx, judged), { repeatable: true, yields: judged.length > 1 });
      });
    } finally {
      await endTake(db, takeId);
    }
  }
}

/** @returns those that could be read; the others are left to the sweep, or put aside */
async function read({ db, reader, ownServer }: ProcessingTools, mails: readonly StoredMail[]): Promise<ReadMail[]> {
  // Taken before and neither applied nor put aside: whatever those ended was more than their reader.
  const deadly = mails.filter(({ attempts }) => attempts > MAX_DEATHS);
  const others = mails.filter(({ attempts }) => attempts <= MAX_DEATHS);
  const found = await reader.read(
    others.map(({ raw, envelope }) => ({ raw, envelope: { ...envelope, ...ownServer } })),
  );
  const readable: ReadMail[] = [];
  const aside = deadly.map((mail) => quarantined(mail, 'it was tried too often'));
  for (const [index, mail] of others.entries()) {
    const read = found[index]!;
    if (!(read instanceof Error)) readable.push({ mail, verdict: read.verdict, text: read.text });
    else if (mail.attempts >= MAX_ATTEMPTS) aside.push(quarantined(mail, read.message));
  }
  await finishInbound(db, aside);
  return readable;
}

async function apply(tx: Transaction, judged: readonly JudgedMail[]): Promise<void> {
  const held = await lockStored(
    tx,
    judged.map(({ mail }) => mail.id),
  );
  const ours = judged.filter(({ mail }) => held.has(mail.id)); // of the others another process was faster
  const told = ours.flatMap((one) => toldBy(one) ?? []);
  const changed = new Set(await applyFacts(tx, told).then((news) => told.filter((_, index) => news[index])));
  const facts = new Map(told.map((one) => [one.fact, changed.has(one)]));
  await heedCampaigns(tx, [...changed]);
  const shown = await showInInbox(tx, ours);
  await finishInbound(
    tx,
    ours.map((one) => resultOf(one, facts, shown.get(one) ?? null)),
  );
}

/** A triggered message can bounce and be complained about; a person's answer to it waits for a person. */
function toldBy({ decision, trusted: { messageId } }: JudgedMail): ToldFact | null {
  if (decision.do !== 'apply' || (messageId !== undefined && !isMessageFact(decision.fact))) return null;
  return { fact: decision.fact, messageId };
}

async function heedCampaigns(tx: Transaction, changed: readonly ToldFact[]): Promise<void> {
  const blocked = changed.filter(({ fact, messageId }) => fact.type === 'blocked' && messageId === undefined);
  const campaigns = new Set(blocked.map(({ fact }) => fact.recipient.campaignId));
  for (const campaignId of [...campaigns].sort()) await heedBlocks(tx, campaignId);
}

/** What people and their assistants write stands in the reply inbox of the workspace; mail to a `u.` address does not. */
async function showInInbox(tx: Transaction, judged: readonly JudgedMail[]): Promise<Map<JudgedMail, Matched | null>> {
  const shown = judged.flatMap((one) => {
    const { workspaceId, unsubscribeAddress, recipient, messageId } = one.trusted;
    if (workspaceId === null || unsubscribeAddress) return [];
    const { mail, verdict } = one;
    const { id: inboundMessageId, receivedAt } = mail;
    const { kind } = verdict;
    return [{ one, filed: { inboundMessageId, workspaceId, receivedAt, kind, verdict, recipient, messageId } }];
  });
  const matched = await fileReplies(
    tx,
    shown.map(({ filed }) => filed),
  );
  return new Map(shown.map(({ one }, index) => [one, matched[index] ?? null]));
}

type Outcome = Pick<InboundResult, 'status' | 'summary'>;

function resultOf(
  { mail, verdict, text, trusted, decision }: JudgedMail,
  facts: ReadonlyMap<ToldFact['fact'], boolean>,
  shown: Matched | null,
): InboundResult {
  const { status, summary } = inInbox(outcomeOf(decision, facts), verdict.kind, shown);
  return {
    id: mail.id,
    status,
    kind: verdict.kind,
    trust: trusted.level,
    verdict,
    verdictText: text,
    summary,
    workspaceId: trusted.workspaceId,
    recipient: trusted.recipient,
  };
}

function outcomeOf(decision: Decision, facts: ReadonlyMap<ToldFact['fact'], boolean>): Outcome {
  const { summary } = decision;
  if (decision.do !== 'apply') return { status: decision.do === 'log' ? 'logged' : 'review', summary };
  const changed = facts.get(decision.fact);
  const note = changed ? '' : ` (${changed === undefined ? 'to a triggered message' : 'known already'})`;
  return { status: decision.review || changed === undefined ? 'review' : 'applied', summary: summary + note };
}

/** What stands in the inbox need not wait in the review queue as well. */
function inInbox(outcome: Outcome, kind: InboundKind, shown: Matched | null): Outcome {
  if (!shown || outcome.status !== 'review' || (kind !== 'reply' && kind !== 'other')) return outcome;
  const summary = shown === 'sender' ? 'reply known by its sender alone: shown, nothing done' : outcome.summary;
  return { status: 'logged', summary };
}

function quarantined({ id, workspaceId }: StoredMail, problem: string): InboundResult {
  return {
    ...{ id, status: 'quarantined', kind: null, trust: null, verdict: null, verdictText: null },
    ...{ summary: `could not be read within its limits: ${problem}`, workspaceId, recipient: null },
  };
}
