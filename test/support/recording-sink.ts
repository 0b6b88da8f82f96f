import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** One message whose final dot the sink has read, whether or not it could say so. */
export interface SunkMessage {
  /** Epoch milliseconds of the final dot, and of the DATA before it. */
  at: number;
  startedAt: number;
  connection: number;
  from: string;
  to: string;
  messageId: string;
  /** As it stands in its first line: encoded unless it is ASCII. */
  subject: string;
  /** The first tracked link, empty without. */
  link: string;
  size: number;
}

export interface RecordingSink {
  port: number;
  /** What it has taken so far, in order: the truth that ledgers are compared with. */
  messages(): SunkMessage[];
  /** Changes how it behaves from the next reply or connection on. */
  set(settings: {
    replyDelayMs?: number;
    greeting?: string;
    refuse?: boolean;
    refuseSender?: boolean;
    perSecond?: Record<string, number>;
  }): Promise<void>;
  close(): Promise<void>;
}

/** Starts the sink of `sink-server.ts` as a process of its own on a free port. */
export async function startRecordingSink(settings: { replyDelayMs?: number } = {}): Promise<RecordingSink> {
  const dir = await mkdtemp(path.join(tmpdir(), 'hongyan-sink-'));
  const log = path.join(dir, 'taken.log');
  const child = fork('dist/test/support/sink-server.js', [log], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  const sink: RecordingSink = {
    port,
    messages: () => (existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(0, -1).map(parse) : []),
    async set(change) {
      const done = once(child, 'message');
      child.send(change);
      await done;
    },
    async close() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
      await rm(dir, { recursive: true, force: true });
    },
  };
  await sink.set(settings);
  return sink;
}

function parse(line: string): SunkMessage {
  return JSON.parse(line) as SunkMessage;
}
