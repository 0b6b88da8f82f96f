import { DateTime } from 'luxon';
import type { z } from 'zod';
import { invalid } from '#contracts';
import type { ScheduleBody } from '#contracts';

/** A click takes a moment: a time so little past still counts. */
const GRACE_MS = 60_000;
const WITH_OFFSET = /(?:Z|[+-]\d{2}:\d{2})$/i;

/**
 * The instant of a schedule. A wall-clock time that a change of clocks skips does not exist and is refused, instead of
 * being moved by an hour in silence; of one that comes twice the first is taken. A time with an offset is itself.
 * @throws DomainError VALIDATION_FAILED at `at`: TIME_INVALID, TIME_PAST
 */
export function readScheduleTime({ at, timezone }: z.infer<typeof ScheduleBody>, nowMs: number): Date {
  const time = DateTime.fromISO(at, { zone: timezone });
  const isWallClock = !WITH_OFFSET.test(at);
  const minute = "yyyy-MM-dd'T'HH:mm";
  if (!time.isValid || (isWallClock && time.toFormat(minute) !== at.slice(0, minute.length - 2))) {
    const message = `${at.slice(0, 40)} does not exist in ${timezone}: the clocks are put forward over it. Choose another time.`;
    throw invalid('at', 'TIME_INVALID', message);
  }
  const instant = isWallClock ? Math.min(...time.getPossibleOffsets().map(Number)) : time.toMillis();
  if (instant < nowMs - GRACE_MS) throw invalid('at', 'TIME_PAST', 'Choose a time in the future.');
  return new Date(instant);
}

/**
 * The time of a schedule in the recipients' time zones, as their clocks show it: `YYYY-MM-DDTHH:mm:ss`.
 * @throws DomainError VALIDATION_FAILED at `at`: TIME_INVALID for a time with an offset
 */
export function readWallClock({ at }: { at: string }): string {
  if (WITH_OFFSET.test(at)) {
    const message = 'Each recipient has their own offset: leave it out, as in 2027-02-28T10:00.';
    throw invalid('at', 'TIME_INVALID', message);
  }
  return DateTime.fromISO(at, { zone: 'utc' }).toFormat("yyyy-MM-dd'T'HH:mm:ss");
}
