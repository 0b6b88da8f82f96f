import { setTimeout as sleep } from 'node:timers/promises';
import { spacingMs } from '#engine/pace';
import type { RateLimits } from '#engine/pace';
import type { ClaimedBatch } from './claim-batch.js';
import type { FrozenCampaign } from './frozen-campaign.js';
import type { BatchJournal } from './journal.js';
import type { HeldLease } from './leases.js';
import type { RecordedOutcome } from './record-outcomes.js';
import type { RenderedMessage } from './render-pool.js';
import type { RenderTask } from './render-task.js';
import type { SendingTools } from './sending-tools.js';
import { LEAD_MS } from './sending-accounts.js';
import type { Leave, OpenAccount } from './sending-accounts.js';
import { skipRecipients, takeSlice } from './take-slice.js';
import type { SliceRecipient } from './take-slice.js';

/** One claimed batch: what is known of it while it is being sent. */
export interface Pass extends SendingTools {
  batch: ClaimedBatch;
  campaign: FrozenCampaign;
  pages: BatchJournal;
  lease: HeldLease;
}

/**
 * The last check is believed this long; who has not been sent by then is handed back and checked again. Less than the
 * second within which a pause or an unsubscription is to be felt, by what a message takes from there to its body.
 */
const CHECK_MS = 700;
/** As much of a paced slice as fits into that. */
const BURST_MS = 600;
/** Lateness that goes unnoticed among that of networks and clocks. */
const LATE_MS = 40;

type Ready = RenderedMessage & { ok: true };

/** How many messages of an account fit into one slice. */
export function burst(limits: RateLimits): number {
  const spacing = spacingMs(limits);
  return spacing === 0 ? Number.MAX_SAFE_INTEGER : Math.max(1, Math.floor(BURST_MS / spacing));
}

/**
 * Renders a slice, waits for leave to send it, looks a last time at who may still get it, and sends: whatever takes
 * time comes before the leave, so that no token is wasted and no message late. Who is not sent is simply not among the
 * outcomes and is taken again.
 */
export async function sendSlice(
  pass: Pass,
  account: OpenAccount,
  recipients: SliceRecipient[],
): Promise<RecordedOutcome[]> {
  const rendered = await pass.renderer.render(renderTask(pass, account, recipients));
  const failures = rendered.filter((message) => !message.ok);
  if (failures.length > 0) await skipRecipients(pass.db, pass.batch, failures);
  const ready = new Map(rendered.filter((message) => message.ok).map((message) => [message.seq, message as Ready]));
  if (ready.size === 0) return [];

  const leave = await pass.accounts.leave(account, ready.size);
  if ('waitMs' in leave) return [];
  await sleepUntil(leave.startMs - LEAD_MS);
  const checkedAt = performance.now();
  const granted = [...ready.keys()].slice(0, leave.granted);
  const slice = await takeSlice(pass.db, pass.journal.owner, pass.batch, granted.length, granted);
  if (slice.kind !== 'recipients') return [];
  return sendPaced(pass, account, leave, slice.recipients, ready, checkedAt);
}

async function sendPaced(
  pass: Pass,
  account: OpenAccount,
  leave: Leave,
  recipients: SliceRecipient[],
  ready: Map<number, Ready>,
  checkedAt: number,
): Promise<RecordedOutcome[]> {
  const outcomes: RecordedOutcome[] = [];
  const missed = missedPlaces(leave);
  const sends = recipients.slice(0, leave.granted - missed).map(async (recipient, index) => {
    const message = ready.get(recipient.seq);
    await sleepUntil(nextPlace(account, leave.startMs + (index + missed) * leave.spacingMs));
    if (!message) return;
    const mayBegin = () => !pass.stopping() && performance.now() - checkedAt <= CHECK_MS;
    const outcome = await sendOne(pass, account, recipient, message, mayBegin);
    if (outcome) outcomes.push(outcome);
  });
  const broken = (await Promise.allSettled(sends)).find((send) => send.status === 'rejected');
  if (broken) throw broken.reason;
  return outcomes;
}

/** Places that went by before the slice was ready: who took them late would push into those of another sender. */
function missedPlaces({ startMs, spacingMs: spacing, granted }: Leave): number {
  if (spacing === 0) return 0;
  return Math.min(granted, Math.max(0, Math.floor((performance.now() - startMs - LATE_MS) / spacing)));
}

/** When a message leaves: at its place in the pace, and never closer to the one before than the limit allows. */
function nextPlace(account: OpenAccount, place: number): number {
  const at = Math.max(place, account.nextAt, performance.now());
  account.nextAt = at + spacingMs(account.limits);
  return at;
}

/** @returns null when it was given up before the body: then nothing was sent, and it says nothing of the account */
async function sendOne(
  { lease, pages, stopping }: Pass,
  account: OpenAccount,
  recipient: SliceRecipient,
  message: Ready,
  mayBegin: () => boolean,
): Promise<RecordedOutcome | null> {
  const { seq, email, international, attempts } = recipient;
  const envelope = { from: message.envelopeFrom, to: email, smtpUtf8: international };
  let givenUp = false;
  const outcome = await account.pool.send(envelope, message.message, {
    mayBegin,
    beforeBody() {
      // The same tick as the write to the socket: a stale owner sends nothing, and a kill leaves the intent behind.
      givenUp = !lease.holds() || stopping();
      if (givenUp) return false;
      pages.intend(seq);
      return true;
    },
  });
  if (givenUp || !outcome) return null;
  const at = new Date().toISOString();
  pages.answer(seq, outcome, at, account.id);
  return { seq, earlierAttempts: attempts, attempt: { ...outcome, at, smtpAccountId: account.id } };
}

function renderTask(pass: Pass, account: OpenAccount, recipients: SliceRecipient[]): RenderTask {
  const { campaign, trackingUrl, tokenKeys } = pass;
  const accountKey = `${account.id}.${account.version}`;
  return {
    ...campaign.mail,
    accountKey,
    account: account.render,
    trackingUrl,
    tokenKeys,
    nowMs: Date.now(),
    recipients,
  };
}

async function sleepUntil(when: number): Promise<void> {
  const wait = when - performance.now();
  if (wait > 1) await sleep(wait);
}
