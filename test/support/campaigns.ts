import type { ApiClient } from './api-client.js';
import { examine } from './exactness.js';
import type { Product } from './product.js';
import type { RecordingSink, SunkMessage } from './recording-sink.js';
import { until } from './until.js';

export { countBy, ledger } from './exactness.js';
export type { LedgerRow } from './exactness.js';

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
  if (state.created !== addresses.length)
    throw new Error(`${state.created} of ${addresses.length} contacts were created`);
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

/**
 * Expects an outsider to find nothing wrong (see {@link examine}).
 * @returns the number of rows by status
 */
export async function expectExact(
  product: Product,
  api: ApiClient,
  campaign: string,
  sink: Pick<RecordingSink, 'messages'>,
): Promise<Record<string, number>> {
  const { violations, counts } = await examine(product, api, campaign, sink.messages());
  expect(violations).toEqual([]);
  return counts;
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
