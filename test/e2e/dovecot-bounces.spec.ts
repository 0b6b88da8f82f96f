import { Egress } from '#platform/egress';
import { IMAP_TIMEOUTS, openMailbox } from '#platform/imap';
import { createTestAuthority, startDovecot } from '#platform/testing';
import type { Dovecot } from '#platform/testing';
import type { ApiClient } from '../support/api-client.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { until } from '../support/until.js';

const HARD = 30;
const TOTAL = 60;
const PASSWORD = 'secret-of-bounces';

let product: Product;
let api: ApiClient;
let dovecot: Dovecot;
beforeAll(async () => {
  dovecot = await startDovecot({ users: { bounces: PASSWORD }, certificate: createTestAuthority().issue('localhost') });
  product = await startProduct();
  api = await setUp(product);
});
afterAll(async () => {
  await product?.stop();
  await dovecot?.close();
});

it('DSNs in a Dovecot mailbox come back as facts and suppress exactly the addresses they prove', async () => {
  const list = await api.post('/lists', { name: '客户' });
  for (let n = 1; n <= TOTAL; n += 1) {
    await api.post('/contacts', {
      email: `success+${n}@simulator.test`,
      lists: [{ id: list.id, status: 'subscribed', consent: { source: 'test' } }],
    });
  }
  const campaign = await api.post('/campaigns', {
    name: '退信测试',
    from: { name: '鸿雁', address: 'news@brand.example' },
    content: { subject: '你好', html: '<p>你好 {{email}}</p>' },
    audience: { lists: [list.id] },
  });
  await api.post(`/campaigns/${campaign.id}/start`);
  await until(async () => (await api.get(`/campaigns/${campaign.id}`)).status === 'sent', {
    what: 'the campaign to be sent',
  });

  await api.post('/mailboxes', {
    name: '退信邮箱',
    protocol: 'imap',
    host: 'localhost',
    port: dovecot.imapPort,
    security: 'none',
    auth: { method: 'password', user: 'bounces', password: PASSWORD },
  });
  const sent = await allSandboxMessages(api);
  expect(sent).toHaveLength(TOTAL);
  // Thirty genuine reports of an unknown user, and as many forged ones: the same text without a valid token.
  for (const [index, message] of sent.entries()) {
    const raw = await (await api.raw(`/sandbox/messages/${message.id}/raw`)).text();
    const genuine = index < HARD;
    dovecot.append('bounces', 'INBOX', dsn(message.to[0], genuine ? headersOf(raw) : forged(headersOf(raw))));
  }
  const expected = sent
    .slice(0, HARD)
    .map((message) => message.to[0])
    .sort();
  const processed = async () => {
    const rows = await product.sql<{ n: number }>(
      "SELECT count(*)::int AS n FROM inbound_messages WHERE status <> 'stored'",
    );
    return rows[0]?.n === TOTAL;
  };
  await until(processed, { what: 'every report to be processed', timeoutMs: 60_000, detail: () => product.output() });

  const suppressed = (await api.get('/suppressions?limit=200')).items as { address: string; reason: string }[];
  expect(suppressed.map((entry) => entry.address).sort()).toEqual(expected);
  expect(new Set(suppressed.map((entry) => entry.reason))).toEqual(new Set(['hard_bounce']));
  const review = await api.get('/inbound?review=true&limit=200');
  expect(review.items).toHaveLength(TOTAL - HARD);
  expect(new Set(review.items.map((item: { trust: string }) => item.trust))).toEqual(new Set(['T0']));
  expect((await api.get(`/campaigns/${campaign.id}/report`)).counts).toMatchObject({
    accepted: TOTAL,
    bouncedHard: HARD,
  });
  // Nothing is deleted at the source.
  expect(await countMails()).toBe(TOTAL);
});

async function countMails(): Promise<number> {
  const auth = { method: 'password', user: 'bounces', secret: PASSWORD } as const;
  const place = { host: 'localhost', port: dovecot.imapPort, security: 'none' } as const;
  const opened = await openMailbox({ ...place, auth, egress: new Egress('127.0.0.0/8'), timeouts: IMAP_TIMEOUTS });
  if (!opened.ok) throw new Error(opened.failure.detail);
  const selected = await opened.mailbox.select('INBOX');
  await opened.mailbox.close();
  return selected.ok ? selected.messages : -1;
}

interface SandboxMessage {
  id: string;
  to: string[];
}

async function allSandboxMessages(client: ApiClient): Promise<SandboxMessage[]> {
  return (await client.get('/sandbox/messages?limit=200')).items;
}

function headersOf(raw: string): string {
  return raw.slice(0, raw.indexOf('\r\n\r\n'));
}

/** The same headers with every token of ours changed by one character. */
function forged(headers: string): string {
  return headers.replace(/(<m\.|\/u\/|<mailto:u\.|X-Hongyan-Ref: )([a-z2-7])/g, (_, before: string, first: string) => {
    return `${before}${first === 'a' ? 'b' : 'a'}`;
  });
}

function dsn(recipient: string | undefined, original: string): string {
  return [
    'From: MAILER-DAEMON@mx.example.net (Mail Delivery System)',
    'To: bounces@localhost',
    'Subject: Undelivered Mail Returned to Sender',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="part"',
    '',
    '--part',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    `<${recipient}>: host mx.example.net said: 550 5.1.1 User unknown`,
    '',
    '--part',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.net',
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 User unknown',
    '',
    '--part',
    'Content-Type: text/rfc822-headers',
    '',
    original,
    '',
    '--part--',
    '',
  ].join('\r\n');
}
