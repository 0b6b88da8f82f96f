import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { settleUncertain } from './settle-uncertain.js';
import type { UncertainDecision } from './settle-uncertain.js';
import { countUncertain, listUncertain, uncertainStory } from './uncertain.js';
import type { UncertainChoice } from './uncertain.js';

const AT = '2026-03-02T08:00:00.000Z';
let test: TestDatabase;
let account: string;
let campaign: string;

beforeAll(async () => {
  test = await createTestDatabase();
  await test.db.run(`INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC')`);
  account = await id(
    `INSERT INTO smtp_accounts (workspace_id, kind, name, host, port, security, auth_method, return_path, connections,
       messages_per_connection) VALUES (1, 'smtp', 'Relay', 'relay.example', 25, 'none', 'none', 'account', 1, 1) RETURNING id`,
  );
});
afterAll(() => test.drop());

/** Five uncertain recipients: two of a stopped sender, three of a lost connection; and one that was accepted. */
beforeEach(async () => {
  campaign = await id(
    `INSERT INTO campaigns (workspace_id, name, status, content, audience, prepared_at, deadline_at)
     VALUES (1, 'c', 'sent', '{}', '{}', now(), now() - interval '1 hour') RETURNING id`,
  );
  const batch = await id(
    `INSERT INTO send_batches (campaign_id, workspace_id, provider, size, status) VALUES ($1, 1, 'qq', 6, 'done') RETURNING id`,
    [campaign],
  );
  for (let seq = 1; seq <= 6; seq += 1) {
    const stopped = seq <= 2;
    const attempt = {
      kind: 'uncertain',
      at: AT,
      // One of before the journal named the account, one of since.
      smtpAccountId: seq === 1 ? '' : account,
      ...(seq === 2 ? { senderStopped: true } : {}),
      text: stopped ? 'lost' : 'closed',
    };
    await test.db.run(
      `INSERT INTO campaign_recipients (campaign_id, seq, workspace_id, contact_id, batch_id, email, canonical, provider,
         status, attempts, finished_at) VALUES ($1, $2::int, 1, $2::int, $3, $4, $4, 'qq', $5, $6, now())`,
      [campaign, seq, batch, `r${seq}@qq.com`, seq === 6 ? 'accepted' : 'uncertain', JSON.stringify([attempt])],
    );
  }
});

async function id(sql: string, values: unknown[] = []): Promise<string> {
  return String((await test.db.first<{ id: string }>(sql, values))?.id);
}

const decide = (decision: UncertainDecision, choice: UncertainChoice = {}) =>
  test.db.transaction((tx) => settleUncertain(tx, campaign, decision, choice));

async function statuses(): Promise<string> {
  const rows = await test.db.rows<{ status: string }>(
    'SELECT status FROM campaign_recipients WHERE campaign_id = $1 ORDER BY seq',
    [campaign],
  );
  return rows.map(({ status }) => status.slice(0, 3)).join(' ');
}

it('each shows when, over which account and server, why nobody knows, and the last words', async () => {
  const first = await listUncertain(test.db, campaign, { limit: 2, count: true });
  expect(first).toMatchObject({
    total: 5,
    items: [
      { seq: 1, email: 'r1@qq.com', at: AT, cause: 'sender_stopped', smtpAccountId: null, host: null, text: 'lost' },
      { seq: 2 },
    ],
  });
  const rest = await listUncertain(test.db, campaign, { limit: 50, cursor: first.nextCursor! });
  expect(rest.items.map(({ seq }) => seq)).toEqual([3, 4, 5]);
  expect(rest.items[0]).toMatchObject({
    cause: 'connection_ended',
    smtpAccountId: account,
    smtpAccountName: 'Relay',
    host: 'relay.example',
    attempts: 1,
  });
  const filtered = await listUncertain(test.db, campaign, { limit: 50, cause: 'sender_stopped', q: 'R2' });
  expect(filtered.items.map(({ seq }) => seq)).toEqual([2]);
});

it('the story is told in groups', async () => {
  expect(await uncertainStory(test.db, campaign)).toMatchObject({
    count: 5,
    groups: [
      { cause: 'connection_ended', smtpAccountName: 'Relay', host: 'relay.example', count: 3, firstAt: AT },
      { cause: 'sender_stopped', smtpAccountName: 'Relay', count: 1, lastAt: AT },
      { cause: 'sender_stopped', smtpAccountName: null, count: 1, lastAt: AT },
    ],
  });
});

it.each([
  ['those named', { recipients: [1, 3, 6, 99] }, 'acc unc acc unc unc acc', 2],
  ['those of a cause', { filter: { cause: 'sender_stopped' } }, 'acc acc unc unc unc acc', 2],
  ['those of an account among the named', { recipients: [1, 3], filter: { q: 'r3' } }, 'unc unc acc unc unc acc', 1],
  ['everybody', {}, 'acc acc acc acc acc acc', 5],
] as const)('a decision is about %s', async (_, choice, wanted, count) => {
  expect(await decide('settle-accepted', choice as unknown as UncertainChoice)).toBe(count);
  expect(await statuses()).toBe(wanted);
  expect(await countUncertain(test.db, campaign)).toBe(5 - count);
});

it('whoever is skipped has the reason, and whoever is counted as accepted the time', async () => {
  await decide('settle-skipped', { recipients: [1] });
  await decide('settle-accepted', { recipients: [2] });
  const rows = await test.db.rows(
    `SELECT status, skip_reason, accepted_at IS NOT NULL AS accepted FROM campaign_recipients
     WHERE campaign_id = $1 AND seq <= 2 ORDER BY seq`,
    [campaign],
  );
  expect(rows).toEqual([
    { status: 'skipped', skip_reason: 'uncertain', accepted: false },
    { status: 'accepted', skip_reason: null, accepted: true },
  ]);
});

it('a decision for another number than there are changes nothing and says how many there are', async () => {
  await expect(decide('resend', { filter: { cause: 'sender_stopped' }, expected: 3 })).rejects.toMatchObject({
    code: 'UNCERTAIN_CHANGED',
    extra: { current: 2 },
  });
  expect(await statuses()).toBe('unc unc unc unc unc acc');
  expect(await decide('resend', { filter: { cause: 'sender_stopped' }, expected: 2 })).toBe(2);
});

it('a resend of some brings their batch and their campaign back to life, with time to send', async () => {
  expect(await decide('resend', { recipients: [4] })).toBe(1);
  expect(await statuses()).toBe('unc unc unc pen unc acc');
  const state = await test.db.first(
    `SELECT c.status, b.status AS batch, c.deadline_at > now() + interval '50 minutes' AS time
     FROM campaigns c JOIN send_batches b ON b.campaign_id = c.id WHERE c.id = $1`,
    [campaign],
  );
  expect(state).toEqual({ status: 'sending', batch: 'ready', time: true });
});

it('a cancelled campaign sends nothing again, but can be settled', async () => {
  await test.db.run(`UPDATE campaigns SET status = 'cancelled' WHERE id = $1`, [campaign]);
  await expect(decide('resend')).rejects.toMatchObject({ code: 'CAMPAIGN_NOT_RESUMABLE' });
  expect(await decide('settle-skipped')).toBe(5);
});
