import type { RenderedMessage } from '../render-pool.js';
import type { RenderPool } from '../render-pool.js';
import type { RenderTask } from '../render-task.js';

/** What the rendering of a sample showed. */
export interface RenderFindings {
  sample: number;
  failed: number;
  errors: { reason: string; count: number; addresses: string[] }[];
  averageBytes: number;
  largestBytes: number;
  perSecond: number | null;
}

const SLICE = 100;
const ERRORS_MAX = 10;
const ADDRESSES_MAX = 5;
/** Fewer say nothing about the speed. */
const ENOUGH = 200;

/**
 * Makes the messages of a sample as the senders would, and keeps nothing of them but their sizes and failures.
 * @param threads that make messages when it is sent
 * @param onSlice called after each slice
 */
export async function renderSample(
  pool: Pick<RenderPool, 'render'>,
  task: RenderTask,
  threads: number,
  onSlice: (done: number) => Promise<void>,
): Promise<RenderFindings> {
  const { recipients } = task;
  const addressOf = new Map(recipients.map(({ seq, email }) => [seq, email]));
  const errors = new Map<string, { count: number; addresses: string[] }>();
  const sizes = { count: 0, sum: 0, largest: 0 };
  let tookMs = 0;
  let done = 0;
  for (let from = 0; from < recipients.length; from += SLICE) {
    const slice = recipients.slice(from, from + SLICE);
    const began = performance.now();
    const messages = await pool.render({ ...task, recipients: slice });
    // The first slice starts a thread and compiles; it is no measure.
    if (from > 0) tookMs += performance.now() - began;
    for (const message of messages) {
      note(message, addressOf, sizes, errors);
      if (message.ok) message.memory.letGo();
    }
    done += slice.length;
    await onSlice(done);
  }
  const measured = done - SLICE;
  const listed = [...errors].map(([reason, error]) => ({ reason, ...error })).sort((a, b) => b.count - a.count);
  return {
    sample: done,
    failed: listed.reduce((sum, { count }) => sum + count, 0),
    errors: listed.slice(0, ERRORS_MAX),
    averageBytes: sizes.count > 0 ? Math.round(sizes.sum / sizes.count) : 0,
    largestBytes: sizes.largest,
    perSecond: measured >= ENOUGH ? Math.max(1, Math.round((measured * threads * 1_000) / tookMs)) : null,
  };
}

function note(
  message: RenderedMessage,
  addressOf: ReadonlyMap<number, string>,
  sizes: { count: number; sum: number; largest: number },
  errors: Map<string, { count: number; addresses: string[] }>,
): void {
  if (message.ok) {
    sizes.count += 1;
    sizes.sum += message.message.length;
    sizes.largest = Math.max(sizes.largest, message.message.length);
    return;
  }
  const error = errors.get(message.reason) ?? { count: 0, addresses: [] };
  error.count += 1;
  if (error.addresses.length < ADDRESSES_MAX) error.addresses.push(addressOf.get(message.seq) ?? '');
  errors.set(message.reason, error);
}
