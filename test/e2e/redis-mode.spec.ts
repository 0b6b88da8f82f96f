import { readdirSync } from 'node:fs';
import path from 'node:path';
import { Redis } from 'ioredis';
import { startRedis } from '../../libs/platform/testing/src/redis.js';
import type { RedisServer } from '../../libs/platform/testing/src/redis.js';
import type { ApiClient } from '../support/api-client.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { until } from '../support/until.js';

/** Many machines, on one: queue and pace in Redis, two sender processes. */
const PER_SECOND = 40;
const PLAIN = 460;
const SIMULATED = { 'hard-bounce': 10, refuse: 10, complaint: 10, unsubscribe: 5, reply: 5 };
const TOTAL = PLAIN + Object.values(SIMULATED).reduce((sum, n) => sum + n, 0);

let redis: RedisServer;
let product: Product;
let api: ApiClient;
beforeAll(async () => {
  redis = await startRedis();
  product = await startProduct({ senders: 2, env: { QUEUE_URL: redis.url } });
  api = await setUp(product);
});
afterAll(async () => {
  await product?.stop();
  await redis?.close();
});

async function importContacts(): Promise<string> {
  const list = await api.post('/lists', { name: '客户' });
  // Several providers make several batches, so that there is work for two.
  const plain = Array.from(
    { length: PLAIN },
    (_, n) => `person${n}@${['example.com', 'qq.test', '163.test', 'gmail.test'][n % 4]}`,
  );
  const simulated = Object.entries(SIMULATED).flatMap(([name, count]) =>
    Array.from({ length: count }, (_, n) => `${name}+${n}@simulator.test`),
  );
  const csv = ['email', ...plain, ...simulated].join('\n');
  const job = await api.upload(
    `/lists/${list.id}/imports`,
    { name: 'contacts.csv', type: 'text/csv', content: csv },
    { consent: { source: 'fair' } },
  );
  await until(async () => (await api.get(`/imports/${job.id}`)).status === 'done', { what: 'the import to be done' });
  return list.id;
}

it('sends a campaign exactly once with two senders, at one pace, and takes in what comes back', async () => {
  const [sandbox] = (await api.get('/smtp-accounts')).items;
  await api.patch(`/smtp-accounts/${sandbox.id}`, { version: sandbox.version, limits: { perSecond: PER_SECOND } });
  const campaign = await api.post('/campaigns', {
    name: '两台发送机',
    from: { name: '鸿雁', address: 'news@brand.example' },
    content: { subject: '你好', html: '<p>欢迎。<a href="https://example.com/">看看</a></p>' },
    audience: { lists: [await importContacts()] },
  });
  await api.post(`/campaigns/${campaign.id}/start`);

  // Who holds a lease is only seen while it is held.
  const owners = new Set<string>();
  await until(
    async () => {
      const leased = await product.sql<{ owner: string }>(
        `SELECT DISTINCT lease_owner AS owner FROM send_batches WHERE status = 'leased' AND cardinality(slice) > 0`,
      );
      for (const { owner } of leased) owners.add(owner);
      return (await api.get(`/campaigns/${campaign.id}`)).status === 'sent';
    },
    { what: 'the campaign to be sent', timeoutMs: 120_000, detail: () => product.output() },
  );
  expect(owners.size).toBe(2);
  expect(readdirSync(path.join(product.dataDir, 'senders')).sort()).toEqual(['1', '2']);

  const log = await readLog();
  const recipients = log.map((message) => message.to[0]);
  expect(new Set(recipients).size).toBe(recipients.length);
  const ledger = await product.sql<{ email: string; status: string }>(
    'SELECT email, status FROM campaign_recipients WHERE campaign_id = $1',
    [campaign.id],
  );
  expect(ledger).toHaveLength(TOTAL);
  const accepted = ledger.filter(({ status }) => status === 'accepted').map(({ email }) => email);
  expect(accepted.sort()).toEqual(recipients.sort());
  expect(ledger.filter(({ status }) => status === 'rejected')).toHaveLength(SIMULATED.refuse);

  // Each sender on its own would be through in half the time.
  const times = log.map((message) => Date.parse(message.receivedAt)).sort((a, b) => a - b);
  expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(((TOTAL - SIMULATED.refuse) / PER_SECOND - 1) * 1000);
  expect(fullest(times, 3_000)).toBeLessThanOrEqual(3 * PER_SECOND + SLACK);

  const wanted = { bouncedHard: SIMULATED['hard-bounce'], complained: SIMULATED.complaint, replied: SIMULATED.reply };
  await until(
    async () => {
      const { counts } = await api.get(`/campaigns/${campaign.id}/report`);
      const back = Object.entries(wanted).every(([name, count]) => counts[name] >= count);
      return back && counts.unsubscribed >= SIMULATED.unsubscribe;
    },
    { what: 'everything to have come back', timeoutMs: 60_000 },
  );
  const suppressed = await product.sql<{ canonical: string; reason: string }>(
    'SELECT canonical, reason FROM suppressions WHERE expires_at IS NULL',
  );
  const simulated = suppressed.filter(({ canonical }) => canonical.endsWith('@simulator.test'));
  expect(simulated).toHaveLength(SIMULATED['hard-bounce'] + SIMULATED.refuse + SIMULATED.complaint);
});

it('keeps queue and pace in Redis and nothing of them in Postgres', async () => {
  const client = new Redis(redis.url);
  try {
    const keys = await client.keys('*');
    expect(keys).toContain('hongyan:account:1');
    for (const queue of ['campaign.prepare', 'batch.ready', 'import.run']) {
      expect(keys.filter((key) => key.startsWith(`bull:${queue}:`))).not.toEqual([]);
    }
    expect(JSON.parse((await client.get('hongyan:account:1')) ?? '{}')).toMatchObject({ next: expect.any(Number) });
  } finally {
    client.disconnect();
  }
  expect(await product.sql('SELECT key FROM pace_states')).toEqual([]);
  expect(await product.sql(`SELECT 1 FROM pg_namespace WHERE nspname = 'bullmq'`)).toEqual([]);
});

/**
 * The limit is on the moment a message begins, the sandbox notes when it has it: what a busy machine held up for a
 * second arrives together with what is due.
 */
const SLACK = PER_SECOND;

/** The most arrivals in any span of so many milliseconds. */
function fullest(sorted: readonly number[], span: number): number {
  let first = 0;
  let most = 0;
  sorted.forEach((time, index) => {
    while ((sorted[first] ?? time) <= time - span) first += 1;
    most = Math.max(most, index - first + 1);
  });
  return most;
}

async function readLog(): Promise<{ to: string[]; receivedAt: string }[]> {
  const messages: { to: string[]; receivedAt: string }[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { items: typeof messages; nextCursor: string | null } = await api.get(
      `/sandbox/messages?limit=200${cursor && `&cursor=${cursor}`}`,
    );
    messages.push(...page.items);
    cursor = page.nextCursor;
  }
  return messages;
}
