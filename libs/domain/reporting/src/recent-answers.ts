/** How much of its time a process may spend on asking the same again: one part in ten. */
const SHARE = 10;

interface Kept<T> {
  answer: Promise<T>;
  until: number;
}

/**
 * Keeps answers for a moment, the longer the more they cost: a ledger of a million rows takes a second to count, and a
 * screen that shows it live must not keep a core busy with that. Who asks while an answer is being made shares it.
 */
export class RecentAnswers<T> {
  private readonly kept = new Map<string, Kept<T>>();

  /** @param size answers kept at most; the oldest goes first */
  constructor(private readonly size: number) {}

  /** @param minMs how long an answer holds however little it cost */
  get(key: string, minMs: number, ask: () => Promise<T>): Promise<T> {
    const known = this.kept.get(key);
    const now = performance.now();
    if (known && now < known.until) return known.answer;
    const entry: Kept<T> = { answer: ask(), until: Number.POSITIVE_INFINITY };
    this.kept.delete(key);
    this.kept.set(key, entry);
    if (this.kept.size > this.size) this.kept.delete(this.kept.keys().next().value ?? '');
    entry.answer.then(
      () => (entry.until = performance.now() + Math.max(minMs, SHARE * (performance.now() - now))),
      () => (entry.until = 0),
    );
    return entry.answer;
  }
}
