import { setTimeout as sleep } from 'node:timers/promises';
import type { HoldUp } from '#contracts';
import { isReservedDomain } from '#engine/address';
import type { ParsedAddress } from '#engine/address';
import { providerOf } from '#engine/pace';
import type { Outgoing } from './choose-account.js';
import type { SendingLane } from './lane-limits.js';
import { sleepUntil } from './send-slice.js';
import type { OpenAccount, SendingAccounts } from './sending-accounts.js';

/** A test is looked at by who waits for it: it takes the next place, and its sessions are its own. */
export const TEST_LANE: SendingLane = { connections: 1, leadMs: 0, aheadMs: 1_000, leavesShare: 0 };

/**
 * The account by which a test message may leave now: one that is sound, within its limits and its provider's pace, as
 * for any other mail.
 * @param until `performance.now()` until which it is waited for
 * @returns what holds it up where nothing is free by then; null where no account may ever send it
 */
export async function leaveForTest(
  accounts: SendingAccounts,
  campaign: Outgoing,
  { address, domain }: ParsedAddress,
  until: number,
): Promise<OpenAccount | HoldUp | null> {
  const batch = { reserved: isReservedDomain(domain), provider: providerOf(domain) };
  const full = new Set<string>();
  for (;;) {
    const account = await accounts.pick(campaign, batch, full);
    if (!account) return null;
    if ('waitMs' in account) {
      const { waitMs, reason } = account;
      // Those don't pass while somebody looks on.
      const lasts = reason === 'ACCOUNTS_FAILING' || reason === 'WARMUP_STOPPED';
      if (lasts || performance.now() + waitMs > until) return reason;
      await sleep(waitMs);
      full.clear();
      continue;
    }
    const { now } = await accounts.room(account, batch.provider, [{ seq: 0, email: address }]);
    if (now.length === 0) {
      full.add(account.id);
      continue;
    }
    const leave = await accounts.leave(account, 1);
    if ('waitMs' in leave) continue;
    await sleepUntil(leave.startMs);
    return account;
  }
}
