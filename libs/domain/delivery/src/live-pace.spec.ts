import type { AccountPace, SendOutcome } from '#contracts';
import { emptyPace, grantTokens } from '#engine/pace';
import type { PaceState } from '#engine/pace';
import { openSharedState } from '#platform/shared-state';
import type { SharedState } from '#platform/shared-state';
import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { findSmtpAccounts } from '#domain/senders';
import { livePaces, queued } from './live-pace.js';
import { PaceStore } from './pace-store.js';
import { ProviderPaces } from './provider-paces.js';

let test: TestDatabase;
let shared: SharedState;
let workspace: string;
let account: string;
beforeAll(async () => {
  test = await createTestDatabase();
  shared = openSharedState('', test.db);
  workspace = await one(`INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC') RETURNING id`);
  account = await one(
    `INSERT INTO smtp_accounts (workspace_id, kind, name, host, port, security, auth_method, return_path, connections,
       messages_per_connection, limits)
     VALUES ($1, 'smtp', 'relay', 'relay.example', 25, 'none', 'none', 'verp', 1, 1, '{"perDay": 100}') RETURNING id`,
    [workspace],
  );
});
afterAll(() => test.drop());

async function one(text: string, values: unknown[] = []): Promise<string> {
  return (await test.db.first<{ id: string }>(text, values))?.id ?? '';
}

/** A sending campaign with a batch of a provider: `begun` of its `size` recipients are accepted, -1 for not claimed. */
async function batch(
  provider: string,
  size: number,
  begun: number,
  accounts: string[] = [],
  emails = ['a'],
): Promise<void> {
  const campaign = await one(
    `INSERT INTO campaigns (workspace_id, name, content, audience, status, started_at, deadline_at, smtp_accounts)
     VALUES ($1, 'c', '{}', '{}', 'sending', now(), now() + interval '1 day', $2) RETURNING id`,
    [workspace, accounts],
  );
  const id = await one(
    `INSERT INTO send_batches (campaign_id, workspace_id, provider, size, fence) VALUES ($1, $2, $3, $4, $5) RETURNING id`,
    [campaign, workspace, provider, size, begun < 0 ? 0 : 1],
  );
  await test.db.run('SELECT ensure_recipient_partition($1)', [campaign]);
  await test.db.run(
    `INSERT INTO campaign_recipients (campaign_id, seq, workspace_id, contact_id, batch_id, email, canonical, provider, status)
     SELECT $1, n, $2, n, $3, emails.all[1 + n % cardinality(emails.all)], 'a', $4, CASE WHEN n <= $6 THEN 'accepted' ELSE 'pending' END
     FROM generate_series(1, $5::int) n, (SELECT $7::text[] AS all) emails`,
    [campaign, workspace, id, provider, size, begun, emails],
  );
}

async function live(leavesShare = 0): Promise<AccountPace> {
  const rows = await findSmtpAccounts(test.db, workspace, { after: null, limit: 10, q: null });
  return (
    await livePaces(shared, rows, (domains) => queued(test.db, workspace, domains), {
      standIn: false,
      leavesShare,
    })
  )[0]!;
}

it('shows of each provider its queue, its pace, what it answered, and why it is slow in its own words', async () => {
  await batch('qq', 30, -1);
  await batch('qq', 30, 10, [account]);
  await batch('gmail', 5, 0, ['999999']);
  await batch('other', 9, 0, [], ['a@Firm.example', 'b@firm.example', 'c@small.example']);
  await batch('other', 4, -1);
  const paces = new ProviderPaces(new PaceStore(shared, () => 1));
  const ok: SendOutcome = { kind: 'accepted', text: 'ok' };
  const limited: SendOutcome = { kind: 'deferred', code: 450, text: '450 Mail frequency limited' };
  await paces.answered(
    account,
    'gmail',
    Array.from({ length: 7 }, () => ({ email: 'a@gmail.com', outcome: ok })),
  );
  await paces.answered(account, 'qq', [
    ...Array.from({ length: 8 }, () => ({ email: 'a@qq.com', outcome: ok })),
    ...Array.from({ length: 2 }, () => ({ email: 'b@qq.com', outcome: limited })),
  ]);
  await paces.answered(account, 'other', [{ email: 'a@firm.example', outcome: limited }]);
  await paces.grant(account, 'qq', 5);

  const shown = await live();
  expect(shown).toMatchObject({
    name: 'relay',
    limits: { perDay: 100 },
    used: { perDay: 0 },
    nextAt: null,
    pending: 63,
    acceptedPerMinute: expect.any(Number),
    soundness: { count: 15, of: 18 },
  });
  const [qq, others, firm, gmail] = shown.providers;
  expect(qq).toMatchObject({
    provider: 'qq',
    domain: null,
    pending: 50,
    perMinute: expect.any(Number),
    nextAt: expect.any(String),
    acceptedPerMinute: expect.any(Number),
    answers: { accepted: 8, slowed: 2 },
    events: [{ code: 'PROVIDER_SLOWED', said: '450 Mail frequency limited' }],
  });
  // Accounts that a campaign does not name do not carry it.
  expect(gmail).toMatchObject({ provider: 'gmail', pending: 0, perMinute: null, answers: { accepted: 7 }, events: [] });
  // Of what has been begun the slowed domain has a line of its own, the rest of the long tail has another.
  expect(firm).toMatchObject({ provider: 'other', domain: 'firm.example', perMinute: 15, pending: 6 });
  expect(others).toMatchObject({ provider: 'other', domain: null, pending: 7 });
  expect(qq!.acceptedPerMinute).toBeGreaterThanOrEqual(6);
  expect(qq!.acceptedPerMinute).toBeLessThanOrEqual(8);
  expect(shown.acceptedPerMinute).toBe(qq!.acceptedPerMinute + gmail!.acceptedPerMinute);
});

it('a day whose rest is left to triggered mail is used up for campaigns, and they are told until when', async () => {
  const paces = new PaceStore(shared, () => 1);
  await paces.update<PaceState, null>(`account:${account}`, (state, nowMs) => ({
    state: grantTokens(state ?? emptyPace(), { perDay: 100 }, nowMs, 90).state,
    result: null,
  }));
  expect((await live()).nextAt).toBeNull();
  expect(await live(0.1)).toMatchObject({ used: { perDay: 90 }, nextAt: expect.any(String) });
});
