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

let product: Product;
let api: ApiClient;
let sink: RecordingSink;
beforeAll(async () => {
  sink = await startRecordingSink({ replyDelayMs: 5 });
  product = await startProduct();
  api = await setUp(product);
  await addAccount(api, sink.port, { connections: 8 });
});
afterAll(async () => {
  await product?.stop();
  await sink?.close();
});

it('Postgres that stops, then is killed, in the middle of a campaign costs time and nothing else', async () => {
  const list = await importContacts(api, addresses(RECIPIENTS));
  const campaign = await startCampaign(api, list);
  const senders = product.pids()['sender-1'];
  // SIGINT is Postgres' fast shutdown, as of pg_ctl restart; SIGKILL leaves even its own processes behind.
  for (const signal of ['SIGINT', 'SIGKILL'] as const) {
    const goal = sink.messages().length + 100 + Math.floor(Math.random() * 150);
    await until(() => sink.messages().length >= goal, { what: `message ${goal}`, detail: () => product.output() });
    const before = product.output().split('Postgres runs again').length;
    process.kill(product.postgresPid(), signal);
    await until(() => product.output().split('Postgres runs again').length > before, {
      what: `Postgres to run again after ${signal}`,
      timeoutMs: 60_000,
      detail: () => product.output(),
    });
  }
  expect(sink.messages().length).toBeLessThan(RECIPIENTS);
  await untilStatus(product, api, campaign, 'sent');

  // No process died of it, so every reply was read and written down.
  expect(product.pids()['sender-1']).toBe(senders);
  expect(await expectExact(product, api, campaign, sink)).toEqual({ accepted: RECIPIENTS });
});
