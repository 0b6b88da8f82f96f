import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import type { ApiClient } from '../support/api-client.js';
import { until } from '../support/until.js';

let product: Product;
let api: ApiClient;
beforeAll(async () => {
  product = await startProduct();
  api = await setUp(product);
});
afterAll(() => product?.stop());

it('one contact, one campaign, one message, one DSN back, one suppression', async () => {
  const list = await api.post('/lists', { name: '客户' });
  const consent = { source: 'fair' };
  await api.post('/contacts', {
    email: 'hard-bounce+1@simulator.test',
    name: '李雷',
    lists: [{ id: list.id, status: 'subscribed', consent }],
  });
  const campaign = await api.post('/campaigns', {
    name: '第一封',
    from: { name: '鸿雁', address: 'news@brand.example' },
    content: { subject: '你好，{{default name "朋友"}}', html: '<p>欢迎。<a href="https://example.com/">看看</a></p>' },
    audience: { lists: [list.id] },
  });
  await api.post(`/campaigns/${campaign.id}/start`);

  await until(async () => (await api.get(`/campaigns/${campaign.id}`)).status === 'sent', {
    what: 'the campaign to be sent',
    detail: () => product.output(),
  });
  const messages = await api.get('/sandbox/messages');
  expect(messages.items).toHaveLength(1);
  expect(messages.items[0]).toMatchObject({ subject: '你好，李雷', to: ['hard-bounce+1@simulator.test'] });

  await until(async () => (await api.get(`/campaigns/${campaign.id}/report`)).counts.bouncedHard === 1, {
    what: 'the bounce to be counted',
  });
  const suppressions = await api.get('/suppressions');
  expect(suppressions.items).toMatchObject([{ address: 'hard-bounce+1@simulator.test', reason: 'hard_bounce' }]);
  const inbound = await api.get('/inbound');
  expect(inbound.items).toMatchObject([{ kind: 'bounce', trust: 'T3', status: 'applied' }]);
});
