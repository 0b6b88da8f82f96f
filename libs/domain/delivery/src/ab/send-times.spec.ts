import { randomUUID } from 'node:crypto';
import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import type { CountedArm } from '#domain/campaigns';
import { claimBatch } from '../claim-batch.js';
import { prepareCampaign } from '../prepare-campaign.js';
import { decideTests } from './decide-tests.js';

const PEOPLE = 400;
const WINDOW_MINUTES = 60;

let test: TestDatabase;
let workspace: string;
let list: string;
beforeAll(async () => {
  test = await createTestDatabase();
  workspace = await one(`INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC') RETURNING id`);
  list = await one(`INSERT INTO lists (workspace_id, name) VALUES ($1, 'l') RETURNING id`, [workspace]);
  await test.db.run(
    `WITH c AS (INSERT INTO contacts (workspace_id, email, canonical, domain)
       SELECT $1, e, e, 'firm.cn' FROM (SELECT 'r' || n || '@firm.cn' AS e FROM generate_series(1, $3::int) n) s RETURNING id)
     INSERT INTO list_members (list_id, contact_id, workspace_id, status) SELECT $2, id, $1, 'subscribed' FROM c`,
    [workspace, list, PEOPLE],
  );
});
afterAll(() => test.drop());

async function one(text: string, values: unknown[] = []): Promise<string> {
  return (await test.db.first<{ id: string }>(text, values))?.id ?? '';
}

/** A campaign to all, prepared: A now, B in an hour, C in two; a tenth gets nothing. */
async function prepared(): Promise<string> {
  const campaign = await one(
    `INSERT INTO campaigns (workspace_id, name, content, audience, status, started_at, frozen_at, deadline_hours, deadline_at,
       max_contact_id)
     VALUES ($1, 'c', '{}', jsonb_build_object('lists', jsonb_build_array($2::text), 'excludeLists', '[]'::jsonb), 'sending',
       now(), now(), 1, now() + interval '1 hour', (SELECT max(id) FROM contacts)) RETURNING id`,
    [workspace, list],
  );
  const at = (hours: number) => ({
    ...{ subject: null, fromName: null, content: null },
    sendAt: new Date(Date.now() + hours * 3_600_000).toISOString(),
  });
  await test.db.run(
    `INSERT INTO ab_tests (campaign_id, variants, sample, hold_out, metric, duration_minutes) VALUES ($1, $2, 90, 10, 'clicked', $3)`,
    [campaign, JSON.stringify([at(1), at(2)]), WINDOW_MINUTES],
  );
  await test.db.run('SELECT ensure_recipient_partition($1)', [campaign]);
  await prepareCampaign(test.db, { add: () => Promise.resolve() } as never, campaign);
  return campaign;
}

/** Each variant was sent at its hour, all some hours ago; `clicks` of it clicked so many minutes after their mail. */
async function sent(campaign: string, clicks: readonly { within: number; later: number }[]): Promise<void> {
  for (const [arm, { within, later }] of clicks.entries()) {
    await test.db.run(
      `UPDATE campaign_recipients r SET status = 'accepted', attempts = '[{}]', accepted_at = s.at,
         clicked_at = CASE WHEN n <= $3 THEN s.at + interval '59 minutes' WHEN n <= $3 + $4 THEN s.at + interval '61 minutes' END
       FROM (SELECT seq, row_number() OVER (ORDER BY seq) AS n, now() - interval '5 hours' + $2 * interval '1 hour' AS at
             FROM campaign_recipients JOIN send_batches b ON b.id = batch_id
             WHERE campaign_recipients.campaign_id = $1 AND b.arm = $2) s
       WHERE r.campaign_id = $1 AND r.seq = s.seq`,
      [campaign, arm, within, later],
    );
  }
  await test.db.run(`UPDATE send_batches SET status = 'done' WHERE campaign_id = $1`, [campaign]);
}

const outcome = (campaign: string) =>
  test.db.first<{ counted: CountedArm[] }>(
    `SELECT judged_at IS NOT NULL AS judged, verdict, counted, winner, chosen_by AS "chosenBy" FROM ab_tests WHERE campaign_id = $1`,
    [campaign],
  );

it('each variant’s batches leave at its time, nobody waits for a verdict, and the last has as long for retries', async () => {
  const campaign = await prepared();
  const rows = await test.db.rows(
    `SELECT arm, sum(size)::int AS people, round(extract(epoch FROM coalesce(min(due_at), now()) - now()) / 3600)::int AS due,
       min(ready_at) >= coalesce(min(due_at), '-infinity') AS ready
     FROM send_batches WHERE campaign_id = $1 GROUP BY arm ORDER BY arm`,
    [campaign],
  );
  expect(rows).toEqual([
    { arm: 0, people: 120, due: 0, ready: true },
    { arm: 1, people: 120, due: 1, ready: true },
    { arm: 2, people: 120, due: 2, ready: true },
  ]);
  expect(await claimBatch(test.db, randomUUID())).toMatchObject({ campaignId: campaign, arm: 0 });
  // Also where a preparation for engagement, or a resend, has made them ready.
  await test.db.run('UPDATE send_batches SET ready_at = now() WHERE campaign_id = $1', [campaign]);
  expect(await claimBatch(test.db, randomUUID())).toBeUndefined();
  const deadline = await test.db.first(
    `SELECT round(extract(epoch FROM deadline_at - now()) / 3600)::int AS hours FROM campaigns WHERE id = $1`,
    [campaign],
  );
  expect(deadline).toEqual({ hours: 3 });
  await test.db.run(`UPDATE campaigns SET status = 'cancelled' WHERE id = $1`, [campaign]);
});

it('the verdict compares what each did within the same time after its own mail, and sends nothing', async () => {
  const campaign = await prepared();
  // By all clicks A would be far ahead: it has had two hours more than C.
  await sent(campaign, [
    { within: 10, later: 80 },
    { within: 12, later: 0 },
    { within: 45, later: 0 },
  ]);
  await decideTests(test.db);
  expect(await outcome(campaign)).toMatchObject({ judged: false });
  await decideTests(test.db);
  expect(await outcome(campaign)).toMatchObject({ judged: false });
  await test.db.run(`UPDATE ab_tests SET measured_from = now() - interval '1 hour' WHERE campaign_id = $1`, [campaign]);
  await decideTests(test.db);
  expect(await outcome(campaign)).toMatchObject({
    judged: true,
    verdict: { winner: 2, reason: null },
    counted: [
      { delivered: 120, acted: 10 },
      { delivered: 120, acted: 12 },
      { delivered: 120, acted: 45 },
    ],
    winner: null,
    chosenBy: null,
  });
});

it('who has not been watched for the whole time does not count', async () => {
  const campaign = await prepared();
  await sent(campaign, [
    { within: 30, later: 0 },
    { within: 30, later: 0 },
    { within: 30, later: 0 },
  ]);
  // A retry came through ten minutes ago; one bounced within the time and one long after it.
  const change = (set: string, n: number) =>
    test.db.run(
      `UPDATE campaign_recipients r SET ${set} FROM send_batches b WHERE b.id = r.batch_id AND r.campaign_id = $1 AND b.arm = 0
         AND r.seq IN (SELECT seq FROM campaign_recipients x WHERE x.campaign_id = $1 AND x.batch_id = b.id ORDER BY seq DESC
                       OFFSET $2 LIMIT 1)`,
      [campaign, n],
    );
  await change(`accepted_at = now() - interval '10 minutes', clicked_at = now()`, 0);
  await change(`bounced_at = accepted_at + interval '1 minute'`, 1);
  await change(`bounced_at = accepted_at + interval '2 hours'`, 2);
  await decideTests(test.db);
  await test.db.run(`UPDATE ab_tests SET measured_from = now() - interval '1 hour' WHERE campaign_id = $1`, [campaign]);
  await decideTests(test.db);
  expect((await outcome(campaign))?.counted.map(({ delivered }) => delivered)).toEqual([118, 120, 120]);
});
