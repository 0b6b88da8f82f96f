import { ApiFailure } from '../support/api-client.js';
import type { ApiClient } from '../support/api-client.js';
import {
  addAccount,
  addresses,
  draftCampaign,
  expectExact,
  importContacts,
  untilStatus,
} from '../support/campaigns.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { startRecordingSink } from '../support/recording-sink.js';
import type { RecordingSink } from '../support/recording-sink.js';

let product: Product;
let api: ApiClient;
let sink: RecordingSink;
beforeAll(async () => {
  sink = await startRecordingSink();
  product = await startProduct({ senders: 5 });
  api = await setUp(product);
  await addAccount(api, sink.port);
});
afterAll(async () => {
  await product?.stop();
  await sink?.close();
});

const started = (campaign: string) =>
  product.sql("SELECT 1 FROM audit_log WHERE action = 'campaign.started' AND subject = $1", [`campaign:${campaign}`]);

it('of twenty starts at once exactly one starts the campaign, the others are told so, and nobody gets two', async () => {
  const campaign = await draftCampaign(api, await importContacts(api, addresses(300, 'start')));
  const starts = await Promise.allSettled(Array.from({ length: 20 }, () => api.post(`/campaigns/${campaign}/start`)));
  const refused = starts.filter((start) => start.status === 'rejected').map((start) => start.reason as ApiFailure);
  expect(refused).toHaveLength(19);
  for (const failure of refused) {
    expect(failure).toBeInstanceOf(ApiFailure);
    expect(failure.message).toMatch(/^409 CAMPAIGN_NOT_STARTABLE/);
  }
  await untilStatus(product, api, campaign, 'sent');
  expect(await expectExact(product, api, campaign, sink)).toEqual({ accepted: 300 });
  expect(await started(campaign)).toHaveLength(1);
});

it('a due schedule that five senders see is started once', async () => {
  const campaign = await draftCampaign(api, await importContacts(api, addresses(300, 'due')));
  await api.post(`/campaigns/${campaign}/schedule`, { at: new Date().toISOString(), timezone: 'Asia/Shanghai' });
  await untilStatus(product, api, campaign, 'sent');
  const before = 300; // the messages of the test above
  expect(sink.messages()).toHaveLength(before + 300);
  expect(new Set(sink.messages().map((message) => message.to)).size).toBe(before + 300);
  expect(await started(campaign)).toHaveLength(1);
});
