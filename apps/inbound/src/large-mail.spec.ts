import { readContent, readMail } from '#engine/dsn';
import { Egress } from '#platform/egress';
import { IMAP_VERIFY_TIMEOUTS, openMailbox } from '#platform/imap';
import { createTestAuthority, startDovecot } from '#platform/testing';
import type { Dovecot } from '#platform/testing';

let dovecot: Dovecot;
beforeAll(async () => {
  dovecot = await startDovecot({ users: { box: 'geheim' }, certificate: createTestAuthority().issue('localhost') });
});
afterAll(() => dovecot.close());

/** So large that none is read whole. */
const LOAD = `${'QUJD'.repeat(19)}\r\n`.repeat(40_000);
const file = (boundary: string) => [
  `--${boundary}`,
  'Content-Type: image/jpeg; name="photo.jpg"',
  'Content-Transfer-Encoding: base64',
  'Content-Disposition: attachment; filename="photo.jpg"',
  '',
  LOAD,
];
const head = (from: string, subject: string, type: string) => [
  `From: ${from}`,
  'To: bounces@brand.example',
  `Subject: ${subject}`,
  'Message-ID: <one@mail.example>',
  'In-Reply-To: <of-ours@brand.example>',
  'MIME-Version: 1.0',
  `Content-Type: ${type}`,
  '',
];
const REPORT = [
  ...head('MAILER-DAEMON@mx.example.net', 'Undelivered', 'multipart/report; report-type=delivery-status; boundary="p"'),
  ...['--p', 'Content-Type: text/plain', '', '<anna@mail.example>: 550 5.1.1 User unknown', ''],
  ...['--p', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.example.net', ''],
  ...['Final-Recipient: rfc822; anna@mail.example', 'Action: failed', 'Status: 5.1.1', ''],
  ...['--p', 'Content-Type: message/rfc822', '', 'X-Hongyan-Ref: of-ours', 'Message-ID: <of-ours@brand.example>'],
  ...['Content-Type: multipart/mixed; boundary=q', '', ...file('q'), '--q--', '--p--', ''],
];
const REPLY = [
  ...head('anna@mail.example', 'Re: 新品', 'multipart/mixed; boundary="outer part"'),
  ...['--outer part', 'Content-Type: multipart/alternative; boundary=inner', ''],
  ...['--inner', 'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64', ''],
  ...[Buffer.from('请寄给我，谢谢。').toString('base64'), ''],
  ...['--inner', 'Content-Type: text/html; charset=utf-8', '', '<p>请寄给我，谢谢。</p>', '', '--inner--', ''],
  ...[...file('outer part'), '--outer part--', ''],
];
const PLAIN = [...head('anna@mail.example', 'Re: long', 'text/plain'), 'Please send me one.', LOAD];

it('of a large mail the parts that matter are read, and it means the same as the whole mail', async () => {
  const mails = [REPORT, REPLY, PLAIN].map((lines) => Buffer.from(lines.join('\r\n')));
  for (const mail of mails) dovecot.append('box', 'INBOX', mail);
  const target = { host: 'localhost', port: dovecot.imapPort, security: 'none' } as const;
  const auth = { method: 'password', user: 'box', secret: 'geheim' } as const;
  const egress = new Egress('127.0.0.0/8');
  const opened = await openMailbox({ ...target, auth, egress, timeouts: IMAP_VERIFY_TIMEOUTS });
  if (!opened.ok) throw new Error(opened.failure.detail);
  const read: Buffer[] = [];
  await opened.mailbox.select('INBOX');
  for await (const { raw, cut, size } of opened.mailbox.fetchSince(0)) {
    expect([cut, size > 3_000_000, raw.length < 300_000]).toEqual([true, true, true]);
    read.push(raw);
  }
  await opened.mailbox.close();

  const none = { recipients: [], sender: null };
  const verdicts = read.map((raw) => readMail(raw, none));
  expect(verdicts.map(({ kind }) => kind)).toEqual(['bounce', 'reply', 'reply']);
  for (const [n, verdict] of verdicts.slice(0, 2).entries()) expect(verdict).toEqual(readMail(mails[n]!, none));
  // What is left out is named, with the octets that stay in the mailbox.
  const [report, reply, plain] = read.map((raw) => raw.toString());
  expect(report).toMatch(/^X-Hongyan-Left-Out: 3\d{6} octets\r\n\r\n--p\r\n/m);
  expect(plain).toMatch(/^X-Hongyan-Left-Out: 2\d{6} octets\r\n\r\nPlease send me one\./m);
  expect(reply).not.toContain('QUJDQUJD');
  expect(readContent(read[1]!).attachments).toEqual([
    { part: expect.any(Number), name: 'photo.jpg', contentType: 'image/jpeg', size: 0, leftOut: true },
  ]);
});
