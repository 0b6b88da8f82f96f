/** What the clock on the wall shows in a zone: `YYYY-MM-DDTHH:mm:ss`. */
export function wallClock(instant: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const parts = Object.fromEntries(format.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}:${parts.second}`;
}

/** The instant of a wall-clock time in a zone, in milliseconds since 1970; of an hour that comes twice, the first. */
export function instantOf(at: string, timeZone: string): number {
  const asUtc = Date.parse(`${at}Z`);
  const offsetAt = (instant: number) => Date.parse(`${wallClock(instant, timeZone)}Z`) - instant;
  // Offsets change by a few hours at most, so a day before is before any change on this day.
  const before = asUtc - offsetAt(asUtc - 86_400_000);
  return wallClock(before, timeZone) === at ? before : asUtc - offsetAt(before);
}
