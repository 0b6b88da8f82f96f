import { OutBuffer } from '#engine/message';
import { compileCampaignMessage } from './campaign-message.js';
import type { CampaignMessage } from './campaign-message.js';
import type { RenderTask } from './render-task.js';

/** Where one message lies among the bytes of its slice, or why this recipient's data can't be made into one. */
export type PlacedMessage =
  | { seq: number; ok: true; envelopeFrom: string; start: number; end: number }
  | { seq: number; ok: false; reason: string };

/** The messages of a slice one after the other, in the memory that was given for them if they fit. */
export interface RenderedSlice {
  bytes: Uint8Array<ArrayBufferLike>;
  messages: PlacedMessage[];
}

/**
 * Renders, composes and signs the messages of one slice; runs in a worker thread under a watchdog.
 * @param memory to write into, as far as it lasts
 */
export function renderSlice(task: RenderTask, memory?: SharedArrayBuffer): RenderedSlice {
  const message = cachedMessage(task);
  const now = new Date(task.nowMs);
  const out = new OutBuffer(memory);
  const messages = task.recipients.map((recipient): PlacedMessage => {
    const start = out.length;
    try {
      const envelopeFrom = message.write(out, recipient, now);
      return { seq: recipient.seq, ok: true, envelopeFrom, start, end: out.length };
    } catch (error) {
      out.length = start;
      return { seq: recipient.seq, ok: false, reason: (error as Error).message.slice(0, 300) };
    }
  });
  return { bytes: out.taken(), messages };
}

/** One campaign over a few accounts is the rule. */
const CACHED = 16;
const cache = new Map<string, CampaignMessage>();
function cachedMessage(task: RenderTask): CampaignMessage {
  const key = `${task.contentKey} ${task.accountKey}`;
  let message = cache.get(key);
  if (!message) {
    if (cache.size >= CACHED) cache.delete(cache.keys().next().value ?? '');
    message = compileCampaignMessage(task);
    cache.set(key, message);
  }
  return message;
}
