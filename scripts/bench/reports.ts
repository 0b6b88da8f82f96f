import pg from 'pg';
import type { ApiClient } from '../../test/support/api-client.js';
import { setUp, startProduct } from '../../test/support/product.js';
import type { Product } from '../../test/support/product.js';
import { until } from '../../test/support/until.js';
import { row, rowAtMost } from './report.js';
import type { Benchmark, Check, Result } from './report.js';
import { LONG_MS } from './campaign.js';
import { p95 } from './timing.js';

const PAGE = 1_000;
const FRESH_S = 5;

/** The report of a campaign and the dashboard, over campaigns of which everything has happened. */
export const reports: Benchmark = {
  summary: 'dashboard and campaign report over many campaigns and events: against reading 1,000 rows by index',
  options: { campaigns: 100, events: 10_000_000 },
  run: async ({ campaigns = 0, events = 0 }) => {
    const product = await startProduct();
    const db = new pg.Client({ connectionString: product.databaseUrl() });
    try {
      const api = await setUp(product);
      await db.connect();
      await fill(db, campaigns, Math.ceil(events / campaigns));
      return await measure(product, api, db, campaigns);
    } finally {
      await db.end();
      await product.stop();
    }
  },
};

/** As many recipients as events of each campaign: two fifths open, some of them twice, one in ten clicks. */
async function fill(db: pg.Client, campaigns: number, events: number): Promise<void> {
  await db.query('SET session_replication_role = replica');
  await db.query(
    `INSERT INTO campaigns (workspace_id, name, status, content, audience, started_at, frozen_at, prepared_at, finished_at)
     SELECT (SELECT min(id) FROM workspaces), 'Campaign ' || n, 'sent', '{"subject":"s"}', '{"lists":[]}', at, at, at,
       at + interval '10 minutes'
     FROM generate_series(1, $1::int) n, LATERAL (SELECT now() - interval '20 days' * n / $1::int AS at) a`,
    [campaigns],
  );
  const { rows } = await db.query<{ id: string }>('SELECT id FROM campaigns ORDER BY id');
  for (const { id } of rows) await fillOne(db, id, events);
  await db.query('SET session_replication_role = origin');
  await db.query('VACUUM ANALYZE campaign_recipients, events, campaigns');
  await db.query(
    `INSERT INTO report_marks (campaign_id, block, part) SELECT campaign_id, block, part::report_part FROM (
       SELECT DISTINCT campaign_id, (seq / 256)::bigint AS block FROM campaign_recipients) b,
       unnest(ARRAY['recipients', 'visits']) part`,
  );
}

/** Who opens does so within some days, most of them in the first hours. */
const LATER = `interval '1 minute' * (1 - ln(1 - (seq * 7919 % 10000) / 10001.0) * 700)`;

async function fillOne(db: pg.Client, id: string, events: number): Promise<void> {
  await db.query('SELECT ensure_recipient_partition($1)', [id]);
  await db.query(
    `INSERT INTO campaign_recipients (campaign_id, seq, workspace_id, contact_id, batch_id, email, canonical, provider,
       status, accepted_at, finished_at, bounced_at, bounce_kind, bounce_reason, bounce_detail, opened_at, clicked_at)
     SELECT k.id, seq, k.workspace_id, seq, seq / 500, mail, mail, (ARRAY['qq', 'netease', 'gmail', 'other'])[1 + seq % 4],
       CASE WHEN seq % 50 = 1 THEN 'rejected' ELSE 'accepted' END,
       CASE WHEN seq % 50 <> 1 THEN started_at + seq * interval '5 ms' END, started_at + seq * interval '5 ms',
       CASE WHEN seq % 40 = 3 THEN started_at + interval '1 hour' END,
       CASE WHEN seq % 40 = 3 OR seq % 50 = 1 THEN (ARRAY['hard', 'soft'])[1 + seq % 2] END,
       CASE WHEN seq % 40 = 3 OR seq % 50 = 1 THEN (ARRAY['userunknown', 'mailboxfull', 'spamblock'])[1 + seq % 3] END,
       CASE WHEN seq % 40 = 3 OR seq % 50 = 1 THEN '550 5.1.1 no such mailbox' END,
       CASE WHEN seq % 5 < 2 THEN started_at + ${LATER} END, CASE WHEN seq % 10 = 0 THEN started_at + ${LATER} END
     FROM campaigns k, generate_series(1, $2::int) seq,
       LATERAL (SELECT 'r' || seq || '@host' || seq % 40 || '.example' AS mail) m WHERE k.id = $1`,
    [id, events],
  );
  // Eight tenths of them are opens: by four fifths of the people who opened twice, and one each by machines.
  await db.query(
    `INSERT INTO events (at, workspace_id, campaign_id, seq, contact_id, type, human, link, detail)
     SELECT started_at + ${LATER}, workspace_id, id, seq, seq, type, human, link, 'bench' FROM campaigns,
       LATERAL (
         SELECT seq, 'opened' AS type, true AS human, NULL::int AS link FROM generate_series(1, $2::int) seq WHERE seq % 5 < 2
         UNION ALL SELECT seq, 'opened', false, NULL FROM generate_series(1, $2::int) seq WHERE seq % 2 = 0
         UNION ALL SELECT seq, 'clicked', true, seq / 10 % 10 FROM generate_series(10, $2::int, 10) seq) visits
     WHERE id = $1`,
    [id, events],
  );
}

async function measure(product: Product, api: ApiClient, db: pg.Client, campaigns: number): Promise<Result> {
  const started = performance.now();
  await until(async () => (await marks(product)) === 0, {
    what: 'everything to be rolled up',
    timeoutMs: LONG_MS,
    detail: () => product.output(),
  });
  const rolledUp = (performance.now() - started) / 1000;
  const { rows: ids } = await db.query<{ id: string }>('SELECT id FROM campaigns ORDER BY id');
  const pick = (n: number) => ids[(n * 37) % campaigns]?.id ?? '';
  const reference = await p95(async (n) => {
    await db.query('SELECT * FROM campaign_recipients WHERE campaign_id = $1 AND seq > $2 ORDER BY seq LIMIT $3', [
      ...[pick(n), (n * 991) % 50_000, PAGE],
    ]);
  });
  const report = await p95((n) => api.get(`/campaigns/${pick(n)}/report`));
  const dashboard = await p95(() => api.get('/dashboard'));
  const fresh = await freshness(
    product,
    db,
    ids.map(({ id }) => id),
  );
  const { rows } = await db.query<{ n: string; total: string }>(
    'SELECT count(*) AS n, (SELECT count(*) FROM campaign_recipients) AS total FROM events',
  );
  return {
    checks: [
      await agrees(api, db, pick(1)),
      {
        name: 'events, and recipients',
        ok: true,
        detail: `${rows[0]?.n} and ${rows[0]?.total}; rolled up for the first time in ${rolledUp.toFixed(0)} s`,
      },
    ],
    rows: [
      row('reading 1,000 rows by index, p95', 'ms', [reference, null, null]),
      rowAtMost('report of a campaign, p95', 'ms', [report, 300, report / 300], [1, 1 / 6]),
      rowAtMost('dashboard, p95', 'ms', [dashboard, 300, dashboard / 300], [1, 1 / 6]),
      rowAtMost('report against 1,000 rows', 'ms', [report, reference, report / reference]),
      rowAtMost('oldest row not rolled up, under visits', 's', [fresh, FRESH_S, fresh / FRESH_S], [1, 1]),
    ],
  };
}

async function marks(product: Product): Promise<number> {
  const [found] = await product.sql<{ n: number }>('SELECT count(*)::int AS n FROM report_marks');
  return found?.n ?? 0;
}

/** Visits of all campaigns come for some seconds, fifty at a time, first opens three in five; how old the oldest that no report has is, at most. */
async function freshness(product: Product, db: pg.Client, ids: readonly string[]): Promise<number> {
  let oldest = 0;
  for (let round = 0; round < 150; round += 1) {
    await db.query(
      `WITH visits AS (
         SELECT r.workspace_id, r.campaign_id, r.seq, r.contact_id FROM unnest($1::bigint[], $2::int[]) AS v (campaign_id, seq)
         JOIN campaign_recipients r ON r.campaign_id = v.campaign_id AND r.seq = v.seq
       ), first AS (
         UPDATE campaign_recipients r SET opened_at = now() FROM visits v
         WHERE r.campaign_id = v.campaign_id AND r.seq = v.seq AND r.opened_at IS NULL
       )
       INSERT INTO events (at, workspace_id, campaign_id, seq, contact_id, type, human, detail)
       SELECT now(), workspace_id, campaign_id, seq, contact_id, 'opened', true, 'bench' FROM visits`,
      [
        Array.from({ length: 50 }, (_, n) => ids[(round * 50 + n) % ids.length]),
        Array.from({ length: 50 }, (_, n) => 1 + ((round * 6_151 + n * 911) % 10_000)),
      ],
    );
    const [found] = await product.sql<{ age: number | null }>(
      'SELECT extract(epoch FROM now() - min(at))::float8 AS age FROM report_marks',
    );
    oldest = Math.max(oldest, found?.age ?? 0);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return oldest;
}

async function agrees(api: ApiClient, db: pg.Client, id: string): Promise<Check> {
  const { counts } = await api.get<{ counts: { prepared: number; opened: number; clicked: number } }>(
    `/campaigns/${id}/report`,
  );
  const { rows } = await db.query<Record<string, number>>(
    `SELECT count(*)::int AS prepared, count(opened_at)::int AS opened, count(clicked_at)::int AS clicked
     FROM campaign_recipients WHERE campaign_id = $1`,
    [id],
  );
  const ok = Object.entries(rows[0] ?? {}).every(([name, n]) => counts[name as keyof typeof counts] === n);
  return { name: 'the report says what the rows say', ok, detail: JSON.stringify(rows[0]) };
}
