import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { storeInbound } from '#domain/feedback';
import type { InboundSource } from '#domain/feedback';
import { MailReader } from './mail-reader.js';
import { processMails } from './process-mails.js';
import {
  autoReply,
  dsn,
  feedbackReport,
  jmrpComplaint,
  notification,
  receipt,
  reply,
  unsubscribeMail,
} from './testing/reports.js';
import { KEYS, OWN_SERVER, effectsOn, namesOf, relayedAs, sentCampaign } from './testing/sent-campaign.js';
import type { SentCampaign } from './testing/sent-campaign.js';

const RECIPIENTS = 20;

let test: TestDatabase;
let reader: MailReader;
beforeAll(async () => {
  test = await createTestDatabase();
  reader = new MailReader();
});
afterAll(async () => {
  await reader?.close();
  await test?.drop();
});

let count = 0;
let campaign: SentCampaign;
beforeEach(async () => {
  campaign = await sentCampaign(test.db, `w${(count += 1)}x`, RECIPIENTS);
});

async function take(raw: string, ...recipients: string[]): Promise<{ status: string; trust: string; summary: string }> {
  const source: InboundSource = { type: 'smtp', recipients, sender: null, remote: '192.0.2.9' };
  const id = await storeInbound(test.db, Buffer.from(raw), source);
  await processMails({ db: test.db, reader, keys: KEYS }, [id!]);
  return (await test.db.first('SELECT status, trust, summary FROM inbound_messages WHERE id = $1', [id]))!;
}

const verp = (seq: number) => `${namesOf(campaign.campaignId, seq).verp}@bounces.brand.example`;
const leave = (seq: number) => `${namesOf(campaign.campaignId, seq).unsubscribe}@brand.example`;

/** The returned original's own names, for reports to an ordinary mailbox. */
function about(seq: number) {
  const { messageId, reference } = namesOf(campaign.campaignId, seq);
  return {
    address: campaign.address(seq),
    original: [`Message-ID: ${messageId}`, `X-Hongyan-Ref: ${reference}`, 'Subject: news'],
  };
}

const bare = (seq: number) => ({ address: campaign.address(seq), original: ['Subject: news'] });
const hard = (seq: number) => dsn(about(seq));
const soft = (seq: number) => dsn(about(seq), '5.2.2', '552 5.2.2 Mailbox full');
const complaint = (seq: number) => feedbackReport(about(seq));

const row = (seq: number) =>
  test.db.first(
    `SELECT r.bounce_kind AS bounce, r.complained_at IS NOT NULL AS complained, s.reason AS suppressed, c.status AS contact,
       m.status AS membership
     FROM campaign_recipients r JOIN contacts c ON c.id = r.contact_id JOIN list_members m ON m.contact_id = c.id
     LEFT JOIN suppressions s ON s.workspace_id = r.workspace_id AND s.canonical = r.canonical
     WHERE r.campaign_id = $1 AND r.seq = $2`,
    [campaign.campaignId, seq],
  );

it('every genuine mail acts: by the address it came to, by the returned original, by the thread, by the unsubscribe address', async () => {
  const thread = {
    address: campaign.address(9),
    original: [`In-Reply-To: ${namesOf(campaign.campaignId, 9).messageId}`],
  };
  const reference = { ...bare(3), original: [`X-Hongyan-Ref: ${namesOf(campaign.campaignId, 3).reference}`] };
  expect(await take(dsn(bare(1)), verp(1))).toMatchObject({ status: 'applied', trust: 'T3' });
  expect(await take(hard(2), 'bounces@brand.example')).toMatchObject({ status: 'applied', trust: 'T2' });
  expect(await take(dsn(reference), 'bounces@brand.example')).toMatchObject({ status: 'applied', trust: 'T2' });
  // Servers lower and raise the case of addresses, relays wrap them, forwarders change whom the report names.
  expect(await take(dsn(bare(4)), verp(4).toUpperCase())).toMatchObject({ status: 'applied', trust: 'T3' });
  expect(await take(dsn(bare(5)), `prvs=0123abcdef=${verp(5)}`)).toMatchObject({ status: 'applied', trust: 'T3' });
  const forwarded = dsn({ ...bare(6), address: 'other@elsewhere.example' });
  expect(await take(forwarded, verp(6))).toMatchObject({ status: 'applied', trust: 'T3' });
  expect(await take(dsn(bare(7)), `bounces+${verp(7)}`)).toMatchObject({ status: 'applied', trust: 'T3' });
  expect(await take(complaint(8), 'fbl@brand.example')).toMatchObject({ status: 'applied', trust: 'T2' });
  expect(await take(reply(thread), 'news@brand.example')).toMatchObject({ status: 'applied', trust: 'T2' });
  expect(await take(unsubscribeMail(bare(10)), leave(10))).toMatchObject({ status: 'applied', trust: 'T3' });
  expect(await take(feedbackReport(about(11), 'opt-out'), 'fbl@brand.example')).toMatchObject({ status: 'applied' });
  expect(await effectsOn(test.db, campaign.workspaceId)).toEqual({
    suppressions: 8,
    bounced: 7,
    complained: 1,
    left: 2,
    replied: 1,
    marked: 8,
    events: 11,
  });
});

it('in a mailbox the topmost header of our own server is the envelope; any other address acts as a token does', async () => {
  const inMailbox = async (headers: string[], seq: number) => {
    const { mailboxId, workspaceId } = campaign;
    const source = {
      type: 'mailbox',
      mailboxId,
      workspaceId,
      folder: 'INBOX',
      uidValidity: '1',
      uid: String(seq),
    } as const;
    const id = await storeInbound(test.db, Buffer.from([...headers, dsn(bare(seq))].join('\r\n')), source);
    await processMails({ db: test.db, reader, keys: KEYS, ownServer: OWN_SERVER }, [id!]);
    return test.db.first('SELECT status, trust FROM inbound_messages WHERE id = $1', [id]);
  };
  const applied = (trust: string) => ({ status: 'applied', trust });
  expect(await inMailbox([`Delivered-To: ${verp(1)}`, 'Delivered-To: x@y.example'], 1)).toEqual(applied('T3'));
  expect(await inMailbox(['Delivered-To: bounces@brand.example', `Delivered-To: ${verp(2)}`], 2)).toEqual(
    applied('T2'),
  );
  expect(await inMailbox([`X-Original-To: ${verp(3)}`], 3)).toEqual(applied('T2'));
});

it('a known feedback loop acts without a token, by the name the relay gave to a message of these days', async () => {
  const complain = async (make: typeof jmrpComplaint, seq: number, report: string[]) => {
    const name = await relayedAs(test.db, campaign, seq);
    const original = [`Message-ID: <${name}@email.relay.example>`, 'Subject: news'];
    const { mailboxId, workspaceId } = campaign;
    const source = {
      type: 'mailbox',
      mailboxId,
      workspaceId,
      folder: 'INBOX',
      uidValidity: '1',
      uid: String(seq),
    } as const;
    const mail = make({ address: campaign.address(seq), original, report });
    const id = await storeInbound(test.db, Buffer.from(mail), source);
    await processMails({ db: test.db, reader, keys: KEYS, ownServer: OWN_SERVER }, [id!]);
    return test.db.first('SELECT status, trust FROM inbound_messages WHERE id = $1', [id]);
  };
  const says = (result: string) => [`Authentication-Results: mx.brand.example (proxy); spf=none; ${result}`];
  const acted = { status: 'applied', trust: 'T1' };
  expect(await complain(jmrpComplaint, 1, says('dkim=pass (1024-bit key) header.d=hotmail.com'))).toEqual(acted);
  expect(await complain(jmrpComplaint, 2, says('dmarc=pass header.from=hotmail.com'))).toEqual(acted);
  expect(await complain(jmrpComplaint, 3, says('spf=pass smtp.mailfrom=staff@hotmail.com'))).toEqual(acted);
  expect(await effectsOn(test.db, campaign.workspaceId)).toMatchObject({ suppressions: 3, complained: 3, events: 3 });
});

it('after a rotation of the key both what was sent before and what is sent since is known', async () => {
  const ring = { current: 2, keys: new Map([...KEYS.keys, [2, Buffer.alloc(32, 9)]]) };
  for (const [seq, keys] of [
    [1, KEYS],
    [2, ring],
  ] as const) {
    const recipients = [`${namesOf(campaign.campaignId, seq, keys).verp}@bounces.brand.example`];
    const source: InboundSource = { type: 'smtp', recipients, sender: null, remote: '192.0.2.9' };
    const id = await storeInbound(test.db, Buffer.from(dsn(bare(seq))), source);
    await processMails({ db: test.db, reader, keys: ring }, [id!]);
  }
  expect(await effectsOn(test.db, campaign.workspaceId)).toMatchObject({ suppressions: 2, bounced: 2 });
});

it('read receipts and delivery notifications are told in the history, once of each kind, and touch nobody', async () => {
  const mails: [string, string[]][] = [
    [notification(bare(1), 'delayed'), [verp(1)]],
    [notification(bare(1), 'delivered'), [verp(1)]],
    [notification(about(2), 'relayed'), ['bounces@brand.example']],
    [notification(bare(3), 'expanded'), [verp(3)]],
    [receipt(bare(1)), [verp(1)]],
    // Where the return path is the account's own, the receipt's own part names the message.
    [receipt({ ...bare(2), messageId: namesOf(campaign.campaignId, 2).messageId }), ['me@brand.example']],
    [receipt(bare(3), 'deleted'), [verp(3)]],
  ];
  for (const [raw, to] of mails) expect(await take(raw, ...to)).toMatchObject({ status: 'applied' });
  for (const [raw, to] of mails) expect((await take(raw, ...to)).summary).toMatch(/known already/);
  const events = await test.db.rows<{ seq: number; type: string }>(
    'SELECT seq, type FROM events WHERE workspace_id = $1 ORDER BY id',
    [campaign.workspaceId],
  );
  expect(events.map(({ seq, type }) => `${seq} ${type}`)).toEqual([
    '1 delivery-delayed',
    '1 delivery-confirmed',
    '2 delivery-relayed',
    '3 delivery-relayed',
    '1 read-confirmed',
    '2 read-confirmed',
    '3 read-declined',
  ]);
  const nobody = { suppressions: 0, bounced: 0, complained: 0, left: 0, replied: 0, marked: 0 };
  expect(await effectsOn(test.db, campaign.workspaceId)).toMatchObject(nobody);
});

it('the same report ten times, at once and one after another, counts once', async () => {
  const reports = [hard(1), soft(2), complaint(3), unsubscribeMail({ ...bare(4), to: leave(4) })];
  const to = ['bounces@brand.example', 'bounces@brand.example', 'fbl@brand.example', leave(4)];
  for (const [index, raw] of reports.entries()) await take(raw, to[index]!);
  const once = await effectsOn(test.db, campaign.workspaceId);
  expect(once).toEqual({ suppressions: 3, bounced: 2, complained: 1, left: 1, replied: 0, marked: 2, events: 4 });
  for (let again = 0; again < 5; again += 1) {
    for (const [index, raw] of reports.entries()) {
      expect((await take(raw, to[index]!)).summary).toMatch(/known already/);
    }
  }
  await Promise.all(reports.flatMap((raw, index) => [1, 2, 3, 4].map(() => take(raw, to[index]!))));
  expect(await effectsOn(test.db, campaign.workspaceId)).toEqual(once);
});

it('a stored mail that two processes take at once acts once', async () => {
  const source: InboundSource = { type: 'smtp', recipients: [verp(1)], sender: null, remote: '192.0.2.9' };
  const id = await storeInbound(test.db, Buffer.from(hard(1)), source);
  await Promise.all([1, 2, 3].map(() => processMails({ db: test.db, reader, keys: KEYS }, [id!])));
  expect(await effectsOn(test.db, campaign.workspaceId)).toMatchObject({ suppressions: 1, bounced: 1, events: 1 });
});

/** Reports in every order; what they leave behind is the same, but for a soft bounce that a hard one replaces. */
it.each([
  ['hard, soft, complaint', [hard, soft, complaint]],
  ['soft, hard, complaint', [soft, hard, complaint]],
  ['complaint, soft, hard', [complaint, soft, hard]],
  ['hard, complaint, soft', [hard, complaint, soft]],
] as const)(
  '%s: one hard bounce, one complaint, and the complaint is why the address is suppressed',
  async (_, order) => {
    for (const make of [...order, ...order]) await take(make(1), 'bounces@brand.example');
    expect(await row(1)).toEqual({
      bounce: 'hard',
      complained: true,
      suppressed: 'complaint',
      contact: 'complained',
      membership: 'subscribed',
    });
    expect(await effectsOn(test.db, campaign.workspaceId)).toMatchObject({
      suppressions: 1,
      bounced: 1,
      complained: 1,
    });
  },
);

it('a full mailbox is only backed off, and a hard bounce after it suppresses', async () => {
  await take(soft(1), verp(1));
  expect(await row(1)).toMatchObject({ bounce: 'soft', suppressed: 'backed_off', contact: 'active' });
  await take(hard(1), verp(1));
  expect(await row(1)).toMatchObject({ bounce: 'hard', suppressed: 'hard_bounce', contact: 'bounced' });
});

it('who left and then bounces has left and is suppressed; who bounced can still leave', async () => {
  await take(unsubscribeMail(bare(1)), leave(1));
  await take(hard(1), verp(1));
  await take(hard(2), verp(2));
  await take(unsubscribeMail(bare(2)), leave(2));
  const both = { bounce: 'hard', suppressed: 'hard_bounce', contact: 'bounced', membership: 'unsubscribed' };
  expect(await row(1)).toMatchObject(both);
  expect(await row(2)).toMatchObject(both);
  expect(await effectsOn(test.db, campaign.workspaceId)).toMatchObject({ suppressions: 2, bounced: 2, left: 2 });
});

it('who has left the company counts as suspended once: not the first answer suppresses but the second, by its mail', async () => {
  const away = autoReply(about(1), 'I am out of the office until May 5th, 2030.');
  const gone = autoReply(about(2), '您好，张三已于3月1日离职，请联系李四。');
  expect(await take(away, verp(1))).toMatchObject({
    status: 'applied',
    summary: expect.stringContaining('away until'),
  });
  const history = `SELECT type, detail FROM events WHERE campaign_id = $1 AND seq = 1`;
  expect(await test.db.rows(history, [campaign.campaignId])).toEqual([{ type: 'auto-replied', detail: '2030-05-05' }]);
  expect(await take(gone, verp(2))).toMatchObject({ status: 'applied', summary: expect.stringContaining('has left') });
  await take(gone, verp(2)); // the same message answered twice says it once
  expect(await row(2)).toMatchObject({ bounce: null, suppressed: null, contact: 'active' });
  await test.db.run(
    `UPDATE campaign_recipients SET canonical = x.canonical
     FROM (SELECT canonical FROM campaign_recipients WHERE campaign_id = $1 AND seq = 2) x
     WHERE campaign_id = $1 AND seq = 3`,
    [campaign.campaignId],
  );
  await take(dsn(bare(3), '5.2.1', '550 5.2.1 The account has been suspended'), verp(3));
  expect(await row(2)).toMatchObject({ suppressed: 'hard_bounce' });

  const entry = () =>
    test.db.first(
      `SELECT s.rule, s.detail, m.summary FROM suppressions s JOIN inbound_messages m ON m.id = s.inbound_message_id
       WHERE s.workspace_id = $1`,
      [campaign.workspaceId],
    );
  expect(await entry()).toMatchObject({ rule: 'suspended' });
  await test.db.run('DELETE FROM suppressions WHERE workspace_id = $1', [campaign.workspaceId]);
  await test.db.run('UPDATE campaign_recipients SET bounce_kind = NULL WHERE campaign_id = $1', [campaign.campaignId]);
  await take(autoReply(about(2), '张三已离职'), verp(2));
  expect(await entry()).toMatchObject({
    rule: 'left_company',
    detail: '张三已离职',
    summary: expect.stringContaining('left'),
  });
  const told = await test.db.rows(
    `SELECT detail FROM events WHERE workspace_id = $1 AND type = 'left-company' ORDER BY id`,
    [campaign.workspaceId],
  );
  expect(told).toHaveLength(3);
});

it('the unsubscribe address works after a year', async () => {
  await test.db.run(`UPDATE campaign_recipients SET accepted_at = now() - interval '1 year' WHERE campaign_id = $1`, [
    campaign.campaignId,
  ]);
  expect(await take(unsubscribeMail(bare(1)), leave(1))).toMatchObject({ status: 'applied', trust: 'T3' });
  expect(await row(1)).toMatchObject({ membership: 'unsubscribed', suppressed: null });
});
