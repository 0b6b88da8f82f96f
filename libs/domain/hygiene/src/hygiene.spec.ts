import type { BounceReason } from '#contracts';
import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { moveCampaign } from '#domain/campaigns';
import type { RequestContext } from '#domain/workspaces';
import { HygieneService, applyBounces, forgetOldHits, heedBlocks } from './index.js';

const ctx: RequestContext = {
  ...{ workspaceId: '1', role: null, permissions: new Set() },
  actor: { type: 'key', id: '1', name: 'spec' },
};

const DAY = 86_400_000;
let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
  await test.db.run(`INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC')`);
});
afterAll(() => test?.drop());

const ago = (days: number) => new Date(Date.now() - days * DAY);
let count = 0;
const freshAddress = (domain = 'shop.example.org') => `p${(count += 1)}@${domain}`;

async function campaign(status = 'sending'): Promise<string> {
  const row = await test.db.first<{ id: string }>(
    `INSERT INTO campaigns (workspace_id, name, content, audience, status, from_address)
     VALUES (1, 'c', '{}', '{}', $1, 'news@brand.example') RETURNING id`,
    [status],
  );
  return row!.id;
}

/** A message to an address, as the ledger has it. */
async function sent(
  canonical: string,
  more: { at: Date; clicked?: Date; campaignId?: string; provider?: string; status?: string },
): Promise<{ campaignId: string; seq: number }> {
  const campaignId = more.campaignId ?? (await campaign('sent'));
  const row = await test.db.first<{ seq: number }>(
    `WITH known AS (
       INSERT INTO contacts (workspace_id, email, canonical, domain) VALUES (1, $2, $2, substring($2 from '[^@]*$'))
       ON CONFLICT (workspace_id, canonical) DO UPDATE SET email = excluded.email RETURNING id)
     INSERT INTO campaign_recipients (campaign_id, seq, workspace_id, contact_id, batch_id, email, canonical, provider,
       status, accepted_at, finished_at, clicked_at)
     SELECT $1, (SELECT count(*) + 1 FROM campaign_recipients WHERE campaign_id = $1), 1, known.id, 1, $2, $2, $5,
       $6, $3, $3, $4 FROM known RETURNING seq`,
    [campaignId, canonical, more.at, more.clicked ?? null, more.provider ?? 'other', more.status ?? 'accepted'],
  );
  return { campaignId, seq: row!.seq };
}

async function bounces(canonical: string, reason: BounceReason, at: Date): Promise<void> {
  const bounced = await sent(canonical, { at });
  await test.db.run(
    `UPDATE campaign_recipients SET bounce_kind = 'soft', bounced_at = $3 WHERE campaign_id = $1 AND seq = $2`,
    [bounced.campaignId, bounced.seq, at],
  );
  const evidence = { reason, status: null, replyCode: 550, diagnostic: `550 ${reason}`, inboundMessageId: null };
  await test.db.transaction((tx) => applyBounces(tx, [{ workspaceId: '1', canonical, bounced, evidence, at }]));
}

const entry = (canonical: string) =>
  test.db.first<{ reason: string; days: number | null; detail: string }>(
    `SELECT reason, detail, round(extract(epoch FROM expires_at - now()) / 86400)::int AS days
     FROM suppressions WHERE canonical = $1`,
    [canonical],
  );

it('an unknown user is suppressed at once; who clicked lately only when it is said again after 72 hours', async () => {
  const stranger = freshAddress();
  await bounces(stranger, 'userunknown', ago(0));
  expect(await entry(stranger)).toEqual({ reason: 'hard_bounce', days: null, detail: '550 userunknown' });

  const regular = freshAddress();
  await sent(regular, { at: ago(20), clicked: ago(20) });
  await bounces(regular, 'userunknown', ago(4));
  expect(await entry(regular)).toBeUndefined();
  await bounces(regular, 'hostunknown', ago(0));
  expect(await entry(regular)).toMatchObject({ reason: 'hard_bounce' });
});

it('a full mailbox is left alone for 7 days each time, and suppressed at the fifth over three weeks', async () => {
  const full = freshAddress();
  for (const days of [24, 18, 12]) await bounces(full, 'mailboxfull', ago(days));
  expect(await entry(full)).toBeUndefined(); // those days are over
  await bounces(full, 'mailboxfull', ago(2));
  expect(await entry(full)).toMatchObject({ reason: 'backed_off', days: 5 });
  await bounces(full, 'mailboxfull', ago(0));
  expect(await entry(full)).toMatchObject({ reason: 'soft_bounce', days: null });
});

it('three deliveries within two weeks begin the count anew', async () => {
  const full = freshAddress();
  for (const days of [40, 32, 26, 20]) await bounces(full, 'mailboxfull', ago(days));
  for (const days of [9, 6, 3]) await sent(full, { at: ago(days) });
  await bounces(full, 'mailboxfull', ago(0));
  expect(await entry(full)).toMatchObject({ reason: 'backed_off', days: 7 });
});

it('what a person lifted counts no more', async () => {
  const locked = freshAddress();
  await bounces(locked, 'suspend', ago(3));
  await test.db.run(`INSERT INTO suppression_lifts (workspace_id, canonical, at) VALUES (1, $1, $2)`, [locked, ago(1)]);
  await bounces(locked, 'suspend', ago(0));
  expect(await entry(locked)).toBeUndefined();
  await bounces(locked, 'filtered', ago(0));
  expect(await entry(locked)).toMatchObject({ reason: 'hard_bounce' });
});

it('a domain nobody answers for is quarantined after 7 over two weeks, but never where it took a message', async () => {
  for (const days of [15, 12, 10, 8, 6, 3]) await bounces(freshAddress('gone.example.org'), 'expired', ago(days));
  expect(await entry('@gone.example.org')).toBeUndefined();
  await bounces(freshAddress('gone.example.org'), 'networkerror', ago(0));
  expect(await entry('@gone.example.org')).toMatchObject({ reason: 'quarantined', days: 30 });

  await sent(freshAddress('slow.example.org'), { at: ago(8) });
  for (const days of [15, 12, 10, 8, 6, 3, 0]) await bounces(freshAddress('slow.example.org'), 'expired', ago(days));
  for (const days of [15, 12, 10, 8, 6, 3, 0]) await bounces(freshAddress('qq.com'), 'expired', ago(days));
  expect(await entry('@slow.example.org')).toBeUndefined();
  expect(await entry('@qq.com')).toBeUndefined();
});

it('blocks pause the campaign and touch nobody; who resumes is not paused again by the same answers', async () => {
  const id = await campaign();
  const words = 'Ip frequency limited [MXQ IP: 192.0.2.7]';
  const block = async (n: number) => {
    for (let i = 0; i < n; i += 1) {
      const canonical = freshAddress('qq.com');
      const bounced = await sent(canonical, { at: new Date(), campaignId: id, provider: 'qq', status: 'rejected' });
      const evidence = { reason: 'ratelimited' as const, status: null, replyCode: 550, diagnostic: words };
      await test.db.transaction((tx) =>
        applyBounces(tx, [
          {
            ...{ workspaceId: '1', canonical, bounced, at: new Date() },
            evidence: { ...evidence, inboundMessageId: null },
          },
        ]),
      );
    }
  };
  const heed = () => test.db.transaction((tx) => heedBlocks(tx, id));
  const state = () => test.db.first(`SELECT status, stop_reasons AS reasons FROM campaigns WHERE id = $1`, [id]);
  for (let i = 0; i < 45; i += 1) {
    await sent(freshAddress('qq.com'), { at: new Date(), campaignId: id, provider: 'qq' });
  }
  await block(10);
  expect(await heed()).toBe(false);
  await block(3);
  expect(await heed()).toBe(true);
  const why = { blocked: 13, of: 58, provider: 'qq', fromDomain: 'brand.example', words };
  expect(await state()).toEqual({
    status: 'paused',
    reasons: [expect.objectContaining({ code: 'BLOCKED', params: expect.objectContaining(why) })],
  });
  expect(await test.db.first(`SELECT count(*)::int AS n FROM suppressions WHERE canonical LIKE '%@qq.com'`)).toEqual({
    n: 0,
  });
  expect((await new HygieneService(test.db).alarms(ctx, { limit: 10 })).items).toMatchObject([
    { campaignId: id, fromDomain: 'brand.example', provider: 'qq', blocked: 13, settled: 58, words },
  ]);
  await moveCampaign(test.db, id, ['paused'], 'sending', `stop_reasons = '[]'`);
  expect(await heed()).toBe(false);
  expect(await state()).toEqual({ status: 'sending', reasons: [] });
  await block(40);
  await sent(freshAddress('qq.com'), { at: new Date(), campaignId: id, provider: 'qq' });
  expect(await heed()).toBe(true);
});

it('bounces that no row counts any more are forgotten, and no others', async () => {
  await test.db.run('DELETE FROM hygiene_hits');
  for (const days of [500, 401, 399, 1]) await bounces(freshAddress(), 'mailboxfull', ago(days));
  expect([await forgetOldHits(test.db), await forgetOldHits(test.db)]).toEqual([2, 0]);
  const [kept] = await test.db.rows<{ n: number }>('SELECT count(*)::int AS n FROM hygiene_hits');
  expect(kept?.n).toBe(2);
});
