import type { InboundVerdict } from '#contracts';
import { applyPhrases } from '#engine/bounce-rules';
import type { PhraseRule } from '#engine/bounce-rules';
import type { KeyRing } from '#engine/token';
import type { Database } from '#platform/database';
import { findPhrases, findRecentlyAccepted, findTokenSubjects, recipientKey } from '#domain/feedback';
import type { StoredMail } from '#domain/feedback';
import { findMessageSubjects } from '#domain/messages';
import { toFact } from './to-fact.js';
import type { Decision } from './to-fact.js';
import { trustOf } from './trust.js';
import type { Trusted } from './trust.js';

/** Bounce tokens expire: a report this much later is not about our message. */
const TOKEN_DAYS = 90;

/** A stored mail with what it says. */
export interface ReadMail {
  mail: StoredMail;
  verdict: InboundVerdict;
  /** The verdict as JSON. */
  text: string;
}

/** … and with whom it is about and what is to be done. */
export interface JudgedMail extends ReadMail {
  trusted: TrustedThere;
  decision: Decision;
}

type TrustedThere = Trusted & { workspaceId: string | null };

/** Whom mails are about, how far that is believed, and at most one fact of each. Reads only. */
export async function judgeMails(
  { db, keys }: { db: Database; keys: KeyRing },
  mails: readonly ReadMail[],
): Promise<JudgedMail[]> {
  const claims: Trusted[] = [];
  for (const mail of mails) claims.push(await trustIn(db, mail, keys));
  const trusted = await checkSubjects(db, mails, claims);
  const phrases = new Map<string, PhraseRule[]>();
  for (const { workspaceId } of trusted) {
    if (workspaceId === null || phrases.has(workspaceId)) continue;
    phrases.set(workspaceId, await findPhrases(db, workspaceId));
  }
  return mails.map(({ mail, verdict: read, text }, index) => {
    const about = trusted[index]!;
    // What people of the workspace have taught outweighs what the engine knows; it makes nothing more believable.
    const verdict = applyPhrases(read, phrases.get(about.workspaceId ?? '') ?? []);
    const decision = toFact({ id: mail.id, receivedAt: mail.receivedAt, verdict, trusted: about });
    return { mail, verdict, text: verdict === read ? text : JSON.stringify(verdict), trusted: about, decision };
  });
}

/**
 * By token; else, for a complaint of a feedback loop whose sender is authentic, by the name its server gave to a message
 * that this very address got of late (T1).
 */
async function trustIn(db: Database, { mail, verdict }: ReadMail, keys: KeyRing): Promise<Trusted> {
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

/** A valid token of a message that was never sent, of another workspace's mailbox, or too old, proves nothing. */
async function checkSubjects(
  db: Database,
  mails: readonly ReadMail[],
  claims: readonly Trusted[],
): Promise<TrustedThere[]> {
  const recipients = await findTokenSubjects(
    db,
    claims.flatMap(({ recipient }) => recipient ?? []),
  );
  const messages = await findMessageSubjects(
    db,
    claims.flatMap(({ messageId }) => messageId ?? []),
  );
  return mails.map(({ mail }, index) => {
    const claim = claims[index]!;
    const { recipient, messageId, unsubscribeAddress } = claim;
    const nobody = { level: 'T0' as const, recipient: null, unsubscribeAddress, workspaceId: mail.workspaceId };
    const subject = recipient ? recipients.get(recipientKey(recipient)) : messages.get(messageId ?? '');
    if (!subject || (mail.workspaceId !== null && mail.workspaceId !== subject.workspaceId)) return nobody;
    const age = subject.acceptedAt ? mail.receivedAt.getTime() - subject.acceptedAt.getTime() : 0;
    if (!unsubscribeAddress && age > TOKEN_DAYS * 86_400_000) return nobody;
    return { level: claim.level, recipient, messageId, unsubscribeAddress, workspaceId: subject.workspaceId };
  });
}
