import PostalMime from 'postal-mime';
import type { Attachment, Email } from 'postal-mime';
import { planFor } from './addresses.js';
import { bounceMail } from './bounce-forms.js';
import { complaintMail } from './feedback-report.js';
import { humanReplyMail, outOfOfficeMail, unsubscribeMail } from './replies.js';
import type { ReportContext } from './report-context.js';

const SUBJECT = '春季新品目录：限时优惠，欢迎选购，期待您的回复';
const original = Buffer.from(
  [
    'From: Brand <news@brand.test>',
    'Reply-To: sales@brand.test',
    'To: someone@example.test',
    `Subject: =?utf-8?B?${Buffer.from(SUBJECT).toString('base64')}?=`,
    'Message-ID: <original.1@brand.test>',
    'List-Unsubscribe: <https://t.brand.test/u/1>, <mailto:leave+1@brand.test?subject=leave%20me>',
    '',
    'Dear reader,',
    '.a line with a dot',
    '',
  ].join('\r\n'),
);

function context(recipient: string): ReportContext {
  const envelopeFrom = 'b.token@bounces.brand.test';
  return {
    record: {
      v: 1,
      id: '7',
      kind: 'message',
      receivedAt: '2026-03-01T08:00:00.000Z',
      envelopeFrom,
      to: [recipient],
      size: original.length,
      from: 'Brand <news@brand.test>',
      subject: SUBJECT,
      messageId: '<original.1@brand.test>',
      simulated: [],
    },
    raw: original,
    recipient,
    plan: planFor(recipient, 's')!,
    at: Date.parse('2026-03-01T08:00:05Z'),
    key: 'abcdef',
  };
}

const content = (attachment: Attachment | undefined): string =>
  attachment ? Buffer.from(attachment.content as ArrayBuffer).toString() : '';
const part = (mail: Email, type: string): string => content(mail.attachments.find((one) => one.mimeType === type));
const header = (mail: Email, key: string): string[] =>
  mail.headers.filter((one) => one.key === key).map((one) => one.value);

/** Only CRLF line ends, no line over 998 octets, an ASCII header block: what RFC 5322 asks of every mail. */
function expectClean(raw: Buffer): void {
  const text = raw.toString('latin1');
  expect(text.replace(/\r\n/g, '')).not.toMatch(/[\r\n]/);
  expect(Math.max(...text.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
  expect(text.split('\r\n\r\n', 1)[0]).toMatch(/^[\x20-\x7e\r\n]*$/);
}

async function bounce(recipient: string, reason: 'unknown' | 'full' | 'expired' = 'unknown'): Promise<Email> {
  const mail = bounceMail(context(recipient), reason)!;
  expect(mail.envelope).toEqual({ from: '', to: 'b.token@bounces.brand.test' });
  expectClean(mail.raw);
  return PostalMime.parse(mail.raw, { forceRfc822Attachments: true });
}

describe('bounce reports', () => {
  it('are RFC 3464 reports with our headers returned', async () => {
    const mail = await bounce('x@simulator.test');
    expect(header(mail, 'content-type')[0]).toContain('multipart/report; report-type=delivery-status');
    expect(mail.subject).toBe('Undelivered Mail Returned to Sender');
    const status = part(mail, 'message/delivery-status');
    expect(status).toContain('Final-Recipient: rfc822; x@simulator.test');
    expect(status).toContain('Action: failed');
    expect(status).toContain('Status: 5.1.1');
    expect(part(mail, 'text/rfc822-headers')).toContain('Message-ID: <original.1@brand.test>');
    expect(part(mail, 'text/rfc822-headers')).not.toContain('Dear reader');
  });

  it('tell full mailboxes and expired delivery apart from unknown users', async () => {
    expect(part(await bounce('x@simulator.test', 'full'), 'message/delivery-status')).toContain('Status: 5.2.2');
    const expired = await bounce('x@simulator.test', 'expired');
    expect(part(expired, 'message/delivery-status')).toContain('Status: 5.4.7');
    expect(expired.text).toContain('Connection timed out');
  });

  it('look like Gmail’s and Outlook’s, with the whole message returned', async () => {
    const gmail = await bounce('x@gmail.test');
    expect(header(gmail, 'x-failed-recipients')).toEqual(['x@gmail.test']);
    expect(gmail.text).toContain('550-5.1.1 The email account that you tried to reach does not exist.');
    expect(part(gmail, 'message/rfc822')).toContain('Dear reader');
    const outlook = await bounce('x@outlook.test');
    expect(outlook.subject).toBe(`Undeliverable: ${SUBJECT}`);
    expect(part(outlook, 'message/delivery-status')).toContain('Status: 5.5.0');
  });

  it('look like QQ’s: Chinese HTML with cause and remedy, no machine-readable part', async () => {
    const mail = await bounce('x@qq.test', 'full');
    expect(mail.subject).toBe('来自qq.com的退信');
    expect(mail.html).toContain('退信原因');
    expect(mail.html).toContain('收件人空间不足');
    expect(mail.html).toContain('解决方案');
    expect(mail.attachments.map((one) => one.mimeType)).toEqual(['message/rfc822']);
  });

  it('look like NetEase’s: GBK text, status 5.0.0, the original by its Message-ID only', async () => {
    const mail = await bounce('x@163.test');
    expect(mail.subject).toBe('系统退信');
    expect(mail.text).toContain('英文说明:550 User not found: x@163.test');
    expect(mail.text).toContain(SUBJECT);
    expect(part(mail, 'message/delivery-status')).toContain('Status: 5.0.0');
    expect(header(mail, 'x-cm-original-message-id')).toEqual(['<original.1@brand.test>']);
    expect(header(mail, 'delivered-to')).toHaveLength(2);
  });

  it('look like Yahoo’s: plain text with the headers copied below', async () => {
    const mail = await bounce('x@yahoo.test');
    expect(mail.text).toContain("554 delivery error: dd This user doesn't have a yahoo.test account (x@yahoo.test)");
    expect(mail.text).toContain('Message-ID: <original.1@brand.test>');
    expect(mail.attachments).toEqual([]);
  });

  it('name an international recipient in the escaped form of RFC 6533', async () => {
    expect(part(await bounce('用户@simulator.test'), 'message/delivery-status')).toContain(
      'Final-Recipient: utf-8; \\x{7528}\\x{6237}@simulator.test',
    );
  });

  it('are never sent for a message from the null sender', () => {
    const silent = context('x@qq.test');
    expect(bounceMail({ ...silent, record: { ...silent.record, envelopeFrom: '' } }, 'unknown')).toBeUndefined();
  });
});

describe('what recipients write', () => {
  it('reports abuse as RFC 5965 with the message', async () => {
    const mail = complaintMail(context('complaint@simulator.test'))!;
    expect(mail.envelope.to).toBe('b.token@bounces.brand.test');
    expectClean(mail.raw);
    const parsed = await PostalMime.parse(mail.raw, { forceRfc822Attachments: true });
    expect(part(parsed, 'message/feedback-report')).toMatch(/^Feedback-Type: abuse\r?$/m);
    expect(part(parsed, 'message/feedback-report')).toContain('Original-Rcpt-To: <complaint@simulator.test>');
    expect(part(parsed, 'message/rfc822')).toContain('Message-ID: <original.1@brand.test>');
  });

  it.each([
    ['out-of-office+zh@simulator.test', `自动回复:${SUBJECT}`, '我正在休假'],
    ['out-of-office+en@simulator.test', `Automatic reply: ${SUBJECT}`, 'out of the office'],
    ['somebody@qq.test', `自动回复:${SUBJECT}`, '这是来自QQ邮箱的假期自动回复邮件'],
  ])('%s answers as absent, marked as automatic and without a sender', async (recipient, subject, words) => {
    const mail = outOfOfficeMail(context(recipient), await PostalMime.parse(original))!;
    expect(mail.envelope).toEqual({ from: '', to: 'b.token@bounces.brand.test' });
    expectClean(mail.raw);
    const parsed = await PostalMime.parse(mail.raw);
    expect(parsed).toMatchObject({ subject, inReplyTo: '<original.1@brand.test>' });
    expect(parsed.text).toContain(words);
    expect(header(parsed, 'auto-submitted')).toEqual(['auto-replied']);
  });

  it.each([
    ['reply+zh@simulator.test', '------------------ 原始邮件 ------------------', '回复：'],
    ['reply+en@simulator.test', '> Dear reader,', 'Re: '],
  ])('%s answers to Reply-To in the thread, quoting the original', async (recipient, quote, prefix) => {
    const mail = humanReplyMail(context(recipient), await PostalMime.parse(original))!;
    expect(mail.envelope).toEqual({ from: recipient, to: 'sales@brand.test' });
    expectClean(mail.raw);
    const parsed = await PostalMime.parse(mail.raw);
    expect(parsed).toMatchObject({ subject: prefix + SUBJECT, inReplyTo: '<original.1@brand.test>' });
    expect(parsed.references).toContain('<original.1@brand.test>');
    expect(parsed.text).toContain(quote);
    expect(header(parsed, 'auto-submitted')).toEqual([]);
  });

  it('leaves by mail as the mailto of List-Unsubscribe asks', async () => {
    const mail = unsubscribeMail(context('unsubscribe-mail@simulator.test'), await PostalMime.parse(original))!;
    expect(mail.envelope).toEqual({ from: 'unsubscribe-mail@simulator.test', to: 'leave+1@brand.test' });
    expect((await PostalMime.parse(mail.raw)).subject).toBe('leave me');
  });
});
