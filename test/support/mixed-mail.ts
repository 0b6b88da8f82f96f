/** The n-th of many mails of every sort that comes back; each is different from every other. */
export function mixedMail(n: number): string {
  const sorts = [bounce, outOfOffice, humanReply, newsletter, nonsense];
  return sorts[n % sorts.length]!(n);
}

const head = (n: number, from: string, subject: string, more: string[] = []) => [
  `From: ${from}`,
  'To: bounces@brand.example',
  `Subject: ${subject}`,
  `Message-ID: <mixed-${n}@mail.example>`,
  'Date: Mon, 6 May 2024 10:00:00 +0800',
  'MIME-Version: 1.0',
  ...more,
];
const mail = (...parts: string[][]) => parts.flat().join('\r\n');

function bounce(n: number): string {
  const status = n % 2 ? '5.1.1 User unknown' : '5.2.2 Mailbox full';
  return mail(
    head(n, 'MAILER-DAEMON@mx.example.net', 'Undelivered Mail Returned to Sender', [
      'Content-Type: multipart/report; report-type=delivery-status; boundary="part"',
    ]),
    ['', '--part', 'Content-Type: text/plain', '', `<person${n}@mail.example>: 550 ${status}`, ''],
    ['--part', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.example.net', ''],
    [`Final-Recipient: rfc822; person${n}@mail.example`, 'Action: failed', `Status: ${status.slice(0, 5)}`, ''],
    [
      '--part',
      'Content-Type: text/rfc822-headers',
      '',
      `Message-ID: <of-another-${n}@else.example>`,
      '',
      '--part--',
      '',
    ],
  );
}

function outOfOffice(n: number): string {
  const more = ['Auto-Submitted: auto-replied', 'Content-Type: text/plain; charset=utf-8'];
  return mail(head(n, `person${n}@mail.example`, '自动回复：新品通知', more), ['', '我正在休假，5 月 20 日回来。', '']);
}

function humanReply(n: number): string {
  const more = ['Content-Type: text/plain; charset=utf-8'];
  return mail(head(n, `person${n}@mail.example`, 'Re: 新品通知', more), [
    '',
    `请把第 ${n} 号寄给我，谢谢。`,
    '',
    '> 你好',
    '',
  ]);
}

/** With an attachment that has some weight. */
function newsletter(n: number): string {
  const more = ['List-Id: <news.mail.example>', 'Content-Type: text/html; charset=utf-8'];
  return mail(head(n, 'news@mail.example', `News ${n}`, more), ['', `<p>${'news '.repeat(70)}</p>\r\n`.repeat(20), '']);
}

/** Neither header nor end: what a broken server leaves. */
function nonsense(n: number): string {
  return `\0\r\n.${n}\r\n..\r\n\x80\xff Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n.`;
}
