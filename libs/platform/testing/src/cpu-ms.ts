const RUNS = 3;

/**
 * Processor time that `work` takes in this process, in milliseconds: the least of three runs, since another process
 * or the garbage of an earlier test can make one run slow, and never one fast. For bounds on hostile input, whose
 * failure is seconds or hours; how fast the product is, is measured by `npm run bench`.
 */
export function cpuMs(work: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < RUNS; run++) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}
