/** What a report says of the message it is about: the headers of the returned original, or of the thread. */
export interface ReportAbout {
  /** Whom the report names. */
  address: string;
  /** Header lines of the original, with or without names of ours. */
  original: string[];
  /** Visible `To:` of the report itself. */
  to?: string;
  /** Further header lines on top of the report itself. */
  report?: string[];
}

/** A delivery report (RFC 3464) that says the address is unknown, or what `status` and `text` say. */
export function dsn(
  about: ReportAbout,
  status = '5.1.1',
  text = '550 5.1.1 User unknown',
  more: string[] = [],
): string {
  return multipart(
    [
      'From: MAILER-DAEMON@mx.example.net (Mail Delivery System)',
      `To: ${about.to ?? 'bounces@brand.example'}`,
      'Subject: Undelivered Mail Returned to Sender',
      'Auto-Submitted: auto-replied',
    ],
    'multipart/report; report-type=delivery-status',
    [
      ['text/plain; charset=us-ascii', `<${about.address}>: host mx.example.net said: ${text}`],
      [
        'message/delivery-status',
        'Reporting-MTA: dns; mx.example.net\r\n\r\n' +
          [about.address, ...more]
            .map((address) =>
              [
                `Final-Recipient: rfc822; ${address}`,
                'Action: failed',
                `Status: ${status}`,
                `Diagnostic-Code: smtp; ${text}`,
              ].join('\r\n'),
            )
            .join('\r\n\r\n'),
      ],
      ['text/rfc822-headers', about.original.join('\r\n')],
    ],
  );
}

/** A feedback report (RFC 5965, 6591). */
export function feedbackReport(about: ReportAbout, feedbackType = 'abuse', more: string[] = []): string {
  const addresses = [about.address, ...more].map((address) => `Original-Rcpt-To: <${address}>`);
  return multipart(
    ['From: <feedback@isp.example>', `To: ${about.to ?? 'fbl@brand.example'}`, 'Subject: FW: news'],
    'multipart/report; report-type=feedback-report',
    [
      ['text/plain', 'This is an email abuse report for an email message received from IP 192.0.2.1.'],
      [
        'message/feedback-report',
        [`Feedback-Type: ${feedbackType}`, 'User-Agent: Test/1', 'Version: 1', ...addresses].join('\r\n'),
      ],
      ['message/rfc822', [...about.original, '', 'Hello'].join('\r\n')],
    ],
  );
}

/** A complaint of Microsoft's JMRP: the original, and no report part. */
export function jmrpComplaint(about: ReportAbout): string {
  return multipart(
    [
      ...(about.report ?? []),
      'From: staff@hotmail.com',
      `To: ${about.to ?? 'fbl@brand.example'}`,
      'Subject: complaint about message from 192.0.2.1',
    ],
    'multipart/mixed',
    [['message/rfc822', [`X-HmXmrOriginalRecipient: ${about.address}`, ...about.original, '', 'Hello'].join('\r\n')]],
  );
}

/** A report about a message that did not fail (RFC 3464). */
export function notification(about: ReportAbout, action: 'delivered' | 'relayed' | 'expanded' | 'delayed'): string {
  const status = action === 'delayed' ? '4.4.1' : '2.0.0';
  return dsn(about, status, '250 2.0.0 noted').replace('Action: failed', `Action: ${action}`);
}

/** A mail program's read receipt (RFC 8098). */
export function receipt(about: ReportAbout & { messageId?: string }, disposition = 'displayed'): string {
  const named = about.messageId === undefined ? [] : [`Original-Message-ID: ${about.messageId}`];
  return multipart(
    [`From: ${about.address}`, `To: ${about.to ?? 'me@brand.example'}`, 'Subject: Read: news'],
    'multipart/report; report-type=disposition-notification',
    [
      ['text/plain; charset=utf-8', 'The message was shown.'],
      [
        'message/disposition-notification',
        [
          `Final-Recipient: rfc822;${about.address}`,
          ...named,
          `Disposition: manual-action/MDN-sent-manually; ${disposition}`,
        ].join('\r\n'),
      ],
    ],
  );
}

/** A mail program's answer to the `mailto:` of List-Unsubscribe. */
export function unsubscribeMail(about: ReportAbout): string {
  return plain(about, 'unsubscribe', 'Please unsubscribe me.');
}

/** A person's answer. */
export function reply(about: ReportAbout, text = 'Thank you, when does it open?'): string {
  return plain(about, 'Re: news', text);
}

/** The answer of an absence assistant. */
export function autoReply(about: ReportAbout, text: string): string {
  return plain(
    { ...about, original: [...about.original, 'Auto-Submitted: auto-replied'] },
    'Automatic reply: news',
    text,
  );
}

function plain(about: ReportAbout, subject: string, text: string): string {
  return [
    `From: Somebody <${about.address}>`,
    `To: ${about.to ?? 'news@brand.example'}`,
    `Subject: ${subject}`,
    'User-Agent: Mozilla Thunderbird',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    ...about.original,
    '',
    text,
    '',
  ].join('\r\n');
}

function multipart(headers: string[], type: string, parts: [type: string, body: string][]): string {
  return [
    ...headers,
    'MIME-Version: 1.0',
    `Content-Type: ${type}; boundary="part"`,
    '',
    ...parts.flatMap(([partType, body]) => ['--part', `Content-Type: ${partType}`, '', body, '']),
    '--part--',
    '',
  ].join('\r\n');
}
