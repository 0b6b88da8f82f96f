import { move, transferableSymbol, valueSymbol } from 'piscina';
import { renderSlice } from './render-slice.js';
import type { RenderTask } from './render-task.js';

/** Entry of the render threads: piscina calls the default export with one task. The bytes move, they are not copied. */
export default function renderInThread(task: RenderTask): unknown {
  const slice = renderSlice(task);
  return move({ [transferableSymbol]: slice.bytes.buffer, [valueSymbol]: slice } as never);
}
