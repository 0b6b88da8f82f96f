import { Piscina } from 'piscina';
import { RenderBlocks, SliceMemory } from './render-blocks.js';
import type { RenderedSlice } from './render-slice.js';
import type { RenderTask } from './render-task.js';

/**
 * A slice of a hundred takes some 0.2 s, and the engine's own limits end hostile content within a second; this is for
 * what they miss. It also covers the start of a thread: seconds on a machine that is busy elsewhere.
 */
const WATCHDOG_MS = 15_000;

/** One message ready for the wire, or why this recipient's data can't be made into one. */
export type RenderedMessage =
  | {
      seq: number;
      ok: true;
      envelopeFrom: string;
      message: Buffer;
      /** To be let go of when the message is done with; its octets are another's from then on. */
      memory: Pick<SliceMemory, 'letGo'>;
    }
  | { seq: number; ok: false; reason: string };

/**
 * Renders slices off the main thread under a watchdog. When a slice overruns its time, its thread is ended and the
 * slice is halved until the recipient whose data does it stands alone.
 */
export class RenderPool {
  private readonly pool: Piscina<RenderTask & { memory: SharedArrayBuffer }, RenderedSlice>;
  private readonly blocks = new RenderBlocks();

  constructor(threads: number) {
    this.pool = new Piscina({
      filename: new URL('./render-worker.js', import.meta.url).href,
      minThreads: 1,
      maxThreads: threads,
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    });
  }

  async render(task: RenderTask, again = false): Promise<RenderedMessage[]> {
    // Not given back when this fails: the thread that is being ended may still write into it.
    const memory = this.blocks.take();
    try {
      return this.placed(
        await this.pool.run({ ...task, memory }, { signal: AbortSignal.timeout(WATCHDOG_MS) }),
        memory,
      );
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

  private placed({ bytes, messages }: RenderedSlice, block: SharedArrayBuffer): RenderedMessage[] {
    const fitted = bytes.buffer instanceof SharedArrayBuffer;
    const ready = messages.filter(({ ok }) => ok).length;
    const memory = fitted && ready > 0 ? new SliceMemory(this.blocks, block, ready) : OWN_MEMORY;
    if (!fitted) this.blocks.grow(bytes.length);
    if (memory === OWN_MEMORY) this.blocks.give(block);
    return messages.map((placed) => {
      if (!placed.ok) return placed;
      const { seq, ok, envelopeFrom, start, end } = placed;
      return {
        seq,
        ok,
        envelopeFrom,
        message: Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start),
        memory,
      };
    });
  }
}

/** Of a slice that fits into no block: collected like anything else. */
const OWN_MEMORY: Pick<SliceMemory, 'letGo'> = { letGo: () => undefined };
