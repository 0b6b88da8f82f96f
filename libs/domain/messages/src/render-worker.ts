import { renderMessage } from './render-message.js';
import type { MessageTask, RenderedTask } from './render-message.js';

/** Entry of the render threads of triggered mail: piscina calls the default export with one task. */
export default function renderInThread(task: MessageTask): RenderedTask {
  return renderMessage(task);
}
