import type { ApiClient } from '../support/api-client.js';
import {
  addAccount,
  addresses,
  expectExact,
  importContacts,
  mostWithin,
  startCampaign,
  untilStatus,
} from '../support/campaigns.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { startRecordingSink } from '../support/recording-sink.js';
import type { RecordingSink } from '../support/recording-sink.js';
import { until } from '../support/until.js';

let product: Product;
let api: ApiClient;
const sinks: RecordingSink[] = [];
beforeAll(async () => {
  product = await startProduct({ senders: 2 });
  api = await setUp(product);
});
afterAll(async () => {
  await product?.stop();
  for (const sink of sinks) await sink.close();
});

async function newSink(): Promise<RecordingSink> {
  const sink = await startRecordingSink();
  sinks.push(sink);
  return sink;
}

it('two senders keep to 20 a second together in every sliding second, and use nine tenths of it', async () => {
  const sink = await newSink();
  const account = await addAccount(api, sink.port, { limits: { perSecond: 20 } });
  // Two campaigns, so that both senders have a batch of their own all the time.
  const lists = [await importContacts(api, addresses(150, 'left')), await importContacts(api, addresses(150, 'right'))];
  const campaigns = await Promise.all(lists.map((list) => startCampaign(api, list, { smtpAccounts: [account.id] })));
  for (const campaign of campaigns) await untilStatus(product, api, campaign, 'sent');
  const messages = sink.messages();
  expect(messages).toHaveLength(300);
  // The best hundred in a row: what others do on this machine is not what is measured.
  const times = messages.map((message) => message.startedAt).sort((one, other) => one - other);
  const hundreds = times.slice(100).map((time, index) => time - (times[index] ?? 0));
  expect(100_000 / Math.min(...hundreds)).toBeGreaterThanOrEqual(18);
  // Twenty a second, and one at the other end of the span.
  expect(mostWithin(messages, 5_000)).toBeLessThanOrEqual(101);
  // The sink is a process like any other and notes the time when it is its turn: 100 ms of a second are its own.
  expect(mostWithin(messages, 900)).toBeLessThanOrEqual(20);
});

it('30 a minute are 30 a minute: the rest waits, and the campaign says so by its counts', async () => {
  const sink = await newSink();
  const account = await addAccount(api, sink.port, { limits: { perSecond: 10, perMinute: 30 } });
  const list = await importContacts(api, addresses(60, 'minute'));
  const campaign = await startCampaign(api, list, { smtpAccounts: [account.id] });
  await until(() => sink.messages().length >= 30, { what: 'the first thirty', detail: () => product.output() });
  // The next one leaves a minute after the first, not before.
  await until(() => sink.messages().length > 30, { what: 'the thirty-first', timeoutMs: 75_000 });
  const [first, , , ...rest] = sink.messages();
  expect((rest[27]?.startedAt ?? 0) - (first?.startedAt ?? 0)).toBeGreaterThanOrEqual(60_000);
  expect(mostWithin(sink.messages(), 60_000)).toBeLessThanOrEqual(30);
  await api.post(`/campaigns/${campaign}/cancel`);
  await untilStatus(product, api, campaign, 'cancelled');
  await until(async () => (await api.get(`/campaigns/${campaign}/report`)).counts.pending === 0, {
    what: 'the rest to be settled',
  });
  const counts = await expectExact(product, api, campaign, sink);
  expect((counts.accepted ?? 0) + (counts.skipped ?? 0)).toBe(60);
});
