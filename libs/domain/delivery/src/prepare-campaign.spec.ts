import { randomUUID } from 'node:crypto';
import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { claimBatch } from './claim-batch.js';
import { prepareCampaign } from './prepare-campaign.js';

let test: TestDatabase;
let workspace: string;
let list: string;
beforeAll(async () => {
  test = await createTestDatabase();
  workspace = await one(`INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC') RETURNING id`);
  list = await one(`INSERT INTO lists (workspace_id, name) VALUES ($1, 'l') RETURNING id`, [workspace]);
  for (const name of ['silent', 'new', 'opened', 'clicked']) {
    for (const domain of ['firm.cn', 'own.cn']) await contact(`${name}@${domain}`, domain);
  }
  await test.db.run(`INSERT INTO mail_domains (domain, provider, checked_at) VALUES ('firm.cn', 'exmail', now())`);
});
afterAll(() => test.drop());
afterEach(() => test.db.run('DELETE FROM smtp_accounts'));

async function one(text: string, values: unknown[] = []): Promise<string> {
  return (await test.db.first<{ id: string }>(text, values))?.id ?? '';
}

async function contact(email: string, domain: string): Promise<void> {
  await test.db.run(
    `WITH c AS (INSERT INTO contacts (workspace_id, email, canonical, domain) VALUES ($1, $2, $2, $3) RETURNING id)
     INSERT INTO list_members (list_id, contact_id, workspace_id, status) SELECT $4, id, $1, 'subscribed' FROM c`,
    [workspace, email, domain, list],
  );
}

const account = (warmup: unknown) =>
  one(
    `INSERT INTO smtp_accounts (workspace_id, kind, name, host, port, security, auth_method, return_path, connections,
       messages_per_connection, warmup)
     VALUES ($1, 'smtp', 'a', 'relay.example', 25, 'none', 'none', 'verp', 1, 1, $2) RETURNING id`,
    [workspace, warmup && JSON.stringify(warmup)],
  );

/** A campaign to the list, prepared, perhaps for a time on each recipient's clock; earlier ones were answered. */
async function prepared(recipientTime: string | null = null): Promise<string> {
  const campaign = await one(
    `INSERT INTO campaigns (workspace_id, name, content, audience, status, started_at, frozen_at, deadline_at, max_contact_id,
       recipient_time, timezone, scheduled_at)
     VALUES ($1, 'c', '{}', jsonb_build_object('lists', jsonb_build_array($2::text), 'excludeLists', '[]'::jsonb), 'sending',
       now(), now(), now() + interval '2 days', (SELECT max(id) FROM contacts), $3::text, 'UTC',
       $3::text::timestamp AT TIME ZONE 'UTC') RETURNING id`,
    [workspace, list, recipientTime],
  );
  await test.db.run('SELECT ensure_recipient_partition($1)', [campaign]);
  await prepareCampaign(test.db, { add: () => Promise.resolve() } as never, campaign);
  return campaign;
}

async function answerAll(campaign: string): Promise<void> {
  await test.db.run(
    `UPDATE campaign_recipients SET status = 'accepted', accepted_at = CASE WHEN email NOT LIKE 'new@%' THEN now() END,
       opened_at = CASE WHEN email LIKE 'opened@%' THEN now() END,
       clicked_at = CASE WHEN email LIKE 'clicked@%' THEN now() END WHERE campaign_id = $1`,
    [campaign],
  );
  await test.db.run(`UPDATE send_batches SET status = 'done' WHERE campaign_id = $1`, [campaign]);
}

it('knows the provider of a company’s domain by its MX, and leaves an unknown one to be looked up', async () => {
  const campaign = await prepared();
  const rows = await test.db.rows(
    'SELECT DISTINCT split_part(email, $2, 2) AS domain, provider FROM campaign_recipients WHERE campaign_id = $1 ORDER BY 1',
    [campaign, '@'],
  );
  expect(rows).toEqual([
    { domain: 'firm.cn', provider: 'exmail' },
    { domain: 'own.cn', provider: 'other' },
  ]);
  expect(await test.db.rows('SELECT domain FROM mail_domains WHERE checked_at IS NULL')).toEqual([
    { domain: 'own.cn' },
  ]);
  await answerAll(campaign);
});

it('divides its batches by when their recipients are due, and nobody is claimed before', async () => {
  await test.db.run(`UPDATE contacts SET timezone = 'Asia/Tokyo' WHERE email LIKE 'new@%'`);
  await test.db.run(`UPDATE contacts SET timezone = 'Mars/Olympus' WHERE email LIKE 'silent@%'`);
  const soon = new Date(Date.now() + 3_600_000).toISOString().slice(0, 19);
  const campaign = await prepared(soon);
  const rows = await test.db.rows<{ due: number; emails: string[]; sizes: number[] }>(
    `SELECT round(extract(epoch FROM b.due_at - c.scheduled_at) / 3600)::int AS due,
       array_agg(r.email ORDER BY r.email) AS emails, array_agg(DISTINCT b.size) AS sizes
     FROM campaign_recipients r JOIN send_batches b ON b.id = r.batch_id JOIN campaigns c ON c.id = b.campaign_id
     WHERE r.campaign_id = $1 AND b.due_at = b.ready_at GROUP BY 1, b.provider ORDER BY 1, 2`,
    [campaign],
  );
  const of = (domain: string) => ['clicked', 'opened', 'silent'].map((name) => `${name}@${domain}`);
  // In Tokyo the hour has passed: 24 hours less the 9 that it is ahead.
  expect(rows).toEqual([
    { due: 0, emails: of('firm.cn'), sizes: [3] },
    { due: 0, emails: of('own.cn'), sizes: [3] },
    { due: 15, emails: ['new@firm.cn'], sizes: [1] },
    { due: 15, emails: ['new@own.cn'], sizes: [1] },
  ]);
  expect(await claimBatch(test.db, randomUUID())).toBeUndefined();
  await test.db.run('UPDATE send_batches SET ready_at = now() WHERE campaign_id = $1', [campaign]);
  expect(await claimBatch(test.db, randomUUID())).toBeUndefined();
  const zones = await test.db.rows(
    'SELECT zone, recipients FROM campaign_zones WHERE campaign_id = $1 ORDER BY recipients, zone',
    [campaign],
  );
  expect(zones).toEqual([
    { zone: 'Asia/Tokyo', recipients: 2 },
    { zone: 'Mars/Olympus', recipients: 2 },
    { zone: '', recipients: 4 },
  ]);
  await test.db.run('UPDATE contacts SET timezone = NULL');
  await answerAll(campaign);
});

it('goes to the most engaged first where all its accounts warm up, and not where one does not', async () => {
  for (let before = 0; before < 3; before += 1) await answerAll(await prepared());
  await account({ preset: 'usual', startAt: new Date().toISOString(), volumes: [] });
  const warm = await prepared();
  const order: string[] = [];
  for (let batch = await claimBatch(test.db, ME); batch; batch = await claimBatch(test.db, ME)) {
    const { names } = (await test.db.first<{ names: string }>(
      `SELECT string_agg(DISTINCT split_part(email, '@', 1), ',') AS names FROM campaign_recipients WHERE batch_id = $1`,
      [batch.id],
    ))!;
    order.push(names);
  }
  expect(order).toEqual([...['clicked', 'clicked', 'opened', 'opened', 'new', 'new', 'silent', 'silent']]);
  await answerAll(warm);

  await account(null);
  const mixed = await prepared();
  const batches = await test.db.rows('SELECT tier, provider FROM send_batches WHERE campaign_id = $1 ORDER BY 2', [
    mixed,
  ]);
  expect(batches).toEqual([
    { tier: 0, provider: 'exmail' },
    { tier: 0, provider: 'other' },
  ]);
});

it('leaves out who is backed off, and a whole barred domain, as suppressed', async () => {
  await test.db.run(
    `INSERT INTO suppressions (workspace_id, canonical, reason, expires_at)
     VALUES ($1, 'new@firm.cn', 'backed_off', now() + interval '7 days'), ($1, '@own.cn', 'manual', NULL)`,
    [workspace],
  );
  const campaign = await prepared();
  const rows = await test.db.rows('SELECT email FROM campaign_recipients WHERE campaign_id = $1 ORDER BY 1', [
    campaign,
  ]);
  expect(rows).toEqual(['clicked', 'opened', 'silent'].map((name) => ({ email: `${name}@firm.cn` })));
  expect(
    await test.db.rows('SELECT reason, count(*)::int AS n FROM campaign_exclusions WHERE campaign_id = $1 GROUP BY 1', [
      campaign,
    ]),
  ).toEqual([{ reason: 'suppressed', n: 5 }]);
});

const ME = '00000000-0000-4000-8000-000000000001';
