import type { ApiClient } from '../support/api-client.js';
import {
  DOMAIN,
  addAccount,
  addresses,
  countBy,
  expectExact,
  importContacts,
  ledger,
  startCampaign,
  untilStatus,
} from '../support/campaigns.js';
import type { LedgerRow } from '../support/campaigns.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { startRecordingSink } from '../support/recording-sink.js';
import type { RecordingSink } from '../support/recording-sink.js';
import { until } from '../support/until.js';

let product: Product;
let api: ApiClient;
let sink: RecordingSink;
let broken: RecordingSink;
let steady: { id: string };
let failing: { id: string };
beforeAll(async () => {
  sink = await startRecordingSink();
  broken = await startRecordingSink();
  product = await startProduct();
  api = await setUp(product);
  steady = await addAccount(api, sink.port);
  failing = await addAccount(api, broken.port, { weight: 100 });
});
afterAll(async () => {
  await product?.stop();
  await sink?.close();
  await broken?.close();
});

/** Makes everybody who waits for a retry due now. */
async function retryNow(campaign: string): Promise<void> {
  await product.sql("UPDATE campaign_recipients SET retry_at = now() WHERE campaign_id = $1 AND status = 'pending'", [
    campaign,
  ]);
  await product.sql("UPDATE send_batches SET ready_at = now() WHERE campaign_id = $1 AND status = 'ready'", [campaign]);
}

it('each answer of a server at each phase becomes the right outcome of its recipient and of nobody else', async () => {
  const fates = {
    'rcpt-550': ['rejected', 'rejected'],
    'data-554': ['rejected', 'rejected'],
    'dot-550': ['rejected', 'rejected'],
    'rcpt-450-once': ['pending', 'accepted'],
    'data-451-once': ['pending', 'accepted'],
    'dot-452-once': ['pending', 'accepted'],
    'drop-before-dot': ['uncertain', 'uncertain'],
    'drop-after-dot': ['uncertain', 'uncertain'],
    plain: ['accepted', 'accepted'],
  };
  // Two of each: four lost replies in a row are one fewer than those for which an account rests half a minute.
  const people = Object.keys(fates).flatMap((fate) => [1, 2].map((n) => `${fate}.${n}@${DOMAIN}`));
  const list = await importContacts(api, [...people, ...addresses(100, 'other')]);
  const campaign = await startCampaign(api, list, { smtpAccounts: [steady.id] });
  const statuses = async () => {
    const rows = (await ledger(product, campaign)).filter((row) => people.includes(row.email));
    return Object.fromEntries(Object.keys(fates).map((fate) => [fate, statusOf(rows, fate)]));
  };
  const expected = (turn: 0 | 1) =>
    Object.fromEntries(Object.entries(fates).map(([fate, outcome]) => [fate, outcome[turn]]));

  const tried = async () =>
    (await ledger(product, campaign)).filter((row) => row.status !== 'pending' || row.attempts.length > 0).length;
  await until(async () => (await tried()) === people.length + 100, { what: 'everybody to be tried once' });
  expect(await statuses()).toEqual(expected(0));
  const deferred = (await ledger(product, campaign)).filter((row) => row.status === 'pending');
  expect(deferred.map((row) => row.attempts.map((attempt) => attempt.kind))).toEqual(deferred.map(() => ['deferred']));

  await retryNow(campaign);
  await untilStatus(product, api, campaign, 'sent');
  expect(await statuses()).toEqual(expected(1));
  expect(await expectExact(product, api, campaign, sink)).toEqual({ accepted: 108, rejected: 6, uncertain: 4 });
});

it('an account whose server turns everybody away is marked, another takes over, and nobody is lost or doubled', async () => {
  const campaign = await startCampaign(api, await importContacts(api, addresses(1_200, 'over')));
  await until(() => broken.messages().length >= 100, { what: 'the account to carry some' });
  await broken.set({ greeting: '421 4.3.2 sink.test is closing', refuse: true });
  await untilStatus(product, api, campaign, 'sent');

  expect(await api.get(`/smtp-accounts/${failing.id}`)).toMatchObject({ health: 'failing' });
  const over = sink.messages().filter((message) => message.to.startsWith('over'));
  expect(over.length).toBeGreaterThan(0);
  const counts = await expectExact(product, api, campaign, { messages: () => [...broken.messages(), ...over] });
  expect(countBy(Object.keys(counts))).toEqual({ accepted: 1 });
  expect(counts.accepted).toBe(1_200);
});

it('a server that loses its replies gets no more than a few messages, and the rest waits for another try', async () => {
  const people = Array.from({ length: 300 }, (_, n) => `drop-after-dot.${n}@lost.${DOMAIN}`);
  const campaign = await startCampaign(api, await importContacts(api, people), { smtpAccounts: [steady.id] });
  const health = async () => await api.get(`/smtp-accounts/${steady.id}`);
  await until(async () => (await health()).health === 'failing', { what: 'the account to rest' });
  expect((await health()).lastError).toContain('after the final dot');
  await api.post(`/campaigns/${campaign}/cancel`);
  await until(async () => (await api.get(`/campaigns/${campaign}/report`)).counts.pending === 0, {
    what: 'the rest to be skipped',
  });
  const { counts } = await api.get(`/campaigns/${campaign}/report`);
  // Five in a row, and one for each of the four connections that had begun meanwhile.
  expect(counts.uncertain).toBeGreaterThanOrEqual(5);
  expect(counts.uncertain).toBeLessThanOrEqual(9);
  expect(counts.skipped).toBe(300 - counts.uncertain);
});

function statusOf(rows: LedgerRow[], fate: string): string {
  const found = new Set(rows.filter((row) => row.email.startsWith(`${fate}.`)).map((row) => row.status));
  return [...found].join(' and ');
}
