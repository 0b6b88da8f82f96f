import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onceAtATime } from './once-at-a-time.js';

let server: Server;
let address: string;
let waiting: ServerResponse[] = [];
let came: (() => void) | undefined;
beforeAll(async () => {
  server = createServer((_, response) => {
    waiting.push(response);
    came?.();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  waiting = [];
});

const post = (body: string, signal: AbortSignal | null = null) =>
  new Request(address, { method: 'POST', body, signal });
const asked = (count: number) =>
  new Promise<void>((resolve) => {
    came = () => waiting.length === count && resolve();
    came();
  });
const answerAll = () => waiting.forEach((response, index) => response.end(`answer ${index}`));

it('sends the same once while it is under way, and again when it is over', async () => {
  const send = onceAtATime((request) => fetch(request));
  const both = [send(post('a')), send(post('a')), send(post('b'))];
  await asked(2);
  answerAll();
  const texts = await Promise.all(both.map(async (each) => (await each).text()));
  expect(texts[0]).toBe(texts[1]);
  expect(texts[2]).not.toBe(texts[0]);

  const again = send(post('a'));
  await asked(3);
  answerAll();
  await again;
});

it('goes on for the second when the first has lost interest', async () => {
  const send = onceAtATime((request) => fetch(request));
  const leaves = new AbortController();
  const first = send(post('a', leaves.signal));
  const second = send(post('a'));
  await asked(1);
  leaves.abort();
  await expect(first).rejects.toThrow('abort');
  await asked(2);
  answerAll();
  expect(await (await second).text()).toBe('answer 1');
});
