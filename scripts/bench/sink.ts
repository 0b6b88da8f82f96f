import { fork } from 'node:child_process';
import { once } from 'node:events';

/** What the sink has taken since it was started or cleared. */
export interface SinkReport {
  messages: number;
  /** Epoch milliseconds of the first and the last final dot. */
  firstAt: number;
  lastAt: number;
  /** One message in a hundred, whole, as latin1 text with its final dot. */
  kept: string[];
}

export interface Sink {
  port: number;
  report(): Promise<SinkReport>;
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** Starts the sink of `sink-process.ts` on a free port of loopback. */
export async function startSink(): Promise<Sink> {
  const child = fork('dist/scripts/bench/sink-process.js', [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  const ask = async (question: string): Promise<unknown> => {
    const answer = once(child, 'message');
    child.send(question);
    return (await answer)[0];
  };
  return {
    port,
    report: async () => (await ask('report')) as SinkReport,
    clear: async () => void (await ask('clear')),
    async close() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
