import type { ApiClient } from './api-client.js';
import type { Product } from './product.js';
import type { RecordingSink, SunkMessage } from './recording-sink.js';
import { until } from './until.js';

/** A domain that is nobody's and not reserved either: mail to it goes to a real account. */
export const DOMAIN = 'rcpt.hongyan-e2e.org';

/** Imports contacts with these addresses into a new list, as an operator does, and returns the list's id. */
export async function importContacts(api: ApiClient, addresses: readonly string[]): Promise<string> {
  const list = await api.post<{ id: string }>('/lists', { name: `list of ${addresses[0]} …` });
  const rows = addresses.map((address, index) => `${address},收件人 ${index + 1}`);
  const file = { name: 'contacts.csv', type: 'text/csv', content: `email,name\n${rows.join('\n')}\n` };
  const { id } = await api.upload<{ id: string }>(`/lists/${list.id}/imports`, file, { consent: { source: 'fair' } });
  let state = { status: '', created: 0 };
  await until(async () => (state = await api.get(`/imports/${id}`)).status === 'done', {
    what: 'the import to be done',
    timeoutMs: 60_000,
    detail: () => state,
  });
  expect(state.created).toBe(addresses.length);
  return list.id;
}

/** `count` addresses that differ only in their number. */
export function addresses(count: number, prefix = 'r'): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${String(index + 1).padStart(5, '0')}@${DOMAIN}`);
}

/** An SMTP account on loopback without TLS and login. */
export async function addAccount(
  api: ApiClient,
  port: number,
  more: Record<string, unknown> = {},
): Promise<{ id: string; health: string; lastError: string | null }> {
  return api.post('/smtp-accounts', {
    name: `account ${port}`,
    host: '127.0.0.1',
    port,
    security: 'none',
    returnPathDomain: 'bounces.hongyan-e2e.org',
    ...more,
  });
}

/** A campaign to a list, not started. */
export async function draftCampaign(api: ApiClient, list: string, more: Record<string, unknown> = {}): Promise<string> {
  const { id } = await api.post<{ id: string }>('/campaigns', {
    name: '系统测试',
    from: { name: '鸿雁', address: 'news@brand.hongyan-e2e.org' },
    content: {
      subject: '你好，{{default name "朋友"}}',
      html: '<p>欢迎，{{name}}。<a href="https://example.com/">看看</a></p><p><a href="{{unsubscribeUrl}}">退订</a></p>',
    },
    audience: { lists: [list] },
    ...more,
  });
  return id;
}

export async function startCampaign(api: ApiClient, list: string, more: Record<string, unknown> = {}): Promise<string> {
  const id = await draftCampaign(api, list, more);
  await api.post(`/campaigns/${id}/start`);
  return id;
}

/** Waits for a status, and fails with everything the product printed. */
export async function untilStatus(
  product: Product,
  api: ApiClient,
  campaign: string,
  status: string,
  timeoutMs = 90_000,
): Promise<void> {
  let last: unknown;
  await until(
    async () => {
      try {
        const { status: now } = await api.get<{ status: string }>(`/campaigns/${campaign}`);
        last = now;
        return now === status;
      } catch (error) {
        last = error; // the api may be one of those that were killed
        return false;
      }
    },
    { what: `campaign ${campaign} to be ${status}`, timeoutMs, detail: () => `${String(last)}\n${product.output()}` },
  );
}

export interface LedgerRow {
  seq: number;
  email: string;
  status: string;
  attempts: { kind: string; text: string; code?: number }[];
}

/** The rows of a campaign, read past the product's own code. */
export function ledger(product: Product, campaign: string): Promise<LedgerRow[]> {
  return product.sql<LedgerRow>(
    'SELECT seq, email, status, attempts FROM campaign_recipients WHERE campaign_id = $1 ORDER BY seq',
    [campaign],
  );
}

/**
 * The invariants of every fault: nobody twice in the sink, everyone whom the ledger calls accepted is in the sink,
 * everyone in the sink is accepted or uncertain, and the API says of each status what the rows say.
 * @returns the number of rows by status
 */
export async function expectExact(
  product: Product,
  api: ApiClient,
  campaign: string,
  sink: Pick<RecordingSink, 'messages'>,
): Promise<Record<string, number>> {
  const rows = await ledger(product, campaign);
  const taken = sink.messages();
  expect(repeated(taken.map((message) => message.to))).toEqual([]);
  expect(repeated(taken.map((message) => message.messageId))).toEqual([]);
  const inSink = new Set(taken.map((message) => message.to));
  const lost = rows.filter((row) => row.status === 'accepted' && !inSink.has(row.email));
  expect(lost).toEqual([]);
  const known = new Map(rows.map((row) => [row.email, row.status]));
  const wrong = taken.filter(({ to }) => !['accepted', 'uncertain'].includes(known.get(to) ?? ''));
  expect(wrong).toEqual([]);

  const counts = countBy(rows.map((row) => row.status));
  const report = await api.get<{ counts: Record<string, number> }>(`/campaigns/${campaign}/report`);
  for (const status of ['pending', 'accepted', 'rejected', 'expired', 'uncertain', 'skipped']) {
    expect({ status, count: report.counts[status] }).toEqual({ status, count: counts[status] ?? 0 });
  }
  expect(report.counts.prepared).toBe(rows.length);
  expect(report.counts.candidates).toBe(report.counts.prepared! + report.counts.excluded!);
  return counts;
}

export function countBy(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

function repeated(values: readonly string[]): string[] {
  return Object.entries(countBy(values))
    .filter(([, count]) => count > 1)
    .map(([value]) => value);
}

/** Most messages whose DATA fell into one window of `ms`. */
export function mostWithin(messages: readonly SunkMessage[], ms: number): number {
  const times = messages.map((message) => message.startedAt).sort((a, b) => a - b);
  let most = 0;
  for (let from = 0, to = 0; to < times.length; to += 1) {
    while ((times[from] ?? 0) <= (times[to] ?? 0) - ms) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most;
}
