/**
 * Parts an ordered list so that within a round no two entries share a key, and of two that share one the earlier stands
 * in an earlier round: what follows from the rounds one after the other is what follows from the entries one by one.
 */
export function inRounds<T>(entries: readonly T[], keysOf: (entry: T) => readonly string[]): T[][] {
  const rounds: T[][] = [];
  const next = new Map<string, number>();
  for (const entry of entries) {
    const keys = keysOf(entry);
    const round = Math.max(0, ...keys.map((key) => next.get(key) ?? 0));
    for (const key of keys) next.set(key, round + 1);
    (rounds[round] ??= []).push(entry);
  }
  return rounds;
}
