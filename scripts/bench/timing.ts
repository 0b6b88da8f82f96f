const ROUNDS = 60;

/** The slowest but three of sixty calls, one after the other, in milliseconds. */
export async function p95(ask: (round: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push(await timed(() => ask(round)));
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS * 0.95)] ?? 0;
}

/** Milliseconds of one call. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
