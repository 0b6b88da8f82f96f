import type { SendingLane } from './lane-limits.js';

/** A sender's part of an account below which triggered mail has no connection of its own within the limit. */
const RESERVE_FROM = 3;

/**
 * Most connections that a lane of one sender opens to an account: all lanes of all senders together keep to the
 * account's limit, but that every lane has one. Triggered mail has a third of a sender's part, as far as it wants it.
 * @param limit of the account
 * @param senders that run
 */
export function laneConnections(
  lane: Pick<SendingLane, 'connections'>,
  limit: number,
  senders: number,
  sendsTriggered: boolean,
): number {
  const part = Math.max(1, Math.floor(limit / senders));
  const reserved = Math.min(TRIGGERED_CONNECTIONS, Math.floor(part / RESERVE_FROM));
  if (lane.connections !== null) return Math.max(1, Math.min(lane.connections, reserved));
  return sendsTriggered ? part - reserved : part;
}

/** Most connections that triggered mail has to an account in one sender. */
export const TRIGGERED_CONNECTIONS = 2;
