/** Generic cell rate algorithm: a steady rate with a burst of a tenth of a minute's worth, at least one. */
export class MessageBucket {
  private theoretical = 0;

  /** @returns true when one more may come at `now` (milliseconds of any clock that never goes back) */
  take(now: number, perMinute: number): boolean {
    if (perMinute === Infinity) return true;
    if (perMinute <= 0) return false;
    const interval = 60_000 / perMinute;
    const tolerance = interval * (Math.max(1, Math.floor(perMinute / 10)) - 1);
    const from = Math.max(this.theoretical, now);
    if (from - now > tolerance + 1e-6) return false;
    this.theoretical = from + interval;
    return true;
  }
}
