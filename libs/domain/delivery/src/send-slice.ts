import { setTimeout as sleep } from 'node:timers/promises';
import { spacingMs } from '#engine/pace';
import type { Pass, WaitingRecipient } from './pass.js';
import type { Leave, OpenAccount } from './sending-accounts.js';
import { transmit } from './transmit.js';

/** Most recipients checked and rendered at once, and how few where a server takes them slowly. */
const SLICE = 100;
const SLICE_MIN = 10;
/**
 * The last check is believed this long; who has not begun to leave by then waits to be checked again. Less than the
 * half second within which a pause is to be felt, by what a message takes from there to its body.
 */
const CHECK_MS = 400;
/** As much of a paced slice as fits into that beside the lead of the check: who leaves too late gives its place away. */
const BURST_MS = 270;
/** Lateness that goes unnoticed among that of networks and clocks. */
const LATE_MS = 40;

/** A slice has leave to go over this account, and was checked at `checkedAt` (`performance.now()`). */
export interface Departure {
  account: OpenAccount;
  leave: Leave;
  checkedAt: number;
}

/** How many messages go into one slice: no more than leave while the last check is believed. */
export function sliceSize(account: OpenAccount): number {
  // One message shows whether it works again.
  if (account.health === 'failing') return 1;
  const spacing = spacingMs(account.limits);
  if (spacing > 0) return Math.min(SLICE, Math.max(1, Math.floor(BURST_MS / spacing)));
  account.sliceMost = Math.min(SLICE, account.sliceMost + 2);
  return account.sliceMost;
}

/** Lets each message of a slice leave at its place in the pace. Who did not begin to leave in time waits again. */
export function sendSlice(pass: Pass, departure: Departure, slice: readonly WaitingRecipient[]): void {
  const { account, leave } = departure;
  const missed = missedPlaces(leave);
  const places = leave.granted - missed;
  account.unused += leave.granted - Math.min(places, slice.length);
  for (const [index, recipient] of slice.slice(0, places).entries()) {
    const at = nextPlace(account, leave.startMs + (index + missed) * leave.spacingMs);
    pass.flight.add(recipient.seq, sendAt(at, pass, departure, recipient));
  }
  pass.waiting.push(...slice.slice(places));
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

async function sendAt(at: number, pass: Pass, departure: Departure, recipient: WaitingRecipient): Promise<void> {
  const { account, checkedAt } = departure;
  const { batch, flight, ledger, lease, pages, stopping, waiting } = pass;
  const { seq, email, international, attempts, rendered } = recipient;
  if (!rendered) throw new Error(`recipient ${seq} of batch ${batch.id} has no message`);
  await sleepUntil(at);
  const attempt = await transmit({
    account,
    envelope: {
      from: rendered.envelopeFrom,
      to: email,
      smtpUtf8: international,
      notify: pass.campaign.deliveryNotifications ? { id: `${batch.campaignId}.${seq}` } : undefined,
    },
    body: rendered.message,
    ...{ seq, pages, lease, stopping },
    mayBegin: () => !stopping() && !ledger.lost && !flight.failed && performance.now() - checkedAt <= CHECK_MS,
  });
  if (!attempt) {
    waiting.push(recipient);
    account.unused += 1;
    account.sliceMost = Math.max(SLICE_MIN, account.sliceMost - 1);
    return;
  }
  pass.answers.push({ account, email, outcome: attempt });
  // The server could not be reached: nothing to write, and another account may take it.
  if (attempt.kind === 'unreachable') waiting.push(recipient);
  else ledger.add({ seq, earlierAttempts: attempts, attempt });
}

/** @param when of `performance.now()` */
export async function sleepUntil(when: number): Promise<void> {
  const wait = when - performance.now();
  if (wait > 1) await sleep(wait);
}
