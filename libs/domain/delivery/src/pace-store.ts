import { setTimeout as sleep } from 'node:timers/promises';
import type { SharedState } from '#platform/shared-state';

/** Computes the next state; `alone` is null as a rule, and otherwise what this sender goes by without the others. */
export type Change<S, R> = (state: S | null, nowMs: number, alone: Alone<S> | null) => { state: S; result: R };

/** The shared state can't be reached: how it was last seen, and the part of everything that is this sender's. */
export interface Alone<S> {
  lost: S | null;
  share: number;
}

/** A store that has not answered by then counts as away: longer than any queue for a busy row, since others go on. */
const ANSWER_MS = 5_000;
/** Once away it is asked again every so often, while nothing waits for it. */
const RETRY_MS = 1_000;
const KEYS_MAX = 1_000;

/** The shared pace, with a fallback of one's own while the store is away: never unlimited, never stuck. */
export class PaceStore {
  private readonly lastSeen = new Map<string, unknown>();
  /** States that are this sender's own for as long as the store is away. */
  private readonly own = new Map<string, unknown>();
  private probing: Promise<void> | null = null;
  private closed = false;

  /** @param share the part of all limits that this sender may use by itself, above 0 and at most 1 */
  constructor(
    private readonly shared: SharedState,
    private readonly share: () => number,
    private readonly times = { answerMs: ANSWER_MS, retryMs: RETRY_MS },
  ) {}

  /** True while this sender goes by its own share. */
  get away(): boolean {
    return this.probing !== null;
  }

  async update<S, R>(key: string, change: Change<S, R>): Promise<R> {
    if (this.away) return this.updateOwn(key, change);
    try {
      const { state, result } = await within(
        this.times.answerMs,
        this.shared.update<S, { state: S; result: R }>(key, (before, nowMs) => {
          const next = change(before, nowMs, null);
          return { state: next.state, result: next };
        }),
      );
      this.remember(key, state);
      return result;
    } catch {
      this.probing ??= this.probe();
      return this.updateOwn(key, change);
    }
  }

  /** Ends the search for a store that is away. */
  close(): void {
    this.closed = true;
  }

  private async probe(): Promise<void> {
    while (!this.closed) {
      await sleep(this.times.retryMs, undefined, { ref: false });
      const back = await within(this.times.answerMs, this.shared.read([])).then(
        () => true,
        () => false,
      );
      if (back) break;
    }
    this.own.clear();
    this.probing = null;
  }

  private updateOwn<S, R>(key: string, change: Change<S, R>): R {
    const lost = (this.lastSeen.get(key) as S | undefined) ?? null;
    const before = (this.own.get(key) as S | undefined) ?? null;
    const { state, result } = change(before, Date.now(), { lost, share: this.share() });
    this.own.set(key, state);
    return result;
  }

  private remember(key: string, state: unknown): void {
    if (!this.lastSeen.has(key) && this.lastSeen.size >= KEYS_MAX) {
      this.lastSeen.delete(this.lastSeen.keys().next().value ?? '');
    }
    this.lastSeen.set(key, state);
  }
}

/** @throws Error when it took longer; what was started goes on, and its failure is nobody's */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  const timer = new AbortController();
  try {
    return await Promise.race([
      work,
      sleep(ms, undefined, { signal: timer.signal }).then(() => {
        throw new Error(`no answer within ${ms} ms`);
      }),
    ]);
  } finally {
    timer.abort();
  }
}
