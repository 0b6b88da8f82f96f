import { setTimeout as sleep } from 'node:timers/promises';
import { openSharedState } from '#platform/shared-state';
import type { SharedState } from '#platform/shared-state';
import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { SendersAtWork } from './senders-at-work.js';

let test: TestDatabase;
let shared: SharedState;
beforeAll(async () => {
  test = await createTestDatabase();
  shared = openSharedState('', test.db);
});
afterAll(() => test.drop());

/** Looks until it is so; the test's own time-out ends it. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(50);
}

it('who joins waits until the others count it, who leaves is counted no more, and who comes back is no other', async () => {
  const first = new SendersAtWork(shared, 'first');
  const changes: number[] = [];
  first.onChange(() => changes.push(first.count));
  await first.join();
  expect(first.count).toBe(1);
  const second = new SendersAtWork(shared, 'second');
  await second.join();
  expect([first.count, second.count]).toEqual([2, 2]);

  // Killed and started again: it is there still.
  const again = new SendersAtWork(shared, 'second');
  await again.join();
  expect(again.count).toBe(2);

  // A store that has lost everything gives nobody more than before.
  await test.db.run('DELETE FROM pace_states');
  await until(async () => {
    const [state] = (await shared.read<Record<string, number>>(['senders'])).states;
    return Object.keys(state ?? {}).length === 2;
  });
  expect([first.count, again.count]).toEqual([2, 2]);

  await second.leave();
  await again.leave();
  await until(() => first.count === 1);
  expect(changes).toEqual([2, 1]);
  await first.leave();
}, 60_000);
