import type { ApiClient } from './api-client.js';
import { untilStatus } from './campaigns.js';
import { setUp } from './product.js';
import type { Product } from './product.js';
import { until } from './until.js';

/** Every screen behind the login, with something on it once {@link furnish} has been there. */
export const SCREENS = [
  '/',
  '/campaigns',
  '/campaigns?view=calendar',
  '/campaigns/new',
  '/campaigns/1/report',
  '/campaigns/1/report?tab=links',
  '/campaigns/1/report?tab=bounces',
  '/campaigns/1/report?tab=replies',
  '/campaigns/1/report?tab=providers',
  '/campaigns/1/report?tab=recipients',
  '/campaigns/1/report?tab=recipients&why=hard-bounce@simulator.test',
  '/campaigns/1/report?why=nobody@example.com',
  '/campaigns/1/report?tab=ab',
  '/campaigns/4/report?tab=ab',
  '/campaigns/1/report?tab=mail',
  '/campaigns/1/uncertain',
  '/reports',
  '/reports?compare=1',
  '/campaigns/2',
  '/campaigns/2?rehearsal=open',
  '/campaigns/2/content',
  '/campaigns/3',
  '/triggered',
  '/triggered?message=1',
  '/templates',
  '/templates?preview=1',
  '/templates/1',
  '/templates/new',
  '/images',
  '/images?image=1',
  '/inbound',
  '/inbound/1',
  '/inbound/review',
  '/inbound/rules',
  '/replies',
  '/replies/1',
  '/contacts',
  '/contacts/1',
  '/lists',
  '/lists/1',
  '/lists/1/quality',
  '/forms',
  '/archive',
  '/segments',
  '/segments/new',
  '/segments/1',
  '/sunset',
  '/cleanings/1',
  '/imports',
  '/imports/new',
  '/imports/1',
  '/imports/2/prepare',
  '/suppressions',
  '/fields',
  '/fields?tab=tags',
  '/settings/workspace',
  '/settings/senders',
  '/settings/domains',
  '/settings/domains/1',
  '/settings/sending',
  '/settings/mailboxes',
  '/settings/bounce-rules',
  '/settings/api-keys',
  '/settings/system',
  '/sandbox',
  '/sandbox/1',
  '/account',
  '/nowhere',
];
/** Screens that need no session. */
export const ENTRY_SCREENS = ['/login', '/setup', '/forgot', '/reset#an-old-link'];

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Every kind of reaction once. */
const PEOPLE = [
  'open',
  'click',
  'hard-bounce',
  'mailbox-full',
  'reply',
  'out-of-office',
  'complaint',
  'unsubscribe',
].map((local, index) => `${local}@simulator.test,Guest ${index + 1},regular`);

const CONTENT = {
  subject: 'Spring tea, {{default name "friend"}}',
  preheader: 'The first leaves are here',
  html: '<h1>Spring tea</h1><p>Hello {{name}}, <a href="https://example.com/tea">have a look</a>.</p><p><a href="{{unsubscribe_url}}">Unsubscribe</a></p>',
};

/**
 * Fills a new system as some weeks of use would: a list with contacts and a refused row, a campaign that was sent, opened,
 * clicked and bounced, a cleaning of the list, a draft, one that waits for its time, a template, an image, a field, a key. Its data is English, so
 * that Chinese on an English screen can only be the screen's own.
 */
export async function furnish(product: Product): Promise<ApiClient> {
  const api = await setUp(product);
  const workspace = (await api.get('/workspaces')).items[0];
  const changes = { name: 'Green Hill Tea', postalAddress: '1 Longjing Road, Hangzhou', version: workspace.version };
  await api.patch(`/workspaces/${workspace.id}`, changes);
  await api.patch('/auth/me', { name: 'Wang Xiaoming' });
  const account = (await api.get('/smtp-accounts')).items[0];
  await api.patch(`/smtp-accounts/${account.id}`, { name: 'Sandbox', version: account.version });
  const { id: domain } = await api.post('/sending-domains', { domain: 'greenhill.example' });
  await api.post(`/sending-domains/${domain}/rotate`);
  await api.post('/fields', { key: 'city', label: 'City', type: 'text' });
  await api.post('/api-keys', { name: 'shop', scopes: ['read'] });
  await api.upload('/images', { name: 'leaf.png', type: 'image/png', content: PIXEL });
  await api.post('/templates', { name: 'Spring letter', ...CONTENT });
  const list = await importPeople(api);
  await api.post('/forms', { name: 'Shop window', locale: 'en', lists: [list] });
  await sendCampaigns(product, api, list);
  await addSegment(api, list);
  await cleanList(api, list);
  await sendMessages(api);
  return api;
}

/** One that arrives, and one that may not be sent. */
async function sendMessages(api: ApiClient): Promise<void> {
  const message = { from: 'orders@greenhill.example', subject: 'Spring tea: order {{data.number}}', tags: ['order'] };
  const content = { text: 'Spring tea, order {{data.number}}.', data: { number: 7 } };
  await api.post('/messages', { ...message, ...content, to: 'success@simulator.test' });
  await api.post('/suppressions', { address: 'gone@example.com', reason: 'manual', note: 'No longer there' });
  await api.post('/messages', { ...message, ...content, to: 'gone@example.com' });
}

async function importPeople(api: ApiClient): Promise<string> {
  const list = await api.post('/lists', { name: 'Customers', description: 'From the shop' });
  const content = `email,name,tags\nnobody,Bad,x\n${PEOPLE.join('\n')}\n`;
  const file = { name: 'guests.csv', type: 'text/csv', content };
  const { id } = await api.upload(`/lists/${list.id}/imports`, file, { consent: { source: 'fair' } });
  await until(async () => (await api.get(`/imports/${id}`)).status === 'done', { what: 'the import to be done' });
  await api.upload('/imports', { ...file, name: 'fair.csv' });
  return list.id;
}

/** A rule with a bit of everything: text, a list, behaviour, a group within. */
async function addSegment(api: ApiClient, list: string): Promise<void> {
  const activity = { kind: 'activity', did: 'opened', when: { op: 'in_last', days: 30 } };
  const of = [
    { kind: 'property', property: 'name', test: { op: 'contains', value: 'Guest' } },
    { kind: 'list', op: 'any', lists: [list] },
    {
      kind: 'any',
      of: [
        { ...activity, op: 'did' },
        { kind: 'field', type: 'text', key: 'city', test: { op: 'empty' } },
      ],
    },
  ];
  const { id } = await api.post('/segments', { name: 'Guests', rule: { version: 1, root: { kind: 'all', of } } });
  await api.post(`/segments/${id}/count`);
}

/** Finds the address that bounced and the one that complained. */
async function cleanList(api: ApiClient, list: string): Promise<void> {
  await api.put('/sunset', { enabled: true, mails: 12, days: 180, graceDays: 14 });
  await api.put('/sunset/schedule', { enabled: true, everyDays: 30, listId: list, stages: ['invite'] });
  const { id } = await api.post(`/lists/${list}/cleanings`);
  await until(async () => (await api.get(`/cleanings/${id}`)).status === 'ready', { what: 'the list to be judged' });
}

async function sendCampaigns(product: Product, api: ApiClient, list: string): Promise<void> {
  const from = { name: 'Green Hill', address: 'news@greenhill.example' };
  const draft = { from, content: CONTENT, audience: { lists: [list] } };
  const sent = await api.post('/campaigns', { name: 'Spring', ...draft });
  await api.post(`/campaigns/${sent.id}/start`);
  const summer = await api.post('/campaigns', { name: 'Summer', ...draft });
  await api.put(`/campaigns/${summer.id}/ab-test`, { variants: [{ subject: 'Spring tea, and a gift' }], holdOut: 5 });
  const waiting = await api.post('/campaigns', { name: 'Autumn', ...draft });
  const at = new Date(Date.now() + 30 * 24 * 3_600_000).toISOString();
  await api.post(`/campaigns/${waiting.id}/schedule`, { at, timezone: 'Asia/Shanghai' });
  const tested = await api.post('/campaigns', { name: 'Tested', ...draft });
  await api.put(`/campaigns/${tested.id}/ab-test`, { variants: [{ fromName: 'Li of Green Hill' }], sample: 50 });
  await api.post(`/campaigns/${tested.id}/start`);
  await untilStatus(product, api, sent.id, 'sent');
  const reacted = async () => {
    const { counts, opens, clicks } = await api.get(`/campaigns/${sent.id}/report`);
    return counts.bouncedHard > 0 && opens.human.unique > 0 && clicks.human.unique > 0;
  };
  await until(reacted, { what: 'opens, clicks and bounces' });
}
