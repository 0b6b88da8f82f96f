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

const RECIPIENTS = 1_500;
const CONNECTIONS = 8;
const KILLS = 3;

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

it('a sender killed again and again loses nobody, doubles nobody, and says of whom it is not sure', async () => {
  const list = await importContacts(api, addresses(RECIPIENTS));
  const campaign = await startCampaign(api, list);
  let atKills = 0;
  for (let kill = 1; kill <= KILLS; kill += 1) {
    // Somewhere in the next stretch of messages, at no particular byte.
    const goal = sink.messages().length + 50 + Math.floor(Math.random() * 200);
    await until(() => sink.messages().length >= goal, { what: `message ${goal}`, detail: () => product.output() });
    const victim = product.pids()['sender-1'] as number;
    process.kill(victim, 'SIGKILL');
    await until(() => product.pids()['sender-1'] !== victim, { what: 'another sender' });
    atKills = sink.messages().length;
  }
  expect(atKills).toBeLessThan(RECIPIENTS); // the last kill met a running campaign
  await untilStatus(product, api, campaign, 'sent');

  const counts = await expectExact(product, api, campaign, sink);
  expect(counts.uncertain ?? 0).toBeLessThanOrEqual(KILLS * CONNECTIONS);
  expect((counts.accepted ?? 0) + (counts.uncertain ?? 0)).toBe(RECIPIENTS);
  const uncertain = await api.get(`/campaigns/${campaign}/recipients?status=uncertain&limit=100`);
  expect(uncertain.items).toHaveLength(counts.uncertain ?? 0);
  for (const { attempts } of uncertain.items) expect(attempts).toMatchObject([{ kind: 'uncertain' }]);
  expect(product.output()).toContain('sender-1 ended (SIGKILL); starting it again');
});
