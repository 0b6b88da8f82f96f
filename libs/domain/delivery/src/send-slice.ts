import { setTimeout as sleep } from 'node:timers/promises';
import { spacingMs } from '#engine/pace';
import type { Leave } from './account-pace.js';
import { letGo } from './pass.js';
import type { Pass, WaitingRecipient } from './pass.js';
import type { OpenAccount } from './sending-accounts.js';
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
/**
 * Who is later than this beside one spacing gives the place up: taken late it would push into those of other senders.
 * At 550 a second before a strict server, on a busy machine, some 100 of 7,000 were refused before, and 4 of 11,000 since.
 */
const LATE_MS = 15;

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

/** Lets each message of a slice leave at its place in the pace. Who did not begin to leave in time waits for another. */
export function sendSlice(pass: Pass, departure: Departure, slice: readonly WaitingRecipient[]): void {
  const { account, leave } = departure;
  account.unused += leave.granted - slice.length;
  for (const [index, recipient] of slice.entries()) {
    const place = leave.startMs + index * leave.spacingMs;
    pass.flight.add(recipient.seq, sendAt(place, pass, departure, recipient));
  }
}

async function sendAt(place: number, pass: Pass, departure: Departure, recipient: WaitingRecipient): Promise<void> {
  const { account } = departure;
  const { batch, flight, ledger, lease, pages, stopping, waiting } = pass;
  const { seq, email, international, attempts, rendered } = recipient;
  if (!rendered) throw new Error(`recipient ${seq} of batch ${batch.id} has no message`);
  await sleepUntil(place);
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
    mayBegin: () => !stopping() && !ledger.lost && !flight.failed && isInTime(place, departure),
  });
  if (!attempt) {
    waiting.push(recipient);
    account.unused += 1;
    account.sliceMost = Math.max(SLICE_MIN, account.sliceMost - 1);
    return;
  }
  pass.answers.push({ account, email, outcome: attempt });
  // The server could not be reached: nothing to write, and another account may take it.
  if (attempt.kind === 'unreachable') {
    waiting.push(recipient);
    return;
  }
  // The session reads nothing of it any more, or its socket is closed.
  letGo(recipient);
  ledger.add({ seq, earlierAttempts: attempts, attempt });
}

function isInTime(place: number, { checkedAt, leave: { spacingMs: spacing } }: Departure): boolean {
  const now = performance.now();
  return now - checkedAt <= CHECK_MS && (spacing === 0 || now - place <= LATE_MS + spacing);
}

/** @param when of `performance.now()` */
export async function sleepUntil(when: number): Promise<void> {
  const wait = when - performance.now();
  if (wait > 1) await sleep(wait);
}
