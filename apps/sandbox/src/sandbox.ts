import { listenHttp } from './http-front.js';
import type { Inside } from './http-front.js';
import { MessageLog } from './message-log.js';
import type { SandboxOptions } from './options.js';
import { resolveOptions } from './options.js';
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
  let inside: Inside | undefined;
  const http = await listenHttp(options, () => inside);
  const log = await MessageLog.open(options.dir, options, options.clock);
  const recipients = {
    judge: () => undefined,
    describe: () => 'none',
    taken: () => Promise.resolve(),
    gone: () => undefined,
  };
  const smtp = await listenSmtp(options, log, recipients);
  inside = { log, pause: () => undefined, resume: () => undefined, stats: () => log.stats() };
  const close = async (): Promise<void> => {
    await smtp.close();
    await http.close();
    await log.close();
  };
  return { smtpPort: smtp.port, httpPort: http.port, close };
}
