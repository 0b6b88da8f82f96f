import { setPriority } from 'node:os';
import { move, transferableSymbol, valueSymbol } from 'piscina';
import { renderSlice } from './render-slice.js';
import type { RenderTask } from './render-task.js';

// The wire goes first: a message that is late at its place in the pace has lost it. On Linux a priority is that of the
// thread that asks (setpriority(2), C library/kernel differences); elsewhere it would be the whole process'.
if (process.platform === 'linux') setPriority(0, 5);

/** Entry of the render threads: piscina calls the default export with one task. The bytes are shared or move. */
export default function renderInThread({ memory, ...task }: RenderTask & { memory: SharedArrayBuffer }): unknown {
  const slice = renderSlice(task, memory);
  if (slice.bytes.buffer instanceof SharedArrayBuffer) return slice;
  return move({ [transferableSymbol]: slice.bytes.buffer, [valueSymbol]: slice } as never);
}
