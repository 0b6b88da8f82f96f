import { Redis } from 'ioredis';
import { startRedis } from '../../libs/platform/testing/src/redis.js';
import type { RedisServer } from '../../libs/platform/testing/src/redis.js';
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
const PER_SECOND = 150;

let redis: RedisServer;
let product: Product;
let api: ApiClient;
let sink: RecordingSink;
beforeAll(async () => {
  redis = await startRedis();
  sink = await startRecordingSink();
  product = await startProduct({ senders: 2, env: { QUEUE_URL: redis.url } });
  api = await setUp(product);
  await addAccount(api, sink.port, { limits: { perSecond: PER_SECOND } });
});
afterAll(async () => {
  await product?.stop();
  await redis?.close();
  await sink?.close();
});

it('a campaign whose Redis is emptied, then killed and started empty, goes on by itself and ends exactly', async () => {
  const campaign = await startCampaign(api, await importContacts(api, addresses(RECIPIENTS)));
  await taken(200);
  const client = new Redis(redis.url);
  await client.flushall();
  client.disconnect();
  await taken(400);
  await redis.close();
  const { length } = sink.messages();
  expect(length).toBeLessThan(RECIPIENTS); // it met a running campaign
  redis = await startRedis({ port: redis.port });
  await untilStatus(product, api, campaign, 'sent', 120_000);
  expect(await expectExact(product, api, campaign, sink)).toEqual({ accepted: RECIPIENTS });
});

function taken(count: number): Promise<void> {
  return until(() => sink.messages().length >= count, { what: `message ${count}`, detail: () => product.output() });
}
