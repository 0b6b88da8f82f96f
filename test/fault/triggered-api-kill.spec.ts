import { ApiClient, ApiFailure } from '../support/api-client.js';
import { addAccount } from '../support/campaigns.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { startRecordingSink } from '../support/recording-sink.js';
import type { RecordingSink } from '../support/recording-sink.js';
import { until } from '../support/until.js';

const MESSAGES = 200;
const KILLS = 2;

let product: Product;
let api: ApiClient;
let sink: RecordingSink;
beforeAll(async () => {
  sink = await startRecordingSink();
  product = await startProduct();
  const owner = await setUp(product);
  await addAccount(owner, sink.port);
  const { key } = await owner.post('/api-keys', { name: 'shop', scopes: ['messages'] });
  api = new ApiClient(product.url, key);
});
afterAll(async () => {
  await product?.stop();
  await sink?.close();
});

const address = (n: number) => `m${n}@people.hongyan-e2e.org`;

/** As a careful program does: the same key again until there is an answer, whatever becomes of the connection. */
async function post(n: number): Promise<string> {
  const body = { to: address(n), from: 'hello@brand.hongyan-e2e.org', subject: 's', text: 't', data: { n } };
  let id = '';
  const answered = async () => {
    try {
      ({ id } = await api.post<{ id: string }>('/messages', body, { 'idempotency-key': `order-${n}` }));
      return true;
    } catch (error) {
      if (error instanceof ApiFailure && error.status < 500) throw error;
      return false;
    }
  };
  await until(answered, { what: `an answer for ${n}`, timeoutMs: 60_000, detail: () => product.output() });
  return id;
}

it('an api killed between taking a message in and saying so loses and doubles none', async () => {
  let done = 0;
  let next = 0;
  const program = async () => {
    const ids: string[] = [];
    for (let n = next; n < MESSAGES; n = next) {
      next += 1;
      ids.push(await post(n));
      done += 1;
    }
    return ids;
  };
  const programs = Promise.all(Array.from({ length: 6 }, program));
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const goal = done + 20 + Math.floor(Math.random() * 30);
    await until(() => done >= goal, { what: `request ${goal}` });
    const victim = product.pids().api as number;
    process.kill(victim, 'SIGKILL');
    await until(() => product.pids().api !== victim, { what: 'another api' });
  }
  expect(done).toBeLessThan(MESSAGES);
  const ids = (await programs).flat();
  expect(new Set(ids).size).toBe(MESSAGES);
  await until(() => sink.messages().length >= MESSAGES, {
    what: 'every message at the sink',
    detail: () => `${sink.messages().length}\n${product.output()}`,
  });
  await until(async () => (await api.get('/messages?status=pending')).items.length === 0, {
    what: 'the log to say so',
  });
  const rows = await product.sql<{ id: string; email: string }>('SELECT id, to_address AS email FROM messages');
  expect(rows.map(({ id }) => id).sort()).toEqual([...ids].sort());
  const everyone = Array.from({ length: MESSAGES }, (_, n) => address(n)).sort();
  expect(rows.map(({ email }) => email).sort()).toEqual(everyone);
  expect(
    sink
      .messages()
      .map(({ to }) => to)
      .sort(),
  ).toEqual(everyone);
});
