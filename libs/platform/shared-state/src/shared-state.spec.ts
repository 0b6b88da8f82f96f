import { createTestDatabase, startRedis } from '#platform/testing';
import type { RedisServer, TestDatabase } from '#platform/testing';
import { openSharedState } from './index.js';
import type { SharedState } from './index.js';

let redis: RedisServer;
let test: TestDatabase;
beforeAll(async () => {
  [redis, test] = await Promise.all([startRedis(), createTestDatabase()]);
});
afterAll(async () => {
  await redis.close();
  await test.drop();
});

const places: Array<[string, () => SharedState]> = [
  ['Redis', () => openSharedState(redis.url, test.db)],
  ['Postgres', () => openSharedState('', test.db)],
];

describe.each(places)('a shared state in %s', (_name, open) => {
  let all: SharedState[];
  beforeEach(() => {
    all = [open(), open(), open()];
  });
  afterEach(() => Promise.all(all.map((state) => state.close())));

  const add = (state: SharedState, key: string) =>
    state.update<{ n: number; at: number }, number>(key, (before, nowMs) => {
      const n = (before?.n ?? 0) + 1;
      return { state: { n, at: nowMs }, result: n };
    });

  it('is changed by one after the other: nobody loses a change, nobody sees one twice', async () => {
    const results = await Promise.all(
      Array.from({ length: 60 }, (_, index) => add(all[index % all.length] as SharedState, 'count')),
    );
    expect(results.sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
  });

  it('keeps keys apart, and starts from nothing', async () => {
    const [one, other] = all as [SharedState, SharedState];
    expect(await add(one, 'a')).toBe(1);
    expect(await add(other, 'b')).toBe(1);
    expect(await add(other, 'a')).toBe(2);
  });

  it('shows several states at once, null for one that nobody made', async () => {
    const [one, other] = all as [SharedState, SharedState];
    await add(one, 'shown');
    const { states, nowMs } = await other.read<{ n: number }>(['never', 'shown']);
    expect(states).toEqual([null, { n: 1, at: expect.any(Number) }]);
    expect(Math.abs(nowMs - Date.now())).toBeLessThan(10_000);
    expect((await other.read([])).states).toEqual([]);
  });

  it('tells the time of the store, which never goes back from one change to the next', async () => {
    const times: number[] = [];
    for (let n = 0; n < 20; n += 1) {
      const state = all[n % all.length] as SharedState;
      times.push(await state.update('clock', (_before, nowMs) => ({ state: nowMs, result: nowMs })));
    }
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(Math.abs((times.at(-1) ?? 0) - Date.now())).toBeLessThan(10_000);
  });
});
