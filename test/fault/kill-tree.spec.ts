import type { ApiClient } from '../support/api-client.js';
import {
  addAccount,
  addresses,
  expectExact,
  importContacts,
  startCampaign,
  untilStatus,
} from '../support/campaigns.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { startRecordingSink } from '../support/recording-sink.js';
import type { RecordingSink } from '../support/recording-sink.js';
import { until } from '../support/until.js';

const RECIPIENTS = 1_000;
const CONNECTIONS = 8;

let product: Product;
let api: ApiClient;
let sink: RecordingSink;
beforeAll(async () => {
  sink = await startRecordingSink({ replyDelayMs: 5 });
  product = await startProduct();
  api = await setUp(product);
  await addAccount(api, sink.port, { connections: CONNECTIONS });
});
afterAll(async () => {
  await product?.stop();
  await sink?.close();
});

it('everything killed at once, then Postgres too: the next start finds all data and finishes the campaign exactly', async () => {
  const list = await importContacts(api, addresses(RECIPIENTS));
  const campaign = await startCampaign(api, list);
  for (const postgres of [false, true]) {
    const goal = sink.messages().length + 100 + Math.floor(Math.random() * 150);
    await until(() => sink.messages().length >= goal, { what: `message ${goal}`, detail: () => product.output() });
    await product.killEverything({ postgres });
    expect(sink.messages().length).toBeLessThan(RECIPIENTS); // it met a running campaign
    await product.restart();
  }
  await untilStatus(product, api, campaign, 'sent');

  const counts = await expectExact(product, api, campaign, sink);
  expect(counts.uncertain ?? 0).toBeLessThanOrEqual(2 * CONNECTIONS);
  expect((counts.accepted ?? 0) + (counts.uncertain ?? 0)).toBe(RECIPIENTS);
  // The session from before the kills still stands, and nobody is asked to set up again.
  expect(await api.get('/auth/me')).toMatchObject({ user: { email: 'owner@example.com' } });
  expect(product.output()).not.toContain('Set it up once');
});
