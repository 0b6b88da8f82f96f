/** What is waited for: something that says once that it is ready. */
export interface Starting {
  ready(): Promise<void>;
}

/** Waits until all are ready, at most `timeoutMs`, and returns those that were not. */
export async function waitUntilReady<T extends Starting>(starting: readonly T[], timeoutMs: number): Promise<T[]> {
  const late = new Set(starting);
  const all = Promise.all(starting.map((process) => process.ready().then(() => late.delete(process))));
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([all, new Promise((resolve) => (timer = setTimeout(resolve, timeoutMs)))]);
  clearTimeout(timer);
  return [...late];
}
