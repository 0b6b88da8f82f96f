import { DateTime } from 'luxon';
import type { z } from 'zod';
import type { DateTest, SegmentPeriod } from '#contracts';

/** A day of the calendar, `YYYY-MM-DD`. */
type Day = string;

/** Whose days are meant, and which one is today. */
export interface Clock {
  nowMs: number;
  /** IANA name. */
  timezone: string;
}

/** Days from `from` to before `before`; null where there is no end. */
export interface DayRange {
  from: Day | null;
  before: Day | null;
}

type Ranged = Exclude<
  z.infer<typeof DateTest> | z.infer<typeof SegmentPeriod>,
  | { op: 'set' | 'empty' }
  | { op: 'anniversary_today' | 'anniversary_this_month' }
  | { op: 'anniversary_in_next' }
  | { op: 'ever' }
>;

/** The days that a period of a rule means today; null for *ever*. */
export function daysOf(period: Ranged | { op: 'ever' }, clock: Clock): DayRange | null {
  const today = todayOf(clock);
  switch (period.op) {
    case 'ever':
      return null;
    case 'today':
      return range(today, today.plus({ days: 1 }));
    case 'this_month':
      return range(today.startOf('month'), today.startOf('month').plus({ months: 1 }));
    case 'in_last':
      return range(today.minus({ days: period.days }), today.plus({ days: 1 }));
    case 'before_last':
      return range(null, today.minus({ days: period.days }));
    case 'in_next':
      return range(today, today.plus({ days: period.days + 1 }));
    case 'on':
      return { from: period.date, before: dayAfter(period.date) };
    case 'before':
      return { from: null, before: period.date };
    case 'after':
      return { from: dayAfter(period.date), before: null };
    case 'between':
      return { from: period.from, before: dayAfter(period.to) };
  }
}

/** The same as instants: each day from its first moment in the time zone. */
export function instantsOf(days: DayRange, { timezone }: Clock): { from: Date | null; before: Date | null } {
  const start = (day: Day | null) => (day ? DateTime.fromISO(day, { zone: timezone }).startOf('day').toJSDate() : null);
  return { from: start(days.from), before: start(days.before) };
}

/**
 * `MM-DD` of every day on which an anniversary is meant. Who was born on 29 February has theirs on the 28th in a year
 * without one.
 */
export function anniversariesOf(
  test: { op: 'anniversary_today' | 'anniversary_this_month' } | { op: 'anniversary_in_next'; days: number },
  clock: Clock,
): string[] {
  const today = todayOf(clock);
  const first = test.op === 'anniversary_this_month' ? today.startOf('month') : today;
  const count =
    test.op === 'anniversary_today' ? 1 : test.op === 'anniversary_in_next' ? test.days + 1 : (today.daysInMonth ?? 31);
  const days = new Set<string>();
  for (let index = 0; index < count; index += 1) {
    const day = first.plus({ days: index });
    days.add(day.toFormat('MM-dd'));
    if (day.month === 2 && day.day === 28 && !day.isInLeapYear) days.add('02-29');
  }
  return [...days];
}

/** Today as a day without a zone, so that days can be added without regard to changes of clocks. */
function todayOf({ nowMs, timezone }: Clock): DateTime {
  const { year, month, day } = DateTime.fromMillis(nowMs, { zone: timezone });
  return DateTime.utc(year, month, day);
}

function range(from: DateTime | null, before: DateTime): DayRange {
  return { from: from && toDay(from), before: toDay(before) };
}

function dayAfter(day: Day): Day {
  return toDay(DateTime.fromISO(day, { zone: 'utc' }).plus({ days: 1 }));
}

function toDay(day: DateTime): Day {
  return day.toFormat('yyyy-MM-dd');
}
