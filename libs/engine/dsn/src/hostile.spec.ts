import { cpuMs } from '#platform/testing';
import { readMail, walkMail } from './index.js';

const NOBODY = { recipients: [], sender: null };
const HEAD = 'From: a@example.com\r\nTo: b@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\n';

function mail(...parts: string[]): Buffer {
  return Buffer.from(parts.join(''), 'latin1');
}

function nested(depth: number): Buffer {
  const open: string[] = [HEAD, 'Content-Type: multipart/mixed; boundary=b0\r\n\r\n'];
  for (let i = 0; i < depth; i++) open.push(`--b${i}\r\nContent-Type: multipart/mixed; boundary=b${i + 1}\r\n\r\n`);
  return mail(...open);
}

function nestedMessages(depth: number): Buffer {
  return mail(
    HEAD,
    'Content-Type: message/rfc822\r\n\r\n',
    'Content-Type: message/rfc822\r\n\r\n'.repeat(depth),
    'end',
  );
}

function dsnWith(recipients: number): Buffer {
  const groups: string[] = [];
  for (let i = 0; i < recipients; i++)
    groups.push(`Final-Recipient: rfc822; u${i}@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n`);
  return mail(
    HEAD,
    'Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n',
    'Reporting-MTA: dns; x\r\n\r\n',
    groups.join(''),
    '--b--\r\n',
  );
}

const HOSTILE: [string, () => Buffer][] = [
  ['20,000 nested multiparts', () => nested(20_000)],
  ['3,000 nested messages', () => nestedMessages(3_000)],
  ['a header line of 20 MB', () => mail(HEAD, 'X-Long: ', 'a'.repeat(20_000_000), '\r\n\r\nbody')],
  [
    'a subject of 20 MB of encoded words',
    () => mail('Subject: ', '=?utf-8?B?YQ==?= '.repeat(1_200_000), '\r\n\r\nbody'),
  ],
  ['500,000 headers', () => mail(HEAD, 'X-A: b\r\n'.repeat(500_000), '\r\nbody')],
  [
    '200,000 parts',
    () => mail(HEAD, 'Content-Type: multipart/mixed; boundary=b\r\n\r\n', '--b\r\n\r\nx\r\n'.repeat(200_000), '--b--'),
  ],
  [
    '200,000 parameter continuations',
    () =>
      mail(
        HEAD,
        'Content-Type: text/plain; ',
        Array.from({ length: 200_000 }, (_, i) => `a*${i}=b;`).join(' '),
        '\r\n\r\nx',
      ),
  ],
  ['5 MB of nested div', () => mail(HEAD, 'Content-Type: text/html\r\n\r\n', '<div>'.repeat(1_000_000))],
  ['2 MB of unclosed < and <!--', () => mail(HEAD, 'Content-Type: text/html\r\n\r\n', '<!-- <a <'.repeat(200_000))],
  [
    '1 MB of unclosed script and style',
    () => mail(HEAD, 'Content-Type: text/html\r\n\r\n', '<script><style>'.repeat(70_000)),
  ],
  ['300,000 recipients in a report', () => dsnWith(300_000)],
  ['20 MB of line breaks', () => mail(HEAD, '\r\n', '\n'.repeat(20_000_000))],
  [
    '20 MB of dashes at line starts',
    () => mail(HEAD, 'Content-Type: multipart/mixed; boundary=b\r\n\r\n', '--c\n'.repeat(5_000_000)),
  ],
  ['10 MB of NULs', () => Buffer.alloc(10_000_000)],
  ['bare CR only', () => mail(HEAD.replaceAll('\r\n', '\r'), '\r', 'text\r'.repeat(1_000_000))],
  [
    'a multipart without boundary',
    () => mail(HEAD, 'Content-Type: multipart/mixed\r\n\r\n', 'x\r\n'.repeat(1_000_000)),
  ],
  [
    'a million quotation marks and attributions',
    () =>
      mail(HEAD, 'In-Reply-To: <a@b>\r\n\r\n', '>'.repeat(500_000), '\n', 'On 1 May 2024 a wrote\n'.repeat(100_000)),
  ],
  [
    'a million at signs from a daemon',
    () =>
      mail(
        'From: MAILER-DAEMON@example.com\r\nSubject: failure notice\r\n\r\nundeliverable\r\n',
        '<a@b.c>: 550 x @@@@@@@@@@@@ '.repeat(100_000),
      ),
  ],
  [
    'an address list of 5 MB',
    () => mail(HEAD, 'X-Failed-Recipients: ', 'a@example.org, '.repeat(350_000), '\r\n\r\nx'),
  ],
  [
    '5 MB of quoted-printable soft breaks',
    () => mail(HEAD, 'Content-Transfer-Encoding: quoted-printable\r\n\r\n', '=\r\n'.repeat(1_700_000)),
  ],
  [
    '8 MB of base64 without a line break',
    () => mail(HEAD, 'Content-Transfer-Encoding: base64\r\n\r\n', 'QUJD'.repeat(2_000_000)),
  ],
  [
    'a text of one word of 5 MB',
    () => mail('From: postmaster@example.com\r\nSubject: Undeliverable: x\r\n\r\n', 'a'.repeat(5_000_000)),
  ],
  [
    'an unknown charset',
    () => mail(HEAD, 'Content-Type: text/plain; charset="x-none-such"\r\n\r\n', '\xff\xfe\x80abc'),
  ],
  ['nothing at all', () => Buffer.alloc(0)],
];

describe('hostile mail', () => {
  it.each(HOSTILE)('%s ends within a second and suppresses nobody by accident', (name, build) => {
    const raw = build();
    const verdict = readMail(raw, NOBODY);

    expect(cpuMs(() => readMail(raw, NOBODY))).toBeLessThan(1_000);
    expect(verdict.recipients.length).toBeLessThanOrEqual(1_001);
    if (!/report|daemon|address list|one word/.test(name)) expect(verdict.recipients).toEqual([]);
  });

  it('says what it cut off', () => {
    expect(walkMail(nested(100)).problems).toContain('too-deep');
    expect(walkMail(nestedMessages(100)).problems).toContain('too-deep');
    expect(walkMail(mail(HEAD, 'Content-Type: multipart/mixed\r\n\r\nx')).problems).toContain('no-boundary');
    expect(walkMail(mail(HEAD, `X: ${'a'.repeat(300_000)}\r\n\r\nx`)).problems).toContain('header-too-long');
    expect(walkMail(Buffer.from('\r\n\r\njust text')).problems).toContain('no-header');
  });

  it('keeps a report of ten thousand recipients to a thousand', () => {
    expect(readMail(dsnWith(10_000), NOBODY).recipients.length).toBeLessThanOrEqual(1_001);
  });
});
