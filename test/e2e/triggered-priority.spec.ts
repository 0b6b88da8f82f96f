import type { ApiClient } from '../support/api-client.js';
import { addAccount, addresses, importContacts, mostWithin, startCampaign, untilStatus } from '../support/campaigns.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { startRecordingSink } from '../support/recording-sink.js';
import type { RecordingSink } from '../support/recording-sink.js';
import { until } from '../support/until.js';

let product: Product;
let api: ApiClient;
const sinks: RecordingSink[] = [];
beforeAll(async () => {
  product = await startProduct();
  api = await setUp(product);
});
afterAll(async () => {
  await product?.stop();
  for (const sink of sinks) await sink.close();
});

/** A sink of its own behind an account for a domain of its own. */
async function accountFor(domain: string, limits: object): Promise<{ sink: RecordingSink; account: string }> {
  const sink = await startRecordingSink();
  sinks.push(sink);
  const { id } = await addAccount(api, sink.port, { limits, fromDomains: [domain] });
  return { sink, account: id };
}
async function campaignTo(count: number, domain: string, account: string): Promise<string> {
  const list = await importContacts(api, addresses(count, domain[0]));
  return startCampaign(api, list, { smtpAccounts: [account], from: { name: 'x', address: `news@${domain}` } });
}
const address = (name: string) => `${name}@people.hongyan-e2e.org`;
const trigger = (name: string, domain: string) =>
  api.post('/messages', { to: address(name), from: `shop@${domain}`, subject: 's', text: 't' });
const position = (sink: RecordingSink, name: string) => sink.messages().findIndex(({ to }) => to === address(name));

it('at a limit per second triggered mail has the next places, and the limit holds for both together', async () => {
  const domain = 'fast.hongyan-e2e.org';
  const { sink, account } = await accountFor(domain, { perSecond: 10 });
  const campaign = await campaignTo(150, domain, account);
  await until(() => sink.messages().length > 5, { what: 'the campaign to be under way' });
  const ahead: number[] = [];
  for (let n = 0; n < 8; n += 1) {
    const before = sink.messages().length;
    await trigger(`now${n}`, domain);
    await until(() => position(sink, `now${n}`) >= 0, { what: `triggered message ${n}` });
    ahead.push(position(sink, `now${n}`) - before);
  }
  // The rest of a second that was given out before it came, and what a busy machine adds; never the whole campaign.
  expect(Math.max(...ahead)).toBeLessThanOrEqual(30);
  expect(sink.messages().length).toBeLessThan(150);
  await untilStatus(product, api, campaign, 'sent');
  expect(sink.messages()).toHaveLength(158);
  // The sink notes the time when it is its turn: 100 ms of a second are its own.
  expect(mostWithin(sink.messages(), 900)).toBeLessThanOrEqual(10);
});

it('of a minute a campaign leaves a tenth, so that a code does not wait for the next', async () => {
  const domain = 'minute.hongyan-e2e.org';
  const { sink, account } = await accountFor(domain, { perSecond: 20, perMinute: 40 });
  await trigger('first', domain); // the workspace has triggered mail
  await until(() => position(sink, 'first') >= 0, { what: 'the first message' });
  const campaign = await campaignTo(60, domain, account);
  await until(() => sink.messages().length >= 36, { what: 'the campaign to have its share' });
  await trigger('code', domain);
  await until(() => position(sink, 'code') >= 0, { what: 'the code' });
  const [first] = sink.messages();
  const code = sink.messages()[position(sink, 'code')];
  expect(position(sink, 'code')).toBe(36);
  expect((code?.startedAt ?? 0) - (first?.startedAt ?? 0)).toBeLessThan(60_000);
  await api.post(`/campaigns/${campaign}/cancel`);
  await untilStatus(product, api, campaign, 'cancelled');
});
