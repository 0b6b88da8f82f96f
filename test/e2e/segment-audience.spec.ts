import type { ApiClient } from '../support/api-client.js';
import { untilStatus } from '../support/campaigns.js';
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

const consent = { source: 'fair' };
const text = (key: string, value: string) => ({
  ...{ kind: 'field', type: 'text', key },
  test: { op: 'is', values: [value] },
});
const ruleOf = (...of: unknown[]) => ({ version: 1, root: { kind: 'all', of } });
const segment = async (name: string, ...of: unknown[]) =>
  (await api.post('/segments', { name, rule: ruleOf(...of) })).id;
const campaign = async (audience: unknown): Promise<string> =>
  (
    await api.post('/campaigns', {
      name: 'c',
      from: { name: '鸿雁', address: 'news@brand.example' },
      content: { subject: 'hello', html: '<p>hello <a href="{{unsubscribeUrl}}">退订</a></p>' },
      audience,
    })
  ).id;

/** Who of these was sent a message of the sandbox. */
async function reachedNow(): Promise<string[]> {
  const { items } = await api.get<{ items: { to: string[] }[] }>('/sandbox/messages?limit=100');
  return items.flatMap(({ to }) => to.map((address) => address.split('@')[0]!)).sort();
}

it('a campaign to a segment less another reaches exactly those who may be mailed, whatever changes once it has started', async () => {
  const lists: string[] = [];
  for (const name of ['news', 'shop']) lists.push((await api.post('/lists', { name })).id);
  await api.post('/fields', { key: 'city', label: '城市', type: 'text' });
  const add = (name: string, city: string, more: object = {}) =>
    api.post('/contacts', { email: `${name}@simulator.test`, fields: { city }, ...more });
  const on = (list: string | undefined, status = 'subscribed') => ({ lists: [{ id: list, status, consent }] });
  await add('wanted', '上海', on(lists[0]));
  await add('other-list', '上海', on(lists[1]));
  await add('elsewhere', '北京', on(lists[0]));
  await add('left', '上海', on(lists[0], 'unsubscribed'));
  await add('nowhere', '上海');
  await add('suppressed', '上海', on(lists[0]));
  await add('vip', '上海', { ...on(lists[0]), tags: ['vip'] });
  await api.post('/suppressions', { address: 'suppressed@simulator.test' });

  const shanghai = await segment('上海', text('city', '上海'));
  const vip = await segment('vip', { kind: 'tag', op: 'any', tags: ['vip'] });
  const audience = { segments: [shanghai], excludeSegments: [vip] };
  const expected = {
    ...{ candidates: 6, prepared: 2, excluded: 4 },
    exclusions: [
      { reason: 'excluded_segment', count: 1 },
      { reason: 'suppressed', count: 1 },
      { reason: 'not_subscribed', count: 1 },
      { reason: 'unsubscribed', count: 1 },
    ],
  };
  expect(await api.post('/campaigns/audience', { audience })).toMatchObject(expected);
  const id = await campaign(audience);
  await api.post(`/campaigns/${id}/start`);
  // Too late for this campaign: its rules were fixed at the start.
  const { version } = await api.get(`/segments/${shanghai}`);
  await api.patch(`/segments/${shanghai}`, { version, rule: ruleOf(text('city', '北京')) });
  await untilStatus(product, api, id, 'sent');
  expect(await reachedNow()).toEqual(['other-list', 'wanted']);
  expect(await api.get(`/campaigns/${id}/audience`)).toMatchObject({ ...expected, frozen: true });
  expect((await api.get(`/segments/${shanghai}/uses`)).items).toMatchObject([{ campaign: { id }, as: 'audience' }]);
});

it('people who were reached by a segment leave all lists with one click, and are reached no more', async () => {
  const { items } = await api.get<{ items: { id: string; to: string[] }[] }>('/sandbox/messages?limit=100');
  const mail = items.find(({ to }) => to[0]?.startsWith('wanted@'))!;
  const raw = await (await api.raw(`/sandbox/messages/${mail.id}/raw`)).text();
  const link = /^List-Unsubscribe: <(https?:[^>]+)>/im.exec(raw.replace(/\r?\n[ \t]+/g, ' '))?.[1];
  const response = await fetch(link ?? 'no link', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
  });
  expect(response.status).toBeLessThan(300);
  const statuses = async () => {
    const found = await api.get(`/contacts?q=wanted`);
    return found.items[0].lists.map((each: { status: string }) => each.status);
  };
  await until(async () => (await statuses()).every((status: string) => status === 'unsubscribed'), {
    what: 'the contact to have left',
  });
  const everybody = await segment('all', {
    kind: 'property',
    property: 'email',
    test: { op: 'starts_with', value: 'wanted' },
  });
  expect(await api.post('/campaigns/audience', { audience: { segments: [everybody] } })).toMatchObject({
    ...{ prepared: 0, exclusions: [{ reason: 'unsubscribed', count: 1 }] },
  });
});

it('a segment of a deleted field says so, is not counted, and keeps a campaign from starting', async () => {
  const { items } = await api.get('/fields');
  const broken = await segment('城市', text('city', '上海'));
  const excluding = await campaign({ lists: [(await api.get('/lists')).items[0].id], excludeSegments: [broken] });
  await api.delete(`/fields/${items[0].id}`);
  const problem = { property: 'rule.root.of.0.key', code: 'FIELD_GONE', params: { key: 'city' } };
  expect(await api.get(`/segments/${broken}`)).toMatchObject({ problems: [problem] });
  expect(await api.post(`/segments/${broken}/count`)).toMatchObject({ count: null, problems: [problem] });
  await expect(api.post(`/campaigns/${excluding}/start`)).rejects.toMatchObject({
    problem: {
      code: 'CAMPAIGN_INCOMPLETE',
      errors: [{ property: 'audience.excludeSegments', code: 'SEGMENT_BROKEN' }],
    },
  });
  await expect(api.delete(`/segments/${broken}`)).rejects.toMatchObject({ problem: { code: 'IN_USE' } });
});
