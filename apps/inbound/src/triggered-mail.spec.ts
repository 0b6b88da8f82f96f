import { createMessageTokens } from '#engine/token';
import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { applyMessageRefusals, storeInbound } from '#domain/feedback';
import { MailReader } from './mail-reader.js';
import { processMails } from './process-mails.js';
import { dsn, feedbackReport, reply } from './testing/reports.js';
import { KEYS, OTHER_KEYS, NO_EFFECT, effectsOn, sentCampaign } from './testing/sent-campaign.js';
import type { SentCampaign } from './testing/sent-campaign.js';

let test: TestDatabase;
let reader: MailReader;
let campaign: SentCampaign;
let content: string;
const ADDRESS = 'li@rcpt.example';
beforeAll(async () => {
  test = await createTestDatabase();
  reader = new MailReader();
  campaign = await sentCampaign(test.db, 'w', 3);
  const row = await test.db.first<{ id: string }>(
    "INSERT INTO message_contents (workspace_id, hash, compiled) VALUES ($1, 'x', '{}') RETURNING id",
    [campaign.workspaceId],
  );
  content = row!.id;
});
afterAll(async () => {
  await reader?.close();
  await test?.drop();
});
afterEach(async () => {
  await test.db.run('DELETE FROM messages');
  await test.db.run('DELETE FROM suppressions');
});

async function message(status = 'accepted', attempts: object[] = []): Promise<string> {
  const row = await test.db.first<{ id: string }>(
    `INSERT INTO messages (workspace_id, to_address, canonical, provider, from_address, content_id, subject, status,
       deadline_at, accepted_at, attempts, refusal_pending)
     VALUES ($1, $2, $2, 'other', 'a@brand.example', $3, 's', $4, now(), CASE WHEN $4 = 'accepted' THEN now() END, $5,
       $4 = 'rejected') RETURNING id`,
    [campaign.workspaceId, ADDRESS, content, status, JSON.stringify(attempts)],
  );
  return row!.id;
}

function namesOf(id: string, keys = KEYS) {
  const token = createMessageTokens(id, keys);
  return {
    verp: `b.${token('bounce')}@bounces.brand.example`,
    original: [`Message-ID: <m.${token('message-id')}@brand.example>`, `X-Hongyan-Ref: ${token('reply')}`],
    thread: [`In-Reply-To: <m.${token('message-id')}@brand.example>`],
  };
}

async function take(raw: string, recipient: string): Promise<{ status: string; trust: string; summary: string }> {
  const source = { type: 'smtp' as const, recipients: [recipient], sender: null, remote: '192.0.2.9' };
  const id = await storeInbound(test.db, Buffer.from(raw), source);
  await processMails({ db: test.db, reader, keys: KEYS }, [id!]);
  return (await test.db.first('SELECT status, trust, summary FROM inbound_messages WHERE id = $1', [id]))!;
}

const state = (id: string) =>
  test.db.first(
    `SELECT m.status, m.bounce_kind AS bounce, m.bounced_at IS NOT NULL AS bounced, s.reason AS suppressed,
       m.complained_at IS NOT NULL AS complained
     FROM messages m LEFT JOIN suppressions s ON s.workspace_id = m.workspace_id AND s.canonical = m.canonical
     WHERE m.id = $1`,
    [id],
  );

it('a report about a triggered message marks it and suppresses the address, once', async () => {
  const id = await message();
  const { verp, original } = namesOf(id);
  const bare = dsn({ address: ADDRESS, original: ['Subject: s'] });
  expect(await take(bare, verp)).toMatchObject({ status: 'applied', trust: 'T3' });
  expect(await state(id)).toMatchObject({
    status: 'accepted',
    bounce: 'hard',
    bounced: true,
    suppressed: 'hard_bounce',
  });
  const again = await take(dsn({ address: ADDRESS, original }), 'bounces@brand.example');
  expect(again).toMatchObject({ status: 'applied', trust: 'T2', summary: expect.stringMatching(/known already/) });
});

it('a full mailbox is only backed off, a complaint suppresses, and a report settles what was uncertain', async () => {
  const [full, spam, lost] = [await message(), await message(), await message('uncertain')] as const;
  const about = (id: string) => ({ address: ADDRESS, original: namesOf(id).original });
  await take(dsn(about(full), '5.2.2', '552 5.2.2 Mailbox full'), 'bounces@brand.example');
  expect(await state(full)).toMatchObject({ bounce: 'soft', suppressed: 'backed_off' });
  await take(dsn(about(lost), '5.2.2', '552 5.2.2 Mailbox full'), 'bounces@brand.example');
  expect(await state(lost)).toMatchObject({ status: 'accepted', bounce: 'soft' });
  await take(feedbackReport(about(spam)), 'fbl@brand.example');
  expect(await state(spam)).toMatchObject({ complained: true, suppressed: 'complaint' });
});

it('a person’s answer is shown in the inbox', async () => {
  const id = await message();
  const { thread, verp } = namesOf(id);
  expect(await take(reply({ address: ADDRESS, original: thread }), verp)).toMatchObject({ status: 'logged' });
  const threads = await test.db.rows('SELECT message_id AS id, unread, state FROM reply_threads');
  expect(threads).toEqual([{ id, unread: 1, state: 'new' }]);
  expect(await state(id)).toMatchObject({ bounce: null, suppressed: null });
});

it('forged, foreign and late reports act on nobody, and none is taken for a campaign’s', async () => {
  const id = await message();
  const acted: string[] = [];
  for (const names of [namesOf(id, OTHER_KEYS), namesOf('987654321')]) {
    const { status, trust } = await take(dsn({ address: ADDRESS, original: names.original }), names.verp);
    if (status !== 'review' || trust !== 'T0') acted.push(`${status} ${trust}`);
  }
  await test.db.run("UPDATE messages SET accepted_at = now() - interval '91 days'");
  const late = namesOf(id);
  expect(await take(dsn({ address: ADDRESS, original: late.original }), late.verp)).toMatchObject({ trust: 'T0' });
  expect(acted).toEqual([]);
  expect(await state(id)).toMatchObject({ bounce: null, suppressed: null });
  expect(await effectsOn(test.db, campaign.workspaceId)).toEqual(NO_EFFECT);
});

it('a refusal in the session takes the same road', async () => {
  const refused = {
    kind: 'rejected',
    code: 550,
    enhanced: '5.1.1',
    text: '5.1.1 User unknown',
    at: '2026-11-22T05:25:16Z',
  };
  const id = await message('rejected', [refused]);
  expect(await applyMessageRefusals(test.db)).toBe(1);
  expect(await state(id)).toMatchObject({
    status: 'rejected',
    bounce: 'hard',
    bounced: false,
    suppressed: 'hard_bounce',
  });
  expect(await applyMessageRefusals(test.db)).toBe(0);
});

it('a refusal that can’t be applied does not hold up the others of its page', async () => {
  const refused = { kind: 'rejected', code: 550, enhanced: '5.1.1', text: '5.1.1 User unknown' };
  const attempt = { ...refused, at: '2026-11-22T05:25:16Z' };
  const first = await message('rejected', [attempt]);
  const poisoned = await message('rejected', [{ ...attempt, at: 'no time at all' }]);
  const last = await message('rejected', [attempt]);
  await expect(applyMessageRefusals(test.db)).rejects.toThrow();
  expect([await state(first), await state(last)]).toMatchObject([{ bounce: 'hard' }, { bounce: 'hard' }]);
  const pending = await test.db.rows('SELECT id FROM messages WHERE refusal_pending');
  expect(pending).toEqual([{ id: poisoned }]);
  await test.db.run('UPDATE messages SET refusal_pending = false WHERE id = $1', [poisoned]);
});
