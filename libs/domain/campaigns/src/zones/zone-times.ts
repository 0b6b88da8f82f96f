import { DateTime } from 'luxon';

/** A click and a start take a moment: what is so little past still counts. */
const GRACE_MS = 60_000;
/** Zones are up to 26 hours apart, so that an hour may have passed there on two days in a row. */
const DAYS_MAX = 3;

/** When a zone is due. */
export interface ZoneTime {
  /** Milliseconds since 1970. */
  at: number;
  /** Its hour had passed when the sending began: it is the same hour of a later day. */
  nextDay: boolean;
}

/**
 * When the clocks of a zone show a wall-clock time for the first time from the beginning of a sending on. Of an hour
 * that comes twice the first is meant; one that the clocks skip is as much later as they are put forward.
 * @param wall `YYYY-MM-DDTHH:mm:ss`
 * @param beginsMs null: the day that `wall` says, passed or not
 * @returns null for a zone that is not known here
 */
export function zoneTime(zone: string, wall: string, beginsMs: number | null): ZoneTime | null {
  for (let days = 0; days <= DAYS_MAX; days += 1) {
    const at = instantIn(zone, wall, days);
    if (at === null) return null;
    if (beginsMs === null || at >= beginsMs - GRACE_MS) return { at, nextDay: days > 0 };
  }
  return null;
}

/**
 * When the first zone is due whose hour has not passed: a sending in the recipients' time zones begins then.
 * @param zones those of the audience
 * @returns milliseconds since 1970; null where the hour has passed in all of them
 */
export function beginningOf(zones: readonly string[], wall: string, nowMs: number): number | null {
  const times = zones.flatMap((zone) => zoneTime(zone, wall, null)?.at ?? []);
  const left = times.filter((at) => at >= nowMs - GRACE_MS);
  return left.length > 0 ? Math.min(...left) : null;
}

function instantIn(zone: string, wall: string, days: number): number | null {
  // The day is added on the wall, not on the clock: a day in which clocks change has not 24 hours.
  const day = DateTime.fromISO(wall, { zone: 'utc' }).plus({ days }).toISO({ includeOffset: false });
  const time = day === null ? null : DateTime.fromISO(day, { zone });
  return time?.isValid ? Math.min(...time.getPossibleOffsets().map(Number)) : null;
}
