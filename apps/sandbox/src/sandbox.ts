import { listenHttp } from './http-front.js';
import type { Inside } from './http-front.js';
import { MessageLog } from './message-log.js';
import type { SandboxOptions } from './options.js';
import { resolveOptions } from './options.js';
import { Simulator } from './simulator/simulator.js';
import { listenSmtp } from './smtp-front.js';

export interface Sandbox {
  smtpPort: number;
  httpPort: number;
  /** Stops taking mail, then closes the log. Reactions that are still due are forgotten. */
  close(): Promise<void>;
}

/** Starts the built-in mail server. Rejects where a port is taken or the folder can't be written. */
export async function startSandbox(given: SandboxOptions): Promise<Sandbox> {
  const options = resolveOptions(given);
  const closing: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (let step = closing.pop(); step; step = closing.pop()) await step();
  };
  try {
    const state: { inside?: Inside } = {};
    const http = await listenHttp(options, () => state.inside);
    closing.push(() => http.close());
    const log = await MessageLog.open(options.dir, options, options.clock);
    closing.push(() => log.close());
    const simulator = new Simulator(options, log);
    closing.push(() => simulator.close());
    const smtp = await listenSmtp(options, log, simulator);
    closing.push(() => smtp.close());
    state.inside = insideOf(log, simulator);
    return { smtpPort: smtp.port, httpPort: http.port, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function insideOf(log: MessageLog, simulator: Simulator): Inside {
  return {
    log,
    pause: () => simulator.pause(),
    resume: () => simulator.resume(),
    stats: () => ({ ...log.stats(), simulator: simulator.stats() }),
  };
}
