import PostalMime from 'postal-mime';
import type { ApiClient } from '../../test/support/api-client.js';
import type { Product } from '../../test/support/product.js';
import { until } from '../../test/support/until.js';
import { SOURCE, person } from './content.js';
import type { Check } from './report.js';
import type { SinkReport } from './sink.js';

export const FROM = { name: 'Skylark Books', address: 'news@skylark.hongyan-bench.org' };
/** A figure of record may take its time; one that hangs ends at last. */
export const LONG_MS = 1_800_000;

/** An SMTP account at a sink on loopback. */
export async function addAccount(api: ApiClient, port: number, more: Record<string, unknown> = {}): Promise<string> {
  const account = await api.post<{ id: string }>('/smtp-accounts', {
    name: `sink ${port} ${Object.keys(more).join(' ')}`,
    host: '127.0.0.1',
    port,
    security: 'none',
    returnPathDomain: 'bounces.hongyan-bench.org',
    messagesPerConnection: 10_000,
    ...more,
  });
  return account.id;
}

/** A campaign with the benchmarks' content, not started. */
export async function draft(
  api: ApiClient,
  lists: readonly string[],
  more: Record<string, unknown> = {},
): Promise<string> {
  const campaign = await api.post<{ id: string }>('/campaigns', {
    name: 'Autumn',
    from: FROM,
    content: SOURCE,
    audience: { lists },
    ...more,
  });
  return campaign.id;
}

export async function untilSent(product: Product, api: ApiClient, campaign: string): Promise<void> {
  let status: unknown;
  await until(
    async () => {
      status = await api.get(`/campaigns/${campaign}`).catch((error: unknown) => error);
      return (status as { status?: string }).status === 'sent';
    },
    {
      what: 'the campaign to be sent',
      timeoutMs: LONG_MS,
      everyMs: 250, // no person asks more often, and each question costs the machine some milliseconds
      detail: () => `${JSON.stringify(status)}\n${product.output()}`,
    },
  );
}

/** How many of a campaign's ledger rows have each status, read past the product's own code. */
export async function countRows(product: Product, campaign: string): Promise<Record<string, number>> {
  const rows = await product.sql<{ status: string; n: number }>(
    'SELECT status, count(*)::int AS n FROM campaign_recipients WHERE campaign_id = $1 GROUP BY status',
    [campaign],
  );
  return Object.fromEntries(rows.map(({ status, n }) => [status, n]));
}

/**
 * The ledger against the sink, reader by reader: nobody twice, everyone accepted is there, everyone there is accepted
 * or uncertain.
 */
export async function ledgerIsSink(product: Product, campaign: string, report: SinkReport): Promise<Check> {
  const rows = await product.sql<{ n: number; status: string }>(
    `SELECT substring(email FROM '^reader(\\d+)@')::int AS n, status FROM campaign_recipients WHERE campaign_id = $1`,
    [campaign],
  );
  const status = new Map(rows.map((row) => [row.n, row.status]));
  const lost = rows.filter((row) => row.status === 'accepted' && !report.taken[row.n]).length;
  let [doubled, unknown] = [0, 0];
  report.taken.forEach((times, n) => {
    if (times > 1) doubled += 1;
    if (times > 0 && !['accepted', 'uncertain'].includes(status.get(n) ?? '')) unknown += 1;
  });
  const accepted = rows.filter((row) => row.status === 'accepted').length;
  return {
    name: 'ledger rows = messages at the sink, each once',
    ok: lost + doubled + unknown === 0 && rows.length > 0,
    detail: `${accepted} accepted of ${rows.length} rows, ${report.messages} messages; lost ${lost}, doubled ${doubled}, unknown to the ledger ${unknown}`,
  };
}

/** Everybody was sent to: the ledger has so many accepted rows and no other. */
export async function allAccepted(product: Product, campaign: string, messages: number): Promise<Check> {
  const counts = await countRows(product, campaign);
  const ok = counts.accepted === messages && Object.keys(counts).length === 1;
  return { name: 'everybody is accepted', ok, detail: JSON.stringify(counts) };
}

/** Every kept message is read by a mail reader and must say what its own recipient's data says. */
export async function sampleIsRight(kept: readonly string[]): Promise<Check> {
  const name = 'one in a hundred decoded and personalised right';
  for (const message of kept) {
    const mail = await PostalMime.parse(Buffer.from(message.slice(0, -3), 'latin1'));
    const email = mail.to?.[0]?.address ?? '';
    const who = person(Number(/^reader(\d+)@/.exec(email)?.[1]));
    const expected = `${who.fields.salutation} ${who.name},`;
    const right =
      email === who.email &&
      mail.subject?.startsWith(`${who.name}, your autumn letter`) &&
      mail.text?.startsWith(expected) &&
      mail.text.includes(`you have ${who.fields.points} points in ${who.fields.city}.`) &&
      mail.html?.includes(who.fields.vip ? 'one of our regulars' : 'Free delivery from 20 €') &&
      mail.html.includes(`<li>${who.tags[0]}</li>`) &&
      mail.html.includes('/c/');
    if (!right) return { name, ok: false, detail: `the message to ${email} is wrong` };
  }
  return { name, ok: kept.length > 0, detail: `${kept.length} messages` };
}
