interface Retry {
  at: number;
  count: number;
  /** Attempts made before. */
  attempts: number;
}

/** The recipients of one provider who have no final outcome: those to be tried now and those who wait for a retry. */
export class WaitingRoom {
  /** Ready, by the attempts made before. */
  private readonly ready = new Map<number, number>();
  private readonly retries: Retry[] = [];
  private waiting = 0;
  private due = 0;

  constructor(fresh: number) {
    if (fresh > 0) this.ready.set(0, fresh);
    this.due = fresh;
  }

  /** Who may be tried at `nowMs`. */
  readyAt(nowMs: number): number {
    while (this.retries.length > 0 && (this.retries[0] as Retry).at <= nowMs) {
      const { count, attempts } = this.retries.shift() as Retry;
      this.ready.set(attempts, (this.ready.get(attempts) ?? 0) + count);
      this.waiting -= count;
      this.due += count;
    }
    return this.due;
  }

  /** When the next retry is due; Infinity without any. */
  nextAt(): number {
    return this.retries[0]?.at ?? Infinity;
  }

  get left(): number {
    return this.due + this.waiting;
  }

  /** Takes some of those ready, the newcomers first, in groups of equal attempts. */
  take(count: number): { count: number; attempts: number }[] {
    const groups: { count: number; attempts: number }[] = [];
    for (const [attempts, ready] of [...this.ready].sort(([one], [other]) => one - other)) {
      const taken = Math.min(ready, count);
      if (taken === 0) break;
      groups.push({ count: taken, attempts });
      if (taken === ready) this.ready.delete(attempts);
      else this.ready.set(attempts, ready - taken);
      this.due -= taken;
      count -= taken;
    }
    return groups;
  }

  /** Puts some back until `at`. */
  putOff(count: number, attempts: number, at: number): void {
    if (count <= 0) return;
    this.waiting += count;
    const retry = { at, count, attempts };
    const place = this.retries.findLastIndex((other) => other.at <= at) + 1;
    this.retries.splice(place, 0, retry);
  }
}
