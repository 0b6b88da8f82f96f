import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger } from '#platform/logging';
import { createTestDatabase, startRedis } from '#platform/testing';
import type { RedisServer, TestDatabase } from '#platform/testing';
import { JobQueue, startWorkers } from './index.js';
import type { RunningWorkers } from './index.js';

type QueueLocation = ConstructorParameters<typeof JobQueue>[0];

const log = createLogger('spec', 'silent');
let redis: RedisServer;
let test: TestDatabase;
let closing: Array<{ close(): Promise<void> }>;
beforeAll(async () => {
  [redis, test] = await Promise.all([startRedis(), createTestDatabase()]);
});
afterAll(async () => {
  await redis.close();
  await test.drop();
});
beforeEach(() => {
  closing = [];
});
afterEach(async () => {
  for (const each of closing.reverse()) await each.close();
});

function queueAt(location: QueueLocation): JobQueue {
  const queue = new JobQueue(location, log);
  closing.push(queue);
  return queue;
}

/** A worker that notes the imports it was asked for. */
function workerAt(location: QueueLocation): { done: string[]; workers: RunningWorkers } {
  const done: string[] = [];
  const handle = async ({ importId }: { importId: string }) => void done.push(importId);
  const other = { concurrency: 1, handle: () => Promise.resolve() };
  const handlers = {
    'import.run': { concurrency: 1, handle },
    ...{ 'cleaning.run': other, 'preflight.run': other, 'segment.count': other },
  };
  const workers = startWorkers('api', handlers, location, log);
  closing.push(workers);
  return { done, workers };
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('waited 20 s in vain');
    await sleep(20);
  }
}

const places: Array<[string, () => QueueLocation]> = [
  ['Redis', () => ({ queueUrl: redis.url, databaseUrl: '' })],
  ['Postgres', () => ({ queueUrl: '', databaseUrl: test.url })],
];

describe.each(places)('the queue on %s', (_name, location) => {
  it('brings a job to a worker of another connection, in order', async () => {
    const queue = queueAt(location());
    await queue.add('import.run', { importId: '1' });
    const { done } = workerAt(location());
    await queue.add('import.run', { importId: '2' });
    await until(() => done.length === 2);
    expect(done).toEqual(['1', '2']);
  });

  it('drops a hint of which one like it still waits', async () => {
    const queue = queueAt(location());
    for (const importId of ['1', '1', '1']) await queue.add('import.run', { importId }, { dedupe: importId });
    await queue.add('import.run', { importId: '2' }, { dedupe: '2' });
    const { done } = workerAt(location());
    await until(() => done.includes('2'));
    expect(done).toEqual(['1', '2']);
  });
});

it('starts when Postgres is there, however its first connections ended, and leaves the process free meanwhile', async () => {
  const real = new URL(test.url);
  let there = false;
  const door = createServer((socket) => {
    socket.on('error', () => undefined);
    if (!there) return void socket.destroy();
    const onward = connect(Number(real.port), real.hostname);
    onward.on('error', () => undefined);
    socket.pipe(onward).pipe(socket);
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const url = new URL(test.url);
  url.hostname = '127.0.0.1';
  url.port = String((door.address() as AddressInfo).port);
  const location = { queueUrl: '', databaseUrl: url.href };
  const queue = queueAt(location);
  let turnedAway = 0;
  door.on('connection', () => (turnedAway += 1));
  const { done } = workerAt(location);
  await queue.add('import.run', { importId: 'lost' });
  await until(() => turnedAway >= 4);
  expect(turnedAway).toBeLessThan(20);
  there = true;
  await until(() => {
    void queue.add('import.run', { importId: '1' });
    return done.includes('1');
  });
  for (const each of closing.splice(0).reverse()) await each.close();
  door.close();
});

it('gives up a hint in seconds while Redis is away, and goes on when it is back', async () => {
  const first = await startRedis();
  const location = { queueUrl: first.url, databaseUrl: '' };
  const queue = queueAt(location);
  const { done } = workerAt(location);
  await queue.add('import.run', { importId: '1' });
  await until(() => done.includes('1'));

  await first.close();
  const before = performance.now();
  await queue.add('import.run', { importId: 'lost' });
  expect(performance.now() - before).toBeLessThan(5_000);

  const again = await startRedis({ port: first.port });
  try {
    await until(() => {
      void queue.add('import.run', { importId: '2' });
      return done.includes('2');
    });
    expect(done[0]).toBe('1');
  } finally {
    for (const each of closing.splice(0).reverse()) await each.close();
    await again.close();
  }
});
