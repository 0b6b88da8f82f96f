import { Piscina } from 'piscina';
import type { RenderedSlice } from './render-slice.js';
import type { RenderTask } from './render-task.js';

/**
 * A slice of a hundred takes some 0.2 s, and the engine's own limits end hostile content within a second; this is for
 * what they miss. It also covers the start of a thread: seconds on a machine that is busy elsewhere.
 */
const WATCHDOG_MS = 15_000;

/** One message ready for the wire, or why this recipient's data can't be made into one. */
export type RenderedMessage =
  { seq: number; ok: true; envelopeFrom: string; message: Buffer } | { seq: number; ok: false; reason: string };

/**
 * Renders slices off the main thread under a watchdog. When a slice overruns its time, its thread is ended and the
 * slice is halved until the recipient whose data does it stands alone.
 */
export class RenderPool {
  private readonly pool: Piscina<RenderTask, RenderedSlice>;

  constructor(threads: number) {
    this.pool = new Piscina({
      filename: new URL('./render-worker.js', import.meta.url).href,
      minThreads: 1,
      maxThreads: threads,
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    });
  }

  async render(task: RenderTask, again = false): Promise<RenderedMessage[]> {
    try {
      return unpacked(await this.pool.run(task, { signal: AbortSignal.timeout(WATCHDOG_MS) }));
    } catch (error) {
      const [only] = task.recipients;
      if (only && task.recipients.length === 1) {
        // The clock also runs while the whole machine hangs: only who overruns it twice is left out.
        if (!again) return this.render(task, true);
        return [
          {
            seq: only.seq,
            ok: false,
            reason: `This recipient's data can't be rendered in time: ${(error as Error).message}`,
          },
        ];
      }
      const half = Math.ceil(task.recipients.length / 2);
      const parts = [task.recipients.slice(0, half), task.recipients.slice(half)].filter((part) => part.length > 0);
      const rendered: RenderedMessage[] = [];
      for (const recipients of parts) rendered.push(...(await this.render({ ...task, recipients })));
      return rendered;
    }
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }
}

function unpacked({ bytes, messages }: RenderedSlice): RenderedMessage[] {
  return messages.map((placed) => {
    if (!placed.ok) return placed;
    const { seq, ok, envelopeFrom, start, end } = placed;
    return { seq, ok, envelopeFrom, message: Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start) };
  });
}
