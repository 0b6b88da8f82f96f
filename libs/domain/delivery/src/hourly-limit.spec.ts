import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { chooseVariant } from './ab/choose-variant.js';
import { prepareCampaign } from './prepare-campaign.js';

const PEOPLE = 2_400;
const LIMIT = 6_000;
const MINUTES = (PEOPLE / LIMIT) * 60;

let test: TestDatabase;
let workspace: string;
let list: string;
beforeAll(async () => {
  test = await createTestDatabase();
  workspace = await one(`INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC') RETURNING id`);
  list = await one(`INSERT INTO lists (workspace_id, name) VALUES ($1, 'l') RETURNING id`, [workspace]);
  await test.db.run(
    `WITH c AS (INSERT INTO contacts (workspace_id, email, canonical, domain)
       SELECT $1, e || d, e || d, d FROM (SELECT 'r' || n || '@' AS e,
         (ARRAY['qq.com', '163.com', 'gmail.com', 'outlook.com', 'yahoo.com', 'firm.cn'])[1 + n % 6] AS d FROM generate_series(1, $3::int) n) s RETURNING id)
     INSERT INTO list_members (list_id, contact_id, workspace_id, status) SELECT $2, id, $1, 'subscribed' FROM c`,
    [workspace, list, PEOPLE],
  );
});
afterAll(() => test.drop());

async function one(text: string, values: unknown[] = []): Promise<string> {
  return (await test.db.first<{ id: string }>(text, values))?.id ?? '';
}

/** A limited campaign to all, prepared in more than one chunk; perhaps with an A/B test on so many per cent. */
async function prepared(sample: number | null = null): Promise<string> {
  const campaign = await one(
    `INSERT INTO campaigns (workspace_id, name, content, audience, status, started_at, frozen_at, deadline_hours, deadline_at,
       max_contact_id, hourly_limit)
     VALUES ($1, 'c', '{}', jsonb_build_object('lists', jsonb_build_array($2::text), 'excludeLists', '[]'::jsonb), 'sending',
       now(), now(), 1, now() + interval '1 hour', (SELECT max(id) FROM contacts), $3) RETURNING id`,
    [workspace, list, LIMIT],
  );
  if (sample !== null) {
    const variants = JSON.stringify([{ subject: 'B', fromName: null, content: null, sendAt: null }]);
    await test.db.run(
      `INSERT INTO ab_tests (campaign_id, variants, sample, hold_out, metric, duration_minutes) VALUES ($1, $2, $3, 0, 'clicked', 60)`,
      [campaign, variants, sample],
    );
  }
  await test.db.run('SELECT ensure_recipient_partition($1)', [campaign]);
  await prepareCampaign(test.db, { add: () => Promise.resolve() } as never, campaign);
  return campaign;
}

/** Batches in the order in which they are due, in minutes from `since`, with how many have been due by then. */
const batches = (campaign: string, where: string, since: string) =>
  test.db.rows<{ size: number; minute: number; until: number }>(
    `SELECT size, (extract(epoch FROM due_at - $2::timestamptz) / 60)::float8 AS minute, sum(size) OVER (ORDER BY due_at)::int AS until
     FROM send_batches WHERE campaign_id = $1 AND ${where} ORDER BY due_at`,
    [campaign, since],
  );
const startOf = (campaign: string) => one('SELECT started_at::text AS id FROM campaigns WHERE id = $1', [campaign]);

function expectEven(rows: Awaited<ReturnType<typeof batches>>, people: number): void {
  expect(rows.at(-1)?.until).toBe(people);
  // Counted by the second: a due time has no more digits.
  for (const { size, minute, until } of rows) {
    expect(size).toBeLessThanOrEqual(LIMIT / 60);
    expect(until).toBeLessThanOrEqual((minute * LIMIT) / 60 + 0.01);
  }
  // Minute by minute, whoever the providers are: none is without a batch.
  const minutes = new Set(rows.map(({ minute }) => Math.ceil(minute - 0.001)));
  expect(minutes.size).toBe(Math.ceil((people / LIMIT) * 60));
  expect(rows.at(-1)?.minute).toBeCloseTo((people / LIMIT) * 60, 2);
}

it('batches are due so that no more than the limit have left at any moment, and the last has as long for retries', async () => {
  const campaign = await prepared();
  expectEven(await batches(campaign, 'true', await startOf(campaign)), PEOPLE);
  const { minutes } = (await test.db.first<{ minutes: number }>(
    'SELECT (extract(epoch FROM deadline_at - started_at) / 60)::int AS minutes FROM campaigns WHERE id = $1',
    [campaign],
  ))!;
  expect(minutes).toBe(MINUTES + 60);
});

it('the rest of an A/B test is spread from the decision on, as its sample was from the start on', async () => {
  const campaign = await prepared(25);
  const sample = PEOPLE / 4;
  expectEven(await batches(campaign, 'arm >= 0', await startOf(campaign)), sample);
  await test.db.run(`UPDATE campaigns SET started_at = started_at - interval '5 hours' WHERE id = $1`, [campaign]);
  await test.db.run(`UPDATE send_batches SET due_at = due_at - interval '5 hours' WHERE campaign_id = $1`, [campaign]);
  const decided = await test.db.transaction(async (tx) => {
    await chooseVariant(tx, campaign, 1, 'person');
    return (await tx.first<{ at: string }>('SELECT now()::text AS at'))!.at;
  });
  expectEven(await batches(campaign, 'arm < 0', decided), PEOPLE - sample);
});
