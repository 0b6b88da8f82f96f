import type { ApiClient } from '../support/api-client.js';
import { addAccount } from '../support/campaigns.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { startRecordingSink } from '../support/recording-sink.js';
import type { RecordingSink } from '../support/recording-sink.js';
import { until } from '../support/until.js';

let product: Product;
let api: ApiClient;
let sink: RecordingSink;
beforeAll(async () => {
  sink = await startRecordingSink();
  product = await startProduct();
  api = await setUp(product);
  await addAccount(api, sink.port, { fromDomains: ['brand.hongyan-e2e.org'] });
});
afterAll(async () => {
  await product?.stop();
  await sink?.close();
});

it('a message is stored, sent and in the log with its attempt', async () => {
  const from = { name: '鸿雁', address: 'hello@brand.hongyan-e2e.org' };
  const sent = await api.post('/messages', {
    to: 'wang@people.hongyan-e2e.org',
    from,
    subject: '验证码 {{data.code}}',
    text: '{{data.code}}',
    data: { code: '123456' },
  });
  expect(sent).toMatchObject({ status: 'pending', to: 'wang@people.hongyan-e2e.org' });
  await until(async () => (await api.get(`/messages/${sent.id}`)).status === 'accepted', {
    what: 'the message to be accepted',
    detail: () => product.output(),
  });
  expect(sink.messages()).toMatchObject([{ to: 'wang@people.hongyan-e2e.org' }]);
  expect(await api.get(`/messages/${sent.id}`)).toMatchObject({ attempts: [{ kind: 'accepted', code: 250 }] });
  expect((await api.get('/messages')).items).toMatchObject([{ id: sent.id }]);
});
