import { untilStatus } from '../support/campaigns.js';
import type { ApiClient } from '../support/api-client.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { until } from '../support/until.js';

let product: Product;
let api: ApiClient;
beforeAll(async () => {
  product = await startProduct();
  api = await setUp(product);
});
afterAll(() => product?.stop());

it('a follow-up goes to those who clicked, a resend to those who did not open, and to nobody else', async () => {
  const { id: list } = await api.post('/lists', { name: 'Readers' });
  for (const name of ['click', 'open', 'success', 'success+2']) {
    await api.post('/contacts', {
      email: `${name}@simulator.test`,
      lists: [{ id: list, consent: { source: 'fair' } }],
    });
  }
  const content = { subject: 'Spring', html: '<p>Hi <a href="https://example.com/shop">shop</a></p>' };
  const from = { name: 'Shop', address: 'news@brand.example' };
  const draft = { name: 'Spring', from, content, audience: { lists: [list] } };
  const { id } = await api.post('/campaigns', draft);
  await expect(api.post(`/campaigns/${id}/follow-up`, { to: 'clicked' })).rejects.toThrow(/CAMPAIGN_NOT_STARTED/);
  await api.post(`/campaigns/${id}/start`);
  await untilStatus(product, api, id, 'sent');
  const counts = async () => (await api.get(`/campaigns/${id}/report`)).counts;
  await until(async () => (await counts()).clicked === 1 && (await counts()).opened === 2, {
    what: 'the simulated readers to open and click',
  });

  expect(await followUp(id, 'clicked')).toEqual(['click@simulator.test']);
  expect(await followUp(id, 'not_opened')).toEqual(['success+2@simulator.test', 'success@simulator.test']);
  const segments = (await api.get('/segments')).items as { name: string }[];
  expect(segments.map(({ name }) => name).sort()).toHaveLength(2);
});

/** Sends the draft that was made, and a second one is made with the same segment. @returns who got it */
async function followUp(campaign: string, to: string): Promise<string[]> {
  const made = await api.post(`/campaigns/${campaign}/follow-up`, { to });
  expect(made).toMatchObject({ status: 'draft', content: { subject: 'Spring' } });
  const again = await api.post(`/campaigns/${campaign}/follow-up`, { to });
  expect(again.audience).toEqual(made.audience);
  await api.post(`/campaigns/${made.id}/start`);
  await untilStatus(product, api, made.id, 'sent');
  const { items } = await api.get(`/campaigns/${made.id}/recipients?limit=50`);
  return (items as { email: string; status: string | null }[])
    .filter(({ status }) => status === 'accepted')
    .map(({ email }) => email)
    .sort();
}
