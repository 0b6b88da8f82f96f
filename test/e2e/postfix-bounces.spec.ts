import { freePort, startPostfix } from '#platform/testing';
import type { Postfix } from '#platform/testing';
import type { ApiClient } from '../support/api-client.js';
import { DOMAIN, addAccount, draftCampaign, importContacts } from '../support/campaigns.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { until } from '../support/until.js';

const BOUNCES = 'bounces.hongyan-e2e.org';
const ELSEWHERE = 'elsewhere.hongyan-e2e.org';
const SLOW = 'slow.hongyan-e2e.org';

/** What became of each, as a real Postfix does it, and what every view must say of it. */
const PEOPLE = {
  arrived: { email: `anna@${DOMAIN}`, event: 'delivery-confirmed', step: 'delivery_confirmed', verdict: 'accepted' },
  unknown: { email: `nobody@${DOMAIN}`, event: 'hard-bounced', step: 'hard_bounced', verdict: 'bounced' },
  full: { email: `full@${DOMAIN}`, event: 'soft-bounced', step: 'soft_bounced', verdict: 'bounced' },
  refused: { email: `otto@${ELSEWHERE}`, event: 'blocked', step: 'soft_bounced', verdict: 'bounced' },
  delayed: { email: `late@${SLOW}`, event: 'delivery-delayed', step: 'delivery_delayed', verdict: 'accepted' },
} as const;

let product: Product;
let api: ApiClient;
let postfix: Postfix;
let campaign: string;
beforeAll(async () => {
  product = await startProduct();
  api = await setUp(product);
  postfix = await startPostfix({
    mailboxes: { [PEOPLE.arrived.email]: 'open', [PEOPLE.full.email]: 'full' },
    routes: { [BOUNCES]: product.ports.inboundSmtp, [SLOW]: await freePort() },
    refused: [ELSEWHERE],
  });
  await addAccount(api, postfix.port, { returnPathDomain: BOUNCES });
  const list = await importContacts(
    api,
    Object.values(PEOPLE).map(({ email }) => email),
  );
  campaign = await draftCampaign(api, list, { deliveryNotifications: true, readReceipts: true });
  await api.post(`/campaigns/${campaign}/start`);
});
afterAll(async () => {
  await postfix?.close();
  await product?.stop();
});

interface Contact {
  id: string;
  email: string;
  status: string;
}

async function contactOf(email: string): Promise<Contact> {
  const { items } = await api.get<{ items: Contact[] }>(`/contacts?q=${encodeURIComponent(email)}`);
  const found = items.find((one) => one.email === email);
  if (!found) throw new Error(`no contact ${email}`);
  return found;
}

async function timelineOf(email: string): Promise<{ type: string; inboundMessageId: string | null }[]> {
  return (await api.get(`/contacts/${(await contactOf(email)).id}/timeline`)).items;
}

const everyone = Object.values(PEOPLE);

it('a real Postfix takes a campaign, delivers, bounces and delays it; every view tells the same story', async () => {
  for (const { email, event } of everyone) {
    await until(async () => (await timelineOf(email)).some(({ type }) => type === event), {
      what: `${event} of ${email}`,
      timeoutMs: 60_000,
      detail: () => `${postfix.log()}\n${product.output()}`,
    });
  }

  // The contact, the suppression list and the report.
  const statuses = await Promise.all(everyone.map(async ({ email }) => [email, (await contactOf(email)).status]));
  expect(Object.fromEntries(statuses)).toEqual(
    Object.fromEntries(everyone.map(({ email }) => [email, email === PEOPLE.unknown.email ? 'bounced' : 'active'])),
  );
  const suppressed = (await api.get('/suppressions')).items;
  // Whose mailbox is full rests a while; who does not exist is not written to again.
  expect(suppressed).toHaveLength(2);
  expect(suppressed).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ address: PEOPLE.unknown.email, reason: 'hard_bounce', expiresAt: null }),
      expect.objectContaining({ address: PEOPLE.full.email, reason: 'backed_off', expiresAt: expect.any(String) }),
    ]),
  );
  const report = await api.get(`/campaigns/${campaign}/report`);
  expect(report.counts).toMatchObject({ accepted: 5, bounced: 3, bouncedHard: 1, bouncedSoft: 2, delivered: 2 });
  const reasons = report.bounceReasons.map(({ reason, count }: { reason: string; count: number }) => [reason, count]);
  expect(reasons.sort()).toEqual([
    ['mailboxfull', 1],
    ['norelaying', 1],
    ['userunknown', 1],
  ]);

  // The decision trail, with the mail that proves each step; nothing waits for a person.
  for (const { email, step, verdict } of everyone) {
    const trail = await api.get(`/campaigns/${campaign}/recipients/trail?address=${encodeURIComponent(email)}`);
    expect([email, trail.verdict]).toEqual([email, verdict]);
    const told = trail.steps.filter(({ code }: { code: string }) => code === step);
    expect([email, told.length]).toEqual([email, 1]);
    const proof = await api.get(`/inbound/${told[0].inboundMessageId}`);
    expect(proof).toMatchObject({ trust: 'T3', status: 'applied', from: 'MAILER-DAEMON@relay.postfix.test' });
  }
  expect((await api.get('/inbound?review=true')).items).toEqual([]);
});
