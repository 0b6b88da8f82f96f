import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { storeInbound } from '#domain/feedback';
import { MailReader } from './mail-reader.js';
import { processMails } from './process-mails.js';
import { dsn, feedbackReport } from './testing/reports.js';
import { KEYS, effectsOn, namesOf, sentCampaign } from './testing/sent-campaign.js';
import type { SentCampaign } from './testing/sent-campaign.js';

let test: TestDatabase;
let reader: MailReader;
let campaign: SentCampaign;
beforeAll(async () => {
  test = await createTestDatabase();
  reader = new MailReader();
  campaign = await sentCampaign(test.db, 'w', 40);
});
afterAll(async () => {
  await reader?.close();
  await test?.drop();
});

const HEAD =
  'From: MAILER-DAEMON@mx.example\r\nTo: bounces@brand.example\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n';
const REPORT = `${HEAD}Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n`;

const nested = (depth: number) =>
  HEAD +
  'Content-Type: multipart/mixed; boundary=b0\r\n\r\n' +
  Array.from({ length: depth }, (_, n) => `--b${n}\r\nContent-Type: multipart/mixed; boundary=b${n + 1}\r\n\r\n`).join(
    '',
  );

/** Each is stored like any mail; some end as a verdict about nobody, some in quarantine. */
const HOSTILE: [string, () => string][] = [
  ['20,000 nested multiparts', () => nested(20_000)],
  ['3,000 nested messages', () => HEAD + 'Content-Type: message/rfc822\r\n\r\n'.repeat(3_000)],
  ['a header of 20 MB', () => `${HEAD}X-Long: ${'a'.repeat(20_000_000)}\r\n\r\nbody`],
  ['500,000 headers', () => `${HEAD}${'X-A: b\r\n'.repeat(500_000)}\r\nbody`],
  [
    '300,000 recipients',
    () =>
      `${REPORT}--b\r\nContent-Type: message/delivery-status\r\n\r\n${'Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\n\r\n'.repeat(300_000)}--b--`,
  ],
  [
    'NULs everywhere',
    () =>
      dsn({ address: 'a\0@b.example', original: ['Subject: \0', 'Message-ID: <m.\0@x>'] }, '5.1.1', '550 \0 unknown'),
  ],
  ['NULs in subject and sender', () => `From: a\0b <a@b.example>\r\nSubject: =?utf-8?Q?=00_=ED=A0=80?= \0\r\n\r\n\0`],
  [
    'encoded NULs',
    () => `From: =?utf-8?B?AAAA?= <a@b.example>\r\nTo: x@y.example\r\nSubject: =?utf-16le?B?ANgA3AA=?=\r\n\r\nx`,
  ],
  ['UTF-7 and unknown charsets', () => `${HEAD}Content-Type: text/plain; charset=utf-7\r\n\r\n+2AA-`],
  [
    'half surrogates in UTF-16',
    () => `${HEAD}Content-Type: text/html; charset=utf-16le\r\nContent-Transfer-Encoding: base64\r\n\r\nANg82A==`,
  ],
  ['nothing at all', () => ''],
  ['one byte', () => '\xff'],
];

async function store(raw: string, seq: number): Promise<string> {
  const recipients = [`${namesOf(campaign.campaignId, seq).verp}@bounces.brand.example`];
  return (await storeInbound(test.db, Buffer.from(raw, 'latin1'), {
    type: 'smtp',
    recipients,
    sender: null,
    remote: '',
  }))!;
}

const good = (seq: number) => dsn({ address: campaign.address(seq), original: ['Subject: news'] });
const tools = () => ({ db: test.db, reader, keys: KEYS });

async function stateOf(id: string): Promise<string> {
  return (await test.db.first<{ status: string }>('SELECT status FROM inbound_messages WHERE id = $1', [id]))!.status;
}

it.each(HOSTILE.map(([name, make], index) => [name, make, index + 1] as const))(
  '%s ends with a verdict or in quarantine, and the next report is processed',
  async (_, make, seq) => {
    const hostile = await store(make(), 40);
    const next = await store(good(seq), seq);
    // The sweep comes back to what failed; three times are the limit.
    for (let round = 0; round < 3; round += 1) await processMails(tools(), [hostile]);
    await processMails(tools(), [next]);
    expect(await stateOf(hostile)).toMatch(/^(review|logged|quarantined|applied)$/);
    expect(await stateOf(next)).toBe('applied');
  },
  20_000,
);

it('a mail that is read past its limit is ended, quarantined after three times, and does not take those behind it along', async () => {
  const slow = await Promise.all(Array.from({ length: 2 }, () => store('slow', 40)));
  const fast = await Promise.all([21, 22, 23, 24].map((seq) => store(good(seq), seq)));
  const stuck = new MailReader('./testing/hanging-worker.js');
  try {
    // All at once, as the queue hands them out: the good ones wait behind those that hang.
    for (let round = 0; round < 3; round += 1) {
      await Promise.all([...slow, ...fast].map((id) => processMails({ ...tools(), reader: stuck }, [id])));
    }
    expect(await Promise.all(slow.map(stateOf))).toEqual(slow.map(() => 'quarantined'));
    expect(await Promise.all(fast.map(stateOf))).toEqual(fast.map(() => 'applied'));
  } finally {
    await stuck.close();
  }
}, 60_000);

it('a mail that ended its process each time is quarantined unread', async () => {
  const id = await store(good(25), 25);
  await test.db.run('UPDATE inbound_messages SET attempts = 8 WHERE id = $1', [id]);
  await processMails(tools(), [id]);
  expect(await stateOf(id)).toBe('quarantined');
});

it('words of a server with a NUL or half a character are kept without them', async () => {
  const raw = feedbackReport({
    address: 'x\0@y.example',
    original: [`Message-ID: ${namesOf(campaign.campaignId, 26).messageId}`],
  });
  const id = await store(raw, 26);
  await processMails(tools(), [id]);
  expect(await stateOf(id)).toBe('applied');
  expect(await effectsOn(test.db, campaign.workspaceId)).toMatchObject({ complained: 1 });
});
