import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { lateBounces } from './late-bounces.js';

let test: TestDatabase;
const ACCOUNT = { id: '5', workspaceId: '1' };
beforeAll(async () => {
  test = await createTestDatabase();
  await test.db.run("INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC')");
  await test.db.run(
    `INSERT INTO campaigns (workspace_id, name, content, audience, status, started_at, deadline_at)
     VALUES (1, 'c', '{}', '{}', 'sending', now(), now() + interval '1 day')`,
  );
  await test.db.run(`INSERT INTO send_batches (campaign_id, workspace_id, provider, size) VALUES (1, 1, 'other', 9)`);
  await test.db.run('SELECT ensure_recipient_partition(1)');
});
afterAll(() => test.drop());

let seq = 0;
/** A message over an account, and that it came back so long ago. */
async function bounced(
  hoursAgo: number,
  {
    status = 'accepted',
    rule = 'no_mailbox',
    account = '5',
  }: { status?: string; rule?: string; account?: string } = {},
): Promise<void> {
  seq += 1;
  await test.db.run(
    `INSERT INTO campaign_recipients (campaign_id, seq, workspace_id, contact_id, batch_id, email, canonical, provider,
       status, attempts)
     VALUES (1, $1::int, 1, $1::int, 1, 'a', 'a', 'other', $2, jsonb_build_array(jsonb_build_object('smtpAccountId', $3::text)))`,
    [seq, status, account],
  );
  await test.db.run(
    `INSERT INTO hygiene_hits (workspace_id, canonical, domain, rule, reason, at, campaign_id, seq)
     VALUES (1, 'a', 'b', $3, 'userunknown', now() - make_interval(hours => $2), 1, $1)`,
    [seq, hoursAgo, rule],
  );
}

it('counts what was taken and came back for good within a day, of this account and since it was last set going', async () => {
  await bounced(1);
  await bounced(5, { rule: 'blocked' });
  // Refused in the session: those answers are counted where they are given.
  await bounced(1, { status: 'rejected' });
  await bounced(1, { rule: 'mailbox_full' });
  await bounced(1, { account: '6' });
  await bounced(30);
  expect(await lateBounces(test.db, ACCOUNT, null)).toBe(2);
  expect(await lateBounces(test.db, ACCOUNT, new Date(Date.now() - 2 * 3_600_000))).toBe(1);
});
