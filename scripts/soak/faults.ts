import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { startRedis } from '../../libs/platform/testing/src/redis.js';
import { until } from '../../test/support/until.js';
import { between } from './random.js';
import type { Stage } from './stage.js';

/** Something that goes wrong, and is right again when it resolves. */
interface Fault {
  name: string;
  /** How often it comes, against the others. */
  weight: number;
  /** @returns how many recipients may have become uncertain by it */
  happen(stage: Stage, campaign: string): Promise<number>;
}

const FAULTS: readonly Fault[] = [
  { name: 'kill -9 of a sender', weight: 5, happen: (stage) => signalSenders(stage, 'SIGKILL', 'one') },
  { name: 'kill -9 of all senders', weight: 2, happen: (stage) => signalSenders(stage, 'SIGKILL', 'all') },
  { name: 'SIGTERM to a sender', weight: 2, happen: (stage) => signalSenders(stage, 'SIGTERM', 'one') },
  { name: 'a sender asleep', weight: 2, happen: sleepySender },
  { name: 'database connections cut', weight: 3, happen: cutDatabase },
  { name: 'Redis emptied', weight: 2, happen: emptyRedis },
  { name: 'Redis killed', weight: 1, happen: killRedis },
  { name: 'server away', weight: 2, happen: (stage) => serverAway(stage, { refuse: true }) },
  { name: 'server says 421', weight: 1, happen: (stage) => serverAway(stage, { greeting: '421 4.3.2 closing' }) },
  { name: 'slow server', weight: 2, happen: slowServer },
  { name: 'pause and resume', weight: 3, happen: pauseAndResume },
  { name: 'everything killed', weight: 1, happen: killEverything },
];

/** Lets one fault happen, chosen by the seed. @returns its name and how many may be uncertain by it */
export async function letSomethingHappen(stage: Stage, campaign: string): Promise<{ name: string; uncertain: number }> {
  let place = stage.random() * FAULTS.reduce((sum, { weight }) => sum + weight, 0);
  const fault = FAULTS.find(({ weight }) => (place -= weight) < 0) as Fault;
  return { name: fault.name, uncertain: await fault.happen(stage, campaign) };
}

function sendersOf({ product }: Stage): [name: string, pid: number][] {
  return Object.entries(product.pids()).filter(([name]) => name.startsWith('sender-'));
}

function oneSender(stage: Stage): [name: string, pid: number] {
  const senders = sendersOf(stage);
  return senders[between(stage.random, 0, senders.length - 1)] as [string, number];
}

/** The supervisor may be between two of them. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function signalSenders(stage: Stage, name: 'SIGKILL' | 'SIGTERM', which: 'one' | 'all'): Promise<number> {
  const victims = which === 'all' ? sendersOf(stage) : [oneSender(stage)];
  for (const [, pid] of victims) signal(pid, name);
  const replaced = () => victims.every(([sender, pid]) => stage.product.pids()[sender] !== pid);
  await until(replaced, { what: `new senders after ${name}`, timeoutMs: 90_000 });
  return name === 'SIGKILL' ? victims.length * stage.connections : 0;
}

/** Sometimes longer than a lease of 15 s. */
async function sleepySender(stage: Stage): Promise<number> {
  const [, pid] = oneSender(stage);
  signal(pid, 'SIGSTOP');
  await sleep(between(stage.random, 200, 18_000));
  signal(pid, 'SIGCONT');
  return 0;
}

async function cutDatabase({ product }: Stage): Promise<number> {
  await product.sql(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
  );
  return 0;
}

async function emptyRedis({ redis }: Stage): Promise<number> {
  const client = new Redis(redis.url);
  await client.flushall();
  client.disconnect();
  return 0;
}

async function killRedis(stage: Stage): Promise<number> {
  const { port } = stage.redis;
  await stage.redis.close();
  await sleep(between(stage.random, 0, 3_000));
  stage.redis = await startRedis({ port });
  return 0;
}

async function serverAway(stage: Stage, change: { refuse?: boolean; greeting?: string }): Promise<number> {
  await stage.sink.set(change);
  await sleep(between(stage.random, 100, 2_000));
  await stage.sink.set({ refuse: false, greeting: '220 sink.test ESMTP' });
  // Each connection of each sender may have lost a reply.
  return sendersOf(stage).length * stage.connections;
}

async function slowServer(stage: Stage): Promise<number> {
  await stage.sink.set({ replyDelayMs: between(stage.random, 20, 300) });
  await sleep(between(stage.random, 500, 3_000));
  await stage.sink.set({ replyDelayMs: between(stage.random, 0, 10) });
  return 0;
}

async function pauseAndResume({ api, random }: Stage, campaign: string): Promise<number> {
  // A campaign that has ended meanwhile can't be paused.
  const paused = await api.post(`/campaigns/${campaign}/pause`).catch(() => null);
  await sleep(between(random, 0, 1_500));
  if (paused) await api.post(`/campaigns/${campaign}/resume`);
  return 0;
}

async function killEverything(stage: Stage): Promise<number> {
  const senders = sendersOf(stage).length;
  await stage.product.killEverything({ postgres: stage.random() < 0.5 });
  await stage.product.restart();
  return senders * stage.connections;
}
