import pg from 'pg';
import type { SegmentNode } from '#contracts';
import type { ApiClient } from '../../test/support/api-client.js';
import { setUp, startProduct } from '../../test/support/product.js';
import type { Product } from '../../test/support/product.js';
import { addFields, addList, addReaders } from './audience.js';
import { row, rowAtMost } from './report.js';
import type { Benchmark, Check, Result, Row } from './report.js';
import { timed } from './timing.js';

const RUNS = 5;
const EXACT_S = 1;

/** A rule, and the condition somebody who knows the tables would write for it over `contacts c`. */
interface Question {
  name: string;
  of: SegmentNode[];
  byHand: string;
}

/** Counting five conditions and showing ten contacts, over the API, against the same question in SQL by hand. */
export const segment: Benchmark = {
  summary: 'count and preview of rules with five conditions: against the same SQL by hand',
  options: { contacts: 1_000_000 },
  run: async ({ contacts = 0 }) => {
    const product = await startProduct();
    try {
      return await measure(product, await setUp(product), contacts);
    } finally {
      await product.stop();
    }
  },
};

async function measure(product: Product, api: ApiClient, contacts: number): Promise<Result> {
  const { list, campaign } = await fill(product, api, contacts);
  const db = new pg.Client({ connectionString: product.databaseUrl() });
  await db.connect();
  const checks: Check[] = [];
  const rows: Row[] = [];
  try {
    for (const question of questions(list, campaign)) {
      const { ours, hand, count, handCount } = await compare(api, db, question);
      const seconds = (ms: number) => ms / 1000;
      rows.push(rowAtMost(question.name, 's', [seconds(ours), seconds(hand), ours / hand], [1.5, 1.3]));
      rows.push(
        row(`${question.name}, an exact answer in`, 's', [seconds(ours), EXACT_S, EXACT_S / seconds(ours)], [null, 1]),
      );
      const detail = `${count} of ${contacts}`;
      checks.push({ name: `${question.name}: the same number`, ok: count === handCount && count > 0, detail });
    }
  } finally {
    await db.end();
  }
  return { checks, rows };
}

/**
 * Everybody is on a list and got a campaign; three in ten opened it within sixty days, one in ten clicked. One in five
 * bought, twice within the last year.
 */
async function fill(product: Product, api: ApiClient, contacts: number): Promise<{ list: string; campaign: string }> {
  await addFields(api);
  const list = await addList(api, 'readers');
  await addReaders(product, contacts, (n) => [{ list, status: n % 20 === 0 ? 'unsubscribed' : 'subscribed' }]);
  const { id: campaign } = await api.post<{ id: string }>('/campaigns', { name: 'spring' });
  await product.sql('SELECT ensure_recipient_partition($1)', [campaign]);
  await product.sql(
    `INSERT INTO campaign_recipients (campaign_id, seq, workspace_id, contact_id, batch_id, email, canonical, provider,
       status, accepted_at, opened_at, clicked_at)
     SELECT $1, c.id, c.workspace_id, c.id, 1, c.email, c.canonical, 'other', 'accepted', now() - interval '61 days',
       CASE WHEN c.id % 10 < 3 THEN now() END, CASE WHEN c.id % 10 = 0 THEN now() END FROM contacts c`,
    [campaign],
  );
  await product.sql(
    `INSERT INTO events (at, workspace_id, campaign_id, seq, contact_id, type, human, link)
     SELECT now() - make_interval(hours => (c.id * 7 % 1440)::int), c.workspace_id, $1, c.id, c.id, kind,
       c.id % 4 > 0, CASE WHEN kind = 'clicked' THEN c.id % 10 END
     FROM contacts c CROSS JOIN (VALUES ('opened', 3), ('clicked', 1)) AS visit (kind, share) WHERE c.id % 10 < share`,
    [campaign],
  );
  await product.sql(
    `INSERT INTO suppressions (workspace_id, canonical, reason)
     SELECT workspace_id, canonical, 'manual' FROM contacts WHERE id % 100 = 3`,
  );
  await product.sql(
    `INSERT INTO purchases (workspace_id, contact_id, order_id, amount, currency, bought_at)
     SELECT c.workspace_id, c.id, c.id || '-' || n, 128.00, 'CNY', now() - make_interval(hours => (c.id * 11 * n % 8760)::int)
     FROM contacts c CROSS JOIN (VALUES (1), (2)) AS orders (n) WHERE c.id % 5 = 0`,
  );
  await product.sql('VACUUM ANALYZE contacts, events, campaign_recipients, suppressions, purchases');
  return { list, campaign };
}

function questions(list: string, campaign: string): Question[] {
  const visit = { kind: 'activity' as const, campaigns: [], url: null, atLeast: 1, machine: false };
  const lastMonth = { op: 'in_last', days: 30 } as const;
  const cities: SegmentNode = {
    kind: 'field',
    type: 'text',
    key: 'city',
    test: { op: 'is', values: ['Shanghai', 'London'] },
  };
  const points: SegmentNode = { kind: 'field', type: 'number', key: 'points', test: { op: 'gte', value: 50 } };
  const onList: SegmentNode = { kind: 'list', op: 'any', lists: [list], status: 'subscribed' };
  const city = `c.fields->>'city' IN ('Shanghai', 'London')`;
  const member = `c.id IN (SELECT contact_id FROM list_members WHERE list_id = ${list} AND status = 'subscribed')`;
  const since = (days = 30) =>
    `(SELECT date_trunc('day', now() AT TIME ZONE w.timezone) AT TIME ZONE w.timezone - interval '${days} days'
      FROM workspaces w WHERE w.id = c.workspace_id)`;
  const opened = (types: string) => `EXISTS (SELECT 1 FROM events e WHERE e.contact_id = c.id AND e.human
    AND e.type IN (${types}) AND e.at >= ${since()})`;
  const bought = (days: number) =>
    `EXISTS (SELECT 1 FROM purchases p WHERE p.contact_id = c.id AND p.bought_at >= ${since(days)})`;
  const unbarred = `NOT EXISTS (SELECT 1 FROM suppressions s WHERE s.workspace_id = c.workspace_id
    AND s.canonical = c.canonical)`;
  return [
    {
      name: 'five properties',
      of: [
        cities,
        points,
        { kind: 'field', type: 'boolean', key: 'vip', test: { op: 'is', value: true } },
        { kind: 'status', op: 'is', values: ['active'] },
        { kind: 'created', when: lastMonth },
      ],
      byHand: `${city} AND (c.fields->>'points')::numeric >= 50 AND c.fields->>'vip' = 'true' AND c.status = 'active'
        AND c.created_at >= now() - interval '30 days'`,
    },
    {
      name: 'opened in 30 days and not clicked',
      of: [
        onList,
        points,
        { ...visit, op: 'did', did: 'opened', when: lastMonth },
        { ...visit, op: 'did_not', did: 'clicked', when: lastMonth },
        { kind: 'suppressed', op: 'is_not', reasons: [] },
      ],
      byHand: `${member} AND (c.fields->>'points')::numeric >= 50 AND ${opened(`'opened', 'clicked'`)}
        AND NOT ${opened(`'clicked'`)} AND ${unbarred}`,
    },
    {
      name: 'bought in 90 days and not in 30',
      of: [
        onList,
        points,
        { ...visit, op: 'did', did: 'bought', when: { op: 'in_last', days: 90 } },
        { ...visit, op: 'did_not', did: 'bought', when: lastMonth },
        { kind: 'suppressed', op: 'is_not', reasons: [] },
      ],
      byHand: `${member} AND (c.fields->>'points')::numeric >= 50 AND ${bought(90)} AND NOT ${bought(30)} AND ${unbarred}`,
    },
    {
      name: 'got a campaign, silent for 30 days',
      of: [
        {
          ...{ kind: 'recipient', op: 'is', campaign, outcome: 'delivered' },
          ...{ link: null, reason: null, provider: null, machine: false },
        },
        { ...visit, op: 'did_not', did: 'opened', when: lastMonth },
        onList,
        { kind: 'any', of: [cities, points] },
      ],
      byHand: `EXISTS (SELECT 1 FROM campaign_recipients r WHERE r.campaign_id = ${campaign} AND r.contact_id = c.id
          AND r.accepted_at IS NOT NULL AND r.bounced_at IS NULL)
        AND NOT ${opened(`'opened', 'clicked'`)} AND ${member} AND (${city} OR (c.fields->>'points')::numeric >= 50)`,
    },
  ];
}

/** One after the other, so that both meet the same machine; the median of each. */
async function compare(api: ApiClient, db: pg.Client, { of, byHand }: Question) {
  const body = { rule: { version: 1, root: { kind: 'all', of } } };
  const where = `FROM contacts c WHERE c.workspace_id = (SELECT min(id) FROM workspaces) AND ${byHand}`;
  let count = 0;
  let handCount = 0;
  const asked = async () => {
    ({ count } = await api.post<{ count: number }>('/segments/preview', body));
  };
  const written = async () => {
    const { rows } = await db.query<{ n: number }>(`SELECT count(*)::int AS n ${where}`);
    handCount = rows[0]?.n ?? 0;
    await db.query(`SELECT c.id, c.email, c.name, c.status ${where} LIMIT 10`);
  };
  const times = { ours: [] as number[], hand: [] as number[] };
  for (let run = 0; run <= RUNS; run += 1) {
    const ours = await timed(asked);
    const hand = await timed(written);
    // The first of each reads what the others find in memory.
    if (run > 0) {
      times.ours.push(ours);
      times.hand.push(hand);
    }
  }
  return { ours: median(times.ours), hand: median(times.hand), count, handCount };
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
