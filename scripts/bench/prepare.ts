import type { ApiClient } from '../../test/support/api-client.js';
import { setUp, startProduct } from '../../test/support/product.js';
import type { Product } from '../../test/support/product.js';
import { until } from '../../test/support/until.js';
import { addFields, addList, addReaders } from './audience.js';
import { LONG_MS, addAccount, draft } from './campaign.js';
import { sendersPeakMb } from './cpu.js';
import { row, rowAtMost } from './report.js';
import type { Benchmark, Check, Result } from './report.js';
import { startSink } from './sink.js';
import type { Sink } from './sink.js';

/** So slow that what is measured is the preparation and not the sending beside it. */
const PER_SECOND = 20;
const FIRST_MESSAGE_S = 2;

/** Readers by number: everybody is in one of three lists, two fifths in a second one too. */
const isTwice = (n: number) => n % 5 < 2;
const isExcluded = (n: number) => n % 50 === 7;
const isSuppressed = (n: number) => n % 100 === 3;
const isUnsubscribed = (n: number) => n % 100 === 5;

/** From the click to a materialised audience, and to the first message of it. */
export const prepare: Benchmark = {
  summary: 'an audience of three overlapping lists, an excluded one, suppressions: against a bare INSERT … SELECT',
  options: { contacts: 1_000_000 },
  run: async ({ contacts = 0 }) => {
    const sink = await startSink();
    const product = await startProduct();
    try {
      const api = await setUp(product);
      return await measure(product, api, sink, contacts);
    } finally {
      await product.stop();
      await sink.close();
    }
  },
};

async function measure(product: Product, api: ApiClient, sink: Sink, contacts: number): Promise<Result> {
  const { lists, excluded } = await fill(product, api, contacts);
  await addAccount(api, sink.port, { limits: { perSecond: PER_SECOND } });
  const audience = { lists, excludeLists: [excluded] };
  const bare = await bareInsert(product, contacts);
  const campaign = await draft(api, lists, { audience });
  const clickedAt = Date.now();
  await api.post(`/campaigns/${campaign}/start`);
  const prepared = await preparation(product, campaign);
  await api.post(`/campaigns/${campaign}/pause`);
  const { times } = await sink.report();
  const first = ((times[0] ?? Infinity) - clickedAt) / 1000;
  const ours = contacts / prepared.seconds;
  return {
    checks: [
      await everybodyAsExpected(product, campaign, contacts),
      {
        name: 'candidates = prepared + excluded',
        ok: prepared.prepared + prepared.excluded === contacts,
        detail: `${prepared.prepared} + ${prepared.excluded} = ${contacts}`,
      },
    ],
    rows: [
      row('against a bare INSERT … SELECT', 'contacts/s', [ours, bare, ours / bare], [0.4, 0.6]),
      rowAtMost('first message after the click', 's', [first, FIRST_MESSAGE_S, first / FIRST_MESSAGE_S], [1, 0.15]),
      rowAtMost('peak memory of the sender', 'MB', [sendersPeakMb(product), null, null]),
    ],
  };
}

async function fill(
  product: Product,
  api: ApiClient,
  contacts: number,
): Promise<{ lists: string[]; excluded: string }> {
  await addFields(api);
  const lists: string[] = [];
  for (const name of ['north', 'south', 'west']) lists.push(await addList(api, name));
  const excluded = await addList(api, 'has it already');
  await addReaders(product, contacts, (n) => {
    const status = isUnsubscribed(n) ? 'unsubscribed' : 'subscribed';
    const own = isTwice(n) ? [n % 3, (n + 1) % 3] : [n % 3];
    const members = own.map((list) => ({ list: lists[list] ?? '', status }) as const);
    return isExcluded(n) ? [...members, { list: excluded }] : members;
  });
  await product.sql(
    `INSERT INTO suppressions (workspace_id, canonical, reason)
     SELECT workspace_id, canonical, 'manual' FROM contacts WHERE substring(email FROM '^reader(\\d+)@')::int % 100 = 3`,
  );
  await product.sql('VACUUM ANALYZE suppressions');
  return { lists, excluded };
}

/** The same number of rows into a table of the same columns and indexes, by one statement. @returns rows a second */
async function bareInsert(product: Product, contacts: number): Promise<number> {
  await product.sql('CREATE TABLE bench_ledger (LIKE campaign_recipients INCLUDING ALL)');
  const started = performance.now();
  await product.sql(
    `INSERT INTO bench_ledger (campaign_id, seq, workspace_id, contact_id, batch_id, email, canonical, provider)
     SELECT 1, row_number() OVER (ORDER BY id), workspace_id, id, id / 500, email, canonical, 'other' FROM contacts`,
  );
  const seconds = (performance.now() - started) / 1000;
  await product.sql('DROP TABLE bench_ledger');
  return contacts / seconds;
}

async function preparation(
  product: Product,
  campaign: string,
): Promise<{ seconds: number; prepared: number; excluded: number }> {
  let found: { seconds: number | null; prepared: number; excluded: number } | undefined;
  await until(
    async () => {
      [found] = await product.sql<NonNullable<typeof found>>(
        `SELECT extract(epoch FROM prepared_at - started_at)::float8 AS seconds,
           prepared_count AS prepared, excluded_count AS excluded FROM campaigns WHERE id = $1`,
        [campaign],
      );
      return found?.seconds != null;
    },
    { what: 'the audience to be prepared', timeoutMs: LONG_MS, detail: () => product.output() },
  );
  return found as { seconds: number; prepared: number; excluded: number };
}

/** Each reader is in the ledger once or excluded once, for the first reason that applies. */
async function everybodyAsExpected(product: Product, campaign: string, contacts: number): Promise<Check> {
  const expected: Record<string, number> = {};
  for (let n = 0; n < contacts; n += 1) {
    const reason = isExcluded(n)
      ? 'excluded_list'
      : isSuppressed(n)
        ? 'suppressed'
        : isUnsubscribed(n)
          ? 'unsubscribed'
          : 'in the ledger';
    expected[reason] = (expected[reason] ?? 0) + 1;
  }
  const rows = await product.sql<{ reason: string; n: number }>(
    `SELECT reason, count(*)::int AS n FROM campaign_exclusions WHERE campaign_id = $1 GROUP BY reason
     UNION ALL SELECT 'in the ledger', count(DISTINCT contact_id)::int FROM campaign_recipients WHERE campaign_id = $1`,
    [campaign],
  );
  const found = Object.fromEntries(rows.map(({ reason, n }) => [reason, n]));
  const ok = Object.keys({ ...expected, ...found }).every((reason) => expected[reason] === found[reason]);
  return { name: 'each reader once, or excluded for the right reason', ok, detail: JSON.stringify(found) };
}
