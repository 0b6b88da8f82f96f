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

let product: Product;
let api: ApiClient;
let sink: RecordingSink;
beforeAll(async () => {
  sink = await startRecordingSink({ replyDelayMs: 5 });
  product = await startProduct();
  api = await setUp(product);
});
afterAll(async () => {
  await product?.stop();
  await sink?.close();
});

it('a real recipient never goes to the sandbox because the real account was switched off, the campaign says so and goes on', async () => {
  const account = await addAccount(api, sink.port, { connections: 1 });
  const list = await importContacts(api, addresses(300, 'real'));
  const campaign = await startCampaign(api, list);
  await until(() => sink.messages().length > 20, { what: 'some to be sent', detail: () => product.output() });
  const { version } = await api.get(`/smtp-accounts/${account.id}`);
  await api.patch(`/smtp-accounts/${account.id}`, { enabled: false, version });
  await untilStatus(product, api, campaign, 'paused');
  expect(await api.get(`/campaigns/${campaign}`)).toMatchObject({
    stopReasons: [{ code: 'NO_SMTP_ACCOUNT', params: { domain: 'brand.hongyan-e2e.org' } }],
  });
  const off = await api.get(`/smtp-accounts/${account.id}`);
  await api.patch(`/smtp-accounts/${account.id}`, { enabled: true, version: off.version });
  await api.post(`/campaigns/${campaign}/resume`);
  await untilStatus(product, api, campaign, 'sent');
  expect(await expectExact(product, api, campaign, sink)).toEqual({ accepted: 300 });
});

it('a server that refuses the sender pauses the campaign with its words, and the account stays well', async () => {
  const [account] = (await api.get('/smtp-accounts')).items.filter((each: { kind: string }) => each.kind === 'smtp');
  await sink.set({ refuseSender: true });
  const campaign = await startCampaign(api, await importContacts(api, addresses(20, 'held')));
  await untilStatus(product, api, campaign, 'paused');
  expect((await api.get(`/campaigns/${campaign}`)).stopReasons).toMatchObject([
    { code: 'SENDER_REFUSED', params: { words: expect.stringMatching(/^553 /) } },
  ]);
  expect(await api.get(`/smtp-accounts/${account.id}`)).toMatchObject({ health: 'ok' });
  const before = sink.messages().length;
  await sink.set({ refuseSender: false });
  await api.post(`/campaigns/${campaign}/resume`);
  await untilStatus(product, api, campaign, 'sent');
  const taken = { messages: () => sink.messages().slice(before) };
  expect(await expectExact(product, api, campaign, taken)).toEqual({ accepted: 20 });
});
