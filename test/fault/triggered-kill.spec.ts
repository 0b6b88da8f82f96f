import type { ApiClient } from '../support/api-client.js';
import { addAccount, countBy } from '../support/campaigns.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { startRecordingSink } from '../support/recording-sink.js';
import type { RecordingSink } from '../support/recording-sink.js';
import { until } from '../support/until.js';

const MESSAGES = 400;
const KILLS = 3;
/** Connections of the lane, each with what it pipelines. */
const ON_THE_WIRE = 2 * 10;

let product: Product;
let api: ApiClient;
let sink: RecordingSink;
beforeAll(async () => {
  sink = await startRecordingSink({ replyDelayMs: 5 });
  product = await startProduct();
  api = await setUp(product);
  await addAccount(api, sink.port);
});
afterAll(async () => {
  await product?.stop();
  await sink?.close();
});

interface Row {
  email: string;
  status: string;
  attempts: { kind: string }[];
}
const rows = () => product.sql<Row>('SELECT to_address AS email, status, attempts FROM messages ORDER BY id');
const address = (n: number) => `m${n}@people.hongyan-e2e.org`;

function post(n: number): Promise<unknown> {
  const body = { to: address(n), from: 'hello@brand.hongyan-e2e.org', subject: 'n {{data.n}}', text: 't', data: { n } };
  return api.post('/messages', body, { 'idempotency-key': `kill-${n}` });
}

it('triggered mail whose sender is killed again and again is neither lost nor doubled', async () => {
  const asked = (async () => {
    for (let n = 0; n < MESSAGES; n += 8) await Promise.all(Array.from({ length: 8 }, (_, at) => post(n + at)));
  })();
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const goal = sink.messages().length + 20 + Math.floor(Math.random() * 40);
    await until(() => sink.messages().length >= goal, { what: `message ${goal}`, detail: () => product.output() });
    const victim = product.pids()['sender-1'] as number;
    process.kill(victim, 'SIGKILL');
    await until(() => product.pids()['sender-1'] !== victim, { what: 'another sender' });
  }
  expect(sink.messages().length).toBeLessThan(MESSAGES); // the last kill met messages on their way
  await asked;
  let last: Record<string, number> = {};
  await until(async () => !(last = countBy((await rows()).map(({ status }) => status))).pending, {
    what: 'every message to be settled',
    timeoutMs: 60_000,
    detail: () => `${JSON.stringify(last)}\n${product.output()}`,
  });

  const ledger = await rows();
  expect(ledger.map(({ email }) => email).sort()).toEqual(
    Array.from({ length: MESSAGES }, (_, n) => address(n)).sort(),
  );
  const taken = sink.messages().map(({ to }) => to);
  expect(taken).toHaveLength(new Set(taken).size);
  const inSink = new Set(taken);
  expect(ledger.filter(({ status, email }) => status === 'accepted' && !inSink.has(email))).toEqual([]);
  const known = new Map(ledger.map(({ email, status }) => [email, status]));
  expect(taken.filter((to) => !['accepted', 'uncertain'].includes(known.get(to) ?? ''))).toEqual([]);
  const uncertain = ledger.filter(({ status }) => status === 'uncertain');
  expect(uncertain.length).toBeLessThanOrEqual(KILLS * ON_THE_WIRE);
  for (const { attempts } of uncertain) expect(attempts).toMatchObject([{ kind: 'uncertain' }]);
  expect(Object.keys(last).sort()).toEqual(uncertain.length > 0 ? ['accepted', 'uncertain'] : ['accepted']);
  // The log says the same as the rows.
  const listed = await api.get('/messages?status=uncertain&limit=200');
  expect(listed.items).toHaveLength(uncertain.length);
});
