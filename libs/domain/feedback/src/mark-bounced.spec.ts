import type { Fact, RecipientStatus } from '#contracts';
import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { applyFact } from './index.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
  await test.db.run(
    `INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC');
     INSERT INTO campaigns (workspace_id, name, content, audience) VALUES (1, 'c', '{}', '{}');`,
  );
});
afterAll(() => test.drop());

let seq = 0;
async function recipient(status: RecipientStatus): Promise<number> {
  seq += 1;
  await test.db.run(
    `INSERT INTO campaign_recipients (campaign_id, seq, workspace_id, contact_id, batch_id, email, canonical, provider, status)
     VALUES (1, $1::int, 1, $1::int, 1, $2, $2, 'other', $3)`,
    [seq, `r${seq}@example.com`, status],
  );
  return seq;
}

function bounce(seq: number, type: 'hard-bounced' | 'soft-bounced'): Promise<boolean> {
  const reason = type === 'hard-bounced' ? ('userunknown' as const) : ('mailboxfull' as const);
  const evidence = { reason, status: '5.1.1', replyCode: 550, diagnostic: 'no such user', inboundMessageId: null };
  const fact: Fact = { type, recipient: { campaignId: '1', seq }, at: new Date('2026-03-02T08:00:00Z'), evidence };
  return test.db.transaction((tx) => applyFact(tx, fact));
}

const row = (seq: number) =>
  test.db.first(
    `SELECT status, bounce_kind AS kind, bounced_at IS NOT NULL AS bounced,
       EXISTS (SELECT 1 FROM suppressions s WHERE s.canonical = r.canonical) AS suppressed
     FROM campaign_recipients r WHERE campaign_id = 1 AND seq = $1`,
    [seq],
  );

it.each([
  ['accepted', { kind: 'hard', bounced: true, suppressed: true }],
  // The report was faster than the sender's own note of the slice.
  ['pending', { kind: 'hard', bounced: true, suppressed: true }],
  // What came back was taken.
  ['uncertain', { status: 'accepted', kind: 'hard', bounced: true, suppressed: true }],
  // Refused in the session: rejected, not bounced.
  ['rejected', { kind: 'hard', bounced: false, suppressed: true }],
  // Nothing was sent that could have come back.
  ['skipped', { kind: null, bounced: false, suppressed: false }],
] as const)('a hard bounce of a recipient who is %s is noted as %j', async (status, wanted) => {
  const seq = await recipient(status);
  expect(await bounce(seq, 'hard-bounced')).toBe(wanted.kind !== null);
  expect(await row(seq)).toEqual({ status, ...wanted });
});

it('the first report counts, and only a hard one replaces a soft one', async () => {
  const seq = await recipient('accepted');
  expect(await bounce(seq, 'soft-bounced')).toBe(true);
  expect(await bounce(seq, 'soft-bounced')).toBe(false);
  expect(await row(seq)).toEqual({ status: 'accepted', kind: 'soft', bounced: true, suppressed: false });
  expect(await bounce(seq, 'hard-bounced')).toBe(true);
  expect(await bounce(seq, 'soft-bounced')).toBe(false);
  expect(await row(seq)).toEqual({ status: 'accepted', kind: 'hard', bounced: true, suppressed: true });
});
