import { isConnectionFailure } from './connection-failure.js';

/**
 * Does `work` with many at once, in a transaction of its own; where that fails, with each alone, so that one that can't
 * be done does not hold up the others. A connection that is lost is none of theirs fault and ends it.
 * @returns what each call of `work` returned
 * @throws the first failure of one alone, after all were tried
 */
export async function togetherOrAlone<T, R>(
  items: readonly T[],
  work: (items: readonly T[]) => Promise<R>,
): Promise<R[]> {
  if (items.length === 0) return [];
  const together = await attempt(items, work);
  if (!('error' in together)) return [together.done];
  if (items.length === 1) throw together.error;
  const done: R[] = [];
  const failures: unknown[] = [];
  for (const item of items) {
    const alone = await attempt([item], work);
    if ('error' in alone) failures.push(alone.error);
    else done.push(alone.done);
  }
  if (failures.length > 0) throw failures[0];
  return done;
}

async function attempt<T, R>(
  items: readonly T[],
  work: (items: readonly T[]) => Promise<R>,
): Promise<{ done: R } | { error: unknown }> {
  try {
    return { done: await work(items) };
  } catch (error) {
    if (isConnectionFailure(error)) throw error;
    return { error };
  }
}
