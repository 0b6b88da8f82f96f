import { waitUntilReady } from './readiness.js';

const ready = (name: string) => ({ name, ready: () => Promise.resolve() });
const never = (name: string) => ({ name, ready: () => new Promise<void>(() => undefined) });

it('names nobody when all are ready, without waiting for the time to be over', async () => {
  expect(await waitUntilReady([ready('api'), ready('tracker')], 60_000)).toEqual([]);
});

it('names those that were not ready in time', async () => {
  const late = await waitUntilReady([ready('api'), never('sender-1'), never('inbound')], 50);
  expect(late.map(({ name }) => name)).toEqual(['sender-1', 'inbound']);
});
