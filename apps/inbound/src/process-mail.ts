import type { Fact, InboundVerdict } from '#contracts';
import type { Envelope } from '#engine/dsn';
import { applyPhrases } from '#engine/bounce-rules';
import type { KeyRing } from '#engine/token';
import type { Database, Transaction } from '#platform/database';
import {
  applyFact,
  applyToMessage,
  findPhrases,
  findRecentlyAccepted,
  findTokenSubject,
  finishInbound,
  isMessageFact,
  lockStored,
  takeStored,
} from '#domain/feedback';
import type { InboundResult, StoredMail } from '#domain/feedback';
import { heedBlocks } from '#domain/hygiene';
import { findMessageSubject } from '#domain/messages';
import { fileReply } from '#domain/replies';
import type { MailReader } from './mail-reader.js';
import { storableVerdict } from './storable-verdict.js';
import { toFact } from './to-fact.js';
import { trustOf } from './trust.js';
import type { Trusted } from './trust.js';

/** A mail that has ended its reader this often is put aside. */
const MAX_ATTEMPTS = 3;
/** … and one over which the process died this often. More, since a process also dies of what no mail is to blame for. */
const MAX_DEATHS = 8;
/** Bounce tokens expire: a report this much later is not about our message. */
const TOKEN_DAYS = 90;

export interface ProcessingTools {
  db: Database;
  reader: MailReader;
  keys: KeyRing;
  /** How our own server speaks in the headers of a mailbox's mail (engine/dsn). */
  ownServer?: Pick<Envelope, 'recipientHeader' | 'authservId'>;
}

/**
 * One stored mail: read in a limited thread → trust by token → at most one fact → applied and noted in one
 * transaction. Safe to run again at any point.
 */
export async function processMail({ db, reader, keys, ownServer }: ProcessingTools, id: string): Promise<void> {
  const mail = await takeStored(db, id);
  if (!mail) return;
  // It was taken before and neither applied nor put aside: whatever it ended was more than its reader.
  if (mail.attempts > MAX_DEATHS) return finishInbound(db, id, quarantined(mail, 'it was tried too often'));
  let verdict: InboundVerdict;
  try {
    verdict = storableVerdict(await reader.read(mail.raw, { ...mail.envelope, ...ownServer }));
  } catch (error) {
    if (mail.attempts < MAX_ATTEMPTS) return; // the sweep tries again
    await finishInbound(db, id, quarantined(mail, (error as Error).message));
    return;
  }
  const trusted = await checkSubject(db, mail, await trustIn(db, mail, verdict, keys));
  // What people of the workspace have taught outweighs what the engine knows; it makes nothing more believable.
  const learned = trusted.workspaceId === null ? [] : await findPhrases(db, trusted.workspaceId);
  verdict = applyPhrases(verdict, learned);
  const decision = toFact({ id, receivedAt: mail.receivedAt, verdict, trusted });
  const work = async (tx: Transaction) => {
    if (!(await lockStored(tx, id))) return; // another process was faster
    let status: InboundResult['status'] = decision.do === 'log' ? 'logged' : 'review';
    let { summary } = decision;
    if (decision.do === 'apply') {
      const done = await applyTo(tx, trusted, decision.fact);
      status = decision.review || done === 'not applicable' ? 'review' : 'applied';
      if (done !== 'applied') summary += ` (${done === 'known' ? 'known already' : 'to a triggered message'})`;
    }
    const shown = await showInInbox(tx, mail, verdict, trusted);
    if (shown && status === 'review' && verdict.kind === 'reply') {
      status = 'logged';
      summary = shown === 'sender' ? 'reply known by its sender alone: shown, nothing done' : summary;
    }
    await finishInbound(tx, id, {
      status,
      kind: verdict.kind,
      trust: trusted.level,
      verdict,
      summary,
      workspaceId: trusted.workspaceId,
      recipient: trusted.recipient,
    });
  };
  // Should Postgres die and forget it, the mail is still stored and is taken again.
  await db.transaction(work, { repeatable: true });
}

/**
 * By token; else, for a complaint of a feedback loop whose sender is authentic, by the name its server gave to a message
 * that this very address got of late (T1).
 */
async function trustIn(db: Database, mail: StoredMail, verdict: InboundVerdict, keys: KeyRing): Promise<Trusted> {
  const trusted = trustOf(verdict, keys);
  const [about, ...others] = verdict.recipients;
  if (trusted.level !== 'T0' || verdict.reporter === null || !about || others.length > 0) return trusted;
  const names = verdict.tokenCandidates.filter(({ where }) => where === 'original-message-id');
  const recipient = await findRecentlyAccepted(db, {
    workspaceId: mail.workspaceId,
    canonical: about.address,
    names: names.map(({ value }) => value),
  });
  return recipient ? { level: 'T1', recipient, unsubscribeAddress: false } : trusted;
}

/** What people and their assistants write stands in the reply inbox of the workspace; mail to a `u.` address does not. */
async function showInInbox(
  tx: Transaction,
  { id, receivedAt }: StoredMail,
  verdict: InboundVerdict,
  trusted: Trusted & { workspaceId: string | null },
) {
  const { workspaceId, unsubscribeAddress, recipient, messageId } = trusted;
  if (workspaceId === null || unsubscribeAddress) return null;
  const { kind } = verdict;
  return fileReply(tx, { inboundMessageId: id, workspaceId, receivedAt, kind, verdict, recipient, messageId });
}

/** A triggered message can bounce and be complained about; a person's answer to it waits for a person. */
async function applyTo(
  tx: Transaction,
  { messageId }: Trusted,
  fact: Fact,
): Promise<'applied' | 'known' | 'not applicable'> {
  if (messageId === undefined) {
    const applied = await applyFact(tx, fact);
    if (applied && fact.type === 'blocked') await heedBlocks(tx, fact.recipient.campaignId);
    return applied ? 'applied' : 'known';
  }
  if (!isMessageFact(fact)) return 'not applicable';
  return (await applyToMessage(tx, messageId, fact)) ? 'applied' : 'known';
}

/** A valid token of a message that was never sent, of another workspace's mailbox, or too old, proves nothing. */
async function checkSubject(
  db: Database,
  mail: StoredMail,
  trusted: Trusted,
): Promise<Trusted & { workspaceId: string | null }> {
  const { recipient, messageId, unsubscribeAddress } = trusted;
  const nobody = { level: 'T0' as const, recipient: null, unsubscribeAddress, workspaceId: mail.workspaceId };
  const subject = recipient
    ? await findTokenSubject(db, recipient.campaignId, recipient.seq)
    : messageId && (await findMessageSubject(db, messageId));
  if (!subject || (mail.workspaceId !== null && mail.workspaceId !== subject.workspaceId)) return nobody;
  const age = subject.acceptedAt ? mail.receivedAt.getTime() - subject.acceptedAt.getTime() : 0;
  if (!unsubscribeAddress && age > TOKEN_DAYS * 86_400_000) return nobody;
  return { ...trusted, workspaceId: subject.workspaceId };
}

function quarantined(mail: StoredMail, problem: string): InboundResult {
  return {
    status: 'quarantined',
    kind: null,
    trust: null,
    verdict: null,
    summary: `could not be read within its limits: ${problem}`,
    workspaceId: mail.workspaceId,
    recipient: null,
  };
}
