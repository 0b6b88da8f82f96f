import { instantOf, wallClock } from '../components/wall-clock.js';

/** When the campaign shall leave: after the undo window, or at a wall-clock time in a zone (`YYYY-MM-DDTHH:mm:ss`). */
export type SendTime =
  | { kind: 'now' }
  | {
      kind: 'at';
      at: string | null;
      timezone: string;
      /** Each recipient's own clock counts; `timezone` is that of contacts without one. */
      ofRecipient?: boolean;
      /** Somebody has tried to send: a date that is still missing is said at its field. */
      tried?: boolean;
    };

/** What a draft begins with: the date of a schedule that was taken back, else at once. */
export function sendTimeOf({
  scheduledAt,
  timezone,
  recipientTime,
}: {
  scheduledAt: string | null;
  timezone: string | null;
  recipientTime: string | null;
}): SendTime {
  if (recipientTime && timezone) return { kind: 'at', at: recipientTime, timezone, ofRecipient: true };
  if (!scheduledAt || !timezone) return { kind: 'now' };
  return { kind: 'at', at: wallClock(Date.parse(scheduledAt), timezone), timezone };
}

/** Why a campaign can't leave at this time; null when it can. `now` in milliseconds since 1970. */
export function timeProblem(time: SendTime, now: number): 'missing' | 'past' | 'skipped' | null {
  if (time.kind === 'now') return null;
  if (!time.at) return 'missing';
  // Where each has a clock of their own, an hour is over when it is over in the last zone on earth, and none is skipped.
  if (time.ofRecipient) return time.at <= wallClock(now, 'Etc/GMT+12') ? 'past' : null;
  // Both are of one zone and of one form, so their order as text is their order in time.
  if (time.at <= wallClock(now, time.timezone)) return 'past';
  // Where clocks go forward, an hour of that night is on none of them.
  return wallClock(instantOf(time.at, time.timezone), time.timezone) === time.at ? null : 'skipped';
}
