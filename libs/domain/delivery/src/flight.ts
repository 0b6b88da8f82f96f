/** The messages of one batch that are on their way: each leaves by itself, so a slow one holds back nobody else. */
export class Flight {
  private readonly underway = new Set<number>();
  private failure: { error: unknown } | null = null;
  private changed: () => void = () => undefined;

  /** Seq numbers without an answer yet. */
  get onTheWay(): number[] {
    return [...this.underway];
  }

  /** True once a message could not be followed to its end: nothing more may leave. */
  get failed(): boolean {
    return this.failure !== null;
  }

  /** Follows one message to its end. What it throws is thrown by `atMost`. */
  add(seq: number, end: Promise<void>): void {
    this.underway.add(seq);
    void end
      .catch((error: unknown) => (this.failure ??= { error }))
      .finally(() => {
        this.underway.delete(seq);
        this.changed();
      });
  }

  /** Waits until at most `most` messages are on their way; the time-outs of the sessions bound the wait. */
  async atMost(most: number): Promise<void> {
    while (this.underway.size > most && !this.failure) await this.change();
    if (this.failure) throw this.failure.error;
  }

  /** Waits until nobody is on the way any more. */
  async landed(): Promise<void> {
    while (this.underway.size > 0) await this.change();
  }

  private change(): Promise<void> {
    return new Promise((resolve) => (this.changed = resolve));
  }
}
