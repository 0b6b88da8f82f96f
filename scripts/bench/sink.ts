import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setPriority } from 'node:os';

/** How the sink treats what comes; all zero (the default) takes everything. */
export interface SinkSettings {
  /** Of each hundred readers, by their number, so many are refused with 550 … */
  refusedOfHundred: number;
  /** … and so many more get a 450 at their first try. */
  deferredOfHundred: number;
  /** More than this (and one) in any second are answered with 454 after the final dot; 0 for no limit. */
  perSecond: number;
}

/** How much the sink has seen since it was started or cleared. */
export interface SinkCounts {
  /** Messages taken, those of triggered mail among them. */
  messages: number;
  /** Recipients refused and deferred by their number, and messages over the limit. */
  refused: number;
  deferred: number;
  throttled: number;
  triggeredMessages: number;
}

/** What the sink has seen since it was started or cleared. */
export interface SinkReport extends SinkCounts {
  /** Epoch milliseconds of each final dot, in order. */
  times: Float64Array;
  /** How often each reader's message was taken, by reader number. */
  taken: Uint8Array;
  /** Each triggered message: its number and the epoch milliseconds of its final dot. */
  triggered: Array<[number: number, at: number]>;
  /** One message in a hundred, whole, as latin1 text with its final dot. */
  kept: string[];
}

export interface Sink {
  port: number;
  /** Cheap enough to be asked over and over. A report of a long campaign is megabytes, over which the sink stands still. */
  counts(): Promise<SinkCounts>;
  report(): Promise<SinkReport>;
  set(settings: Partial<SinkSettings>): Promise<void>;
  clear(): Promise<void>;
  /** Puts it before everybody else on this machine, where allowed: a strict server's clock must not wait its turn. */
  hurry(): void;
  close(): Promise<void>;
}

/** Starts the sink of `sink-process.ts` on a free port of loopback. */
export async function startSink(): Promise<Sink> {
  const child = fork('dist/scripts/bench/sink-process.js', [], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  const ask = async (question: 'counts' | 'report' | 'clear' | SinkSettings): Promise<unknown> => {
    const answer = once(child, 'message');
    child.send(question);
    return (await answer)[0];
  };
  return {
    port,
    counts: async () => (await ask('counts')) as SinkCounts,
    report: async () => (await ask('report')) as SinkReport,
    set: async (settings) => void (await ask({ refusedOfHundred: 0, deferredOfHundred: 0, perSecond: 0, ...settings })),
    clear: async () => void (await ask('clear')),
    hurry() {
      try {
        setPriority(child.pid as number, -15);
      } catch {
        // only root may; on a quiet machine it makes no difference
      }
    },
    async close() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

/** Messages a second between the first and the last final dot. */
export function rateOf({ messages, times }: Pick<SinkReport, 'messages' | 'times'>): number {
  return ((messages - 1) * 1000) / ((times[messages - 1] ?? 0) - (times[0] ?? 0));
}

/** The most final dots in any span of so many milliseconds. */
export function mostWithin(times: Float64Array, ms: number): number {
  let most = 0;
  for (let from = 0, to = 0; to < times.length; to += 1) {
    while ((times[from] ?? 0) <= (times[to] ?? 0) - ms) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most;
}
