/** A reading counts at least so long, and at most twice that: clocks of hosts drift apart, and are set. */
const WINDOW_MS = 5_000;

/**
 * The shared state's clock as this process sees it. An answer is read some time after the store looked at its clock, and
 * tens of milliseconds after on a busy machine; taken at its word, a grant would begin that much late and push into the
 * places of the next. The answer that was read soonest of late tells how the two clocks really stand.
 */
export class SharedClock {
  private soonest = Infinity;
  private before = Infinity;
  private since = -Infinity;

  /**
   * @param sharedMs what the store's clock said
   * @param readAt `performance.now()` when that was read
   * @returns what `performance.now()` was when the store looked at its clock
   */
  read(sharedMs: number, readAt: number): number {
    if (readAt - this.since > WINDOW_MS) {
      this.before = readAt - this.since > 2 * WINDOW_MS ? Infinity : this.soonest;
      this.soonest = Infinity;
      this.since = readAt;
    }
    this.soonest = Math.min(this.soonest, readAt - sharedMs);
    return sharedMs + Math.min(this.soonest, this.before);
  }
}
