import { domainOf } from '#engine/address';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DeliveryAttempt } from '#contracts';
import { HOLD_UPS, keepTrying, transmit } from '#domain/delivery';
import type { BatchJournal, HeldLease, Journal, Leases, OpenAccount, SendingAccounts, Wait } from '#domain/delivery';
import type { KeyRing } from '#engine/token';
import type { Database } from '#platform/database';
import type { Logger } from '#platform/logging';
import { StoredContents, maySend, releaseClaim } from './claim-messages.js';
import type { ClaimedMessage, MessageClaim } from './claim-messages.js';
import { loadFiles } from './message-attachments.js';
import type { MessageRenderer } from './message-renderer.js';
import { settleBrokenClaim } from './recover-messages.js';
import { settleLateAnswers, settleMessages } from './settle-messages.js';
import type { Settlement } from './settle-messages.js';

/** What the lane of triggered mail works with. */
export interface MessageTools {
  db: Database;
  log: Logger;
  journal: Journal;
  leases: Leases;
  accounts: SendingAccounts;
  renderer: MessageRenderer;
  contents: StoredContents;
  tokenKeys: KeyRing;
  /** True once the process is asked to stop: nothing new goes to the wire. */
  stopping(): boolean;
  /** No account of a workspace has room for this long: its messages need not be claimed meanwhile. */
  resting(workspaceId: string, waitMs: number): void;
}

interface Pass extends MessageTools {
  claim: MessageClaim;
  pages: BatchJournal;
  lease: HeldLease;
  /** When the claim looked at suppressions; `performance.now()`. */
  checkedAt: number;
}

/** The claim's look at suppressions is believed this long, and a second one as long again. */
const CHECK_MS = 400;
/** Without an account that may send it, a message looks again after this: somebody may be adding one. */
const NO_ACCOUNT_MS = 30_000;
/** At a provider that asked to slow down. */
const SLOWED_MS = 1_000;
/** After a server that could not be reached: another account may carry it, or this one after its rest. */
const UNREACHABLE_MS = 2_000;

/** Sends the messages of a claim side by side and settles each as soon as its answer is there. */
export async function sendClaim(tools: MessageTools, claim: MessageClaim, claimedAt: number): Promise<void> {
  const { db, log, journal, leases } = tools;
  const lease = leases.hold(claim, claimedAt);
  let pages: BatchJournal | undefined;
  try {
    pages = journal.open({ id: claim.id, fence: claim.fence, campaignId: '0' });
    const pass: Pass = { ...tools, claim, pages, lease, checkedAt: claimedAt };
    const settling = new Settling(pass);
    const sends = claim.messages.map(async (message) => {
      const settlement = await send(pass, message);
      if (settlement) settling.add(settlement);
    });
    const broken = (await Promise.allSettled(sends)).find((each) => each.status === 'rejected');
    await settling.done();
    if (broken) throw broken.reason;
    await releaseClaim(db, claim.id);
    pages.close();
  } catch (error) {
    // The journal has the truth of what left and what was answered: settle by it, as after a crash.
    log.error({ err: error, claim: claim.id }, 'triggered mail broke off; settling it by its journal');
    pages?.release();
    // Without a journal (a full disk) nothing has left.
    await keepTrying(tools, `claim ${claim.id} by its journal`, () =>
      pages ? settleBrokenClaim(db, journal, claim.id) : releaseClaim(db, claim.id),
    );
  } finally {
    lease.release();
  }
}

/** Gathers what comes while a write is under way into the next write. */
class Settling {
  private waiting: Settlement[] = [];
  private writing: Promise<void> | undefined;

  constructor(private readonly pass: Pass) {}

  add(settlement: Settlement): void {
    this.waiting.push(settlement);
    this.writing ??= this.write();
    this.writing.catch(() => undefined); // told by done()
  }

  async done(): Promise<void> {
    await this.writing;
  }

  private async write(): Promise<void> {
    const { db, claim } = this.pass;
    const what = `outcomes of claim ${claim.id}`;
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0);
      const ours = await keepTrying(this.pass, what, () => settleMessages(db, claim.id, batch));
      // Held up for so long that the claim was given up: what is known is still the truth.
      const late = batch.filter(({ id }) => !ours.has(id));
      if (late.length > 0) await keepTrying(this.pass, what, () => settleLateAnswers(db, late));
    }
    this.writing = undefined;
  }
}

/** @returns null when nothing is known of it: it is released with the claim and taken again */
async function send(pass: Pass, message: ClaimedMessage): Promise<Settlement | null> {
  const { id, workspaceId } = message;
  if (message.suppressed) return { id, kind: 'skipped', reason: 'suppressed', detail: '' };
  const fromDomain = domainOf(message.from);
  const outgoing = { workspaceId, smtpAccounts: message.answer?.smtpAccounts ?? [], fromDomain };
  const tried = new Set<string>();
  for (;;) {
    const account = await pass.accounts.pick(outgoing, message, tried);
    if (!account) {
      const detail = `NO_SMTP_ACCOUNT: no SMTP account may send from ${fromDomain}`;
      return { id, kind: 'again', waitMs: NO_ACCOUNT_MS, detail };
    }
    if ('waitMs' in account) return rest(pass, message, account);
    // One without room is passed over for another.
    tried.add(account.id);
    const room = await pass.accounts.room(account, message.provider, [{ seq: Number(id), email: message.to }]);
    if (room.now.length === 0) continue;
    const rendered = await pass.renderer.render(() => taskOf(pass, message, account));
    if (!rendered.ok) return { id, kind: 'skipped', reason: 'not_renderable', detail: rendered.detail };
    const leave = await pass.accounts.leave(account, 1);
    if ('waitMs' in leave) continue;
    const wait = leave.startMs - performance.now();
    if (wait > 1) await sleep(wait);
    if (performance.now() - pass.checkedAt > CHECK_MS && !(await maySend(pass.db, pass.claim.id, id))) return null;
    const bytes = Buffer.from(rendered.bytes.buffer, rendered.bytes.byteOffset, rendered.bytes.byteLength);
    return putOnWire(pass, account, message, rendered.returnPath, bytes);
  }
}

function rest(pass: Pass, { id, workspaceId }: ClaimedMessage, { waitMs, reason, handBack }: Wait): Settlement {
  const detail = `${reason}: ${HOLD_UPS[reason]}`;
  // A provider's wait is its own: others of the workspace go on.
  if (handBack) return { id, kind: 'again', waitMs: Math.max(waitMs, SLOWED_MS), detail };
  pass.resting(workspaceId, waitMs);
  return { id, kind: 'again', waitMs, detail };
}

async function putOnWire(
  pass: Pass,
  account: OpenAccount,
  message: ClaimedMessage,
  from: string,
  body: Buffer,
): Promise<Settlement | null> {
  const { lease, pages, stopping } = pass;
  const since = performance.now();
  const attempt = await transmit({
    account,
    envelope: { from, to: message.to, smtpUtf8: message.international },
    body,
    ...{ seq: Number(message.id), pages, lease, stopping },
    // A connection that is not free by now is not waited for: suppressions are looked at again first.
    mayBegin: () => !stopping() && performance.now() - since <= CHECK_MS,
  });
  return attempt && settlementOf(pass, account, message, attempt);
}

async function settlementOf(
  { accounts }: Pass,
  account: OpenAccount,
  { id, attempts, provider, to }: ClaimedMessage,
  attempt: DeliveryAttempt,
): Promise<Settlement> {
  await accounts.answered(account, provider, [{ email: to, outcome: attempt }]);
  // A sender that is refused is this message's own fault.
  if (attempt.kind !== 'unreachable' || !attempt.senderRefused) await accounts.fared(account, [attempt]);
  if (attempt.kind === 'unreachable' && !attempt.senderRefused) {
    return { id, kind: 'again', waitMs: UNREACHABLE_MS, detail: attempt.text };
  }
  return { id, kind: 'attempted', attempt, earlierAttempts: attempts };
}

async function taskOf(pass: Pass, message: ClaimedMessage, account: OpenAccount) {
  const { id, workspaceId, workspace, contentId, replyTo, data, tags, answer, subject } = message;
  return {
    ...{ id, workspaceId, workspace, contentId, replyTo, data, tags, subject, answer },
    content: await pass.contents.of(contentId),
    to: { name: message.toName, address: message.to },
    from: { name: message.fromName, address: message.from },
    files: message.hasFiles ? await loadFiles(pass.db, id) : [],
    account: account.render,
    tokenKeys: pass.tokenKeys,
    nowMs: Date.now(),
  };
}
