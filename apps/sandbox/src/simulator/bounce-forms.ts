import iconv from 'iconv-lite';
import type { Bounce, BounceReason } from './delivery-report.js';
import { bounceOf, deliveryStatus, quoteReply, returnedHeaders, returnedMessage } from './delivery-report.js';
import type { Field, Part } from './mime.js';
import { composeMail, encodeText, formatDate, headerBytes, mailbox, text } from './mime.js';
import type { BounceForm } from '#engine/simulated-providers';
import type { ReportContext, SimulatedMail } from './report-context.js';
import { domainOf, zoneOf } from './report-context.js';

interface Form {
  from: string;
  subject: string;
  extra?: Field[];
  root: Part;
}

const REPORT = 'report; report-type=delivery-status';

const FORMS: Record<BounceForm, (bounce: Bounce) => Form> = { postfix, gmail, exchange, qq, netease, yahoo };

/** The provider's bounce report to the envelope sender, from the null sender; none for a message that has none. */
export function bounceMail(context: ReportContext, reason: BounceReason): SimulatedMail {
  const { record, plan, key, at } = context;
  if (!record.envelopeFrom) return undefined;
  const { from, subject, extra = [], root } = FORMS[plan.provider.form](bounceOf(context, reason));
  const fields: Field[] = [
    ['Date', formatDate(at, zoneOf(plan))],
    ['From', from],
    ['To', record.envelopeFrom],
    ['Subject', subject],
    ['Message-ID', `<${key}@${plan.provider.mx}>`],
    ['Auto-Submitted', 'auto-replied'],
    ...extra,
  ];
  return { envelope: { from: '', to: record.envelopeFrom }, raw: composeMail(fields, root, `=_${key}`) };
}

function postfix(bounce: Bounce): Form {
  const { mx } = bounce.plan.provider;
  const why =
    bounce.reason === 'expired'
      ? `delivery time expired: ${bounce.reply.lines.join(' ')}`
      : `host ${mx}[192.0.2.25] said: ${quoteReply(bounce.reply)} (in reply to RCPT TO command)`;
  const notice = [
    `This is the mail system at host ${mx}.`,
    '',
    'Your message could not be delivered to the recipient below. The report',
    'and the headers of your message are attached.',
    '',
    `<${bounce.recipient}>: ${why}`,
    '',
  ].join('\n');
  return {
    from: mailbox('Mail Delivery System', `MAILER-DAEMON@${mx}`),
    subject: 'Undelivered Mail Returned to Sender',
    root: { subtype: REPORT, parts: [text('text/plain', notice), deliveryStatus(bounce), returnedHeaders(bounce)] },
  };
}

function gmail(bounce: Bounce): Form {
  const why = bounce.reason === 'full' ? 'inbox is full' : "address couldn't be found, or is unable to receive mail";
  const title = bounce.reason === 'full' ? "Recipient's inbox full" : 'Address not found';
  const notice = [
    `** ${title} **`,
    '',
    `Your message wasn't delivered to ${bounce.recipient} because the ${why}.`,
    '',
    'The response was:',
    quoteReply(bounce.reply),
    '',
  ].join('\n');
  return {
    from: mailbox('Mail Delivery Subsystem', `mailer-daemon@${domainOf(bounce.recipient)}`),
    subject: 'Delivery Status Notification (Failure)',
    extra: [['X-Failed-Recipients', bounce.recipient]],
    root: { subtype: REPORT, parts: [text('text/plain', notice), deliveryStatus(bounce), returnedMessage(bounce)] },
  };
}

function exchange(bounce: Bounce): Form {
  const why = bounce.reason === 'full' ? "The recipient's mailbox is full." : "The email address couldn't be found.";
  const notice = [
    'Delivery has failed to these recipients or groups:',
    '',
    bounce.recipient,
    `${why} Check the address or contact the recipient by other means.`,
    '',
    'Diagnostic information for administrators:',
    `Generating server: ${bounce.plan.provider.mx}`,
    bounce.recipient,
    `Remote Server returned '${quoteReply(bounce.reply)}'`,
    '',
  ].join('\n');
  return {
    from: `postmaster@${domainOf(bounce.recipient)}`,
    subject: encodeText(`Undeliverable: ${bounce.record.subject}`),
    extra: [['X-MS-Exchange-Message-Is-Ndr', '']],
    root: { subtype: REPORT, parts: [text('text/plain', notice), deliveryStatus(bounce), returnedMessage(bounce)] },
  };
}

/** From PostMaster@, subject 来自qq.com的退信, a table with 退信原因 and 解决方案, the original attached; no DSN part. */
function qq(bounce: Bounce): Form {
  const full = bounce.reason === 'full';
  const why = full ? '收件人空间不足，无法接收新的邮件。' : '收件人邮箱不存在，邮件无法送达。';
  const remedy = full ? '请联系收件人清理邮箱，稍后再重新发送。' : '请核对收件人的邮箱地址后重新发送。';
  const row = (label: string, value: string): string => `<tr><td>${label}</td><td>${value}</td></tr>`;
  const html = [
    '<html><body><table>',
    '<tr><td colspan="2">抱歉，您的邮件被退回来了</td></tr>',
    row('原邮件主题', escapeHtml(bounce.record.subject)),
    row('无法发送到', escapeHtml(bounce.recipient)),
    row('退信原因', `${why}<br>host ${bounce.plan.provider.mx}[192.0.2.25] said: ${quoteReply(bounce.reply)}`),
    row('解决方案', remedy),
    '</table></body></html>',
  ].join('\n');
  return {
    from: `PostMaster@${domainOf(bounce.recipient)}`,
    subject: encodeText('来自qq.com的退信'),
    extra: [['X-QQ-Mail-Type', 'bounce']],
    root: {
      subtype: 'mixed',
      parts: [text('text/html', html), returnedMessage(bounce, 'attachment; filename="original.eml"')],
    },
  };
}

/** 系统退信 in GBK: the status is always 5.0.0, the reason stands after 英文说明, the original only by its Message-ID. */
function netease(bounce: Bounce): Form {
  const full = bounce.reason === 'full';
  const notice = [
    '抱歉，您的邮件被退回来了……',
    `原邮件信息：`,
    `时　间：${bounce.record.receivedAt.slice(0, 19).replace('T', ' ')}`,
    `主　题：${bounce.record.subject}`,
    `收件人：${bounce.recipient}`,
    '退信原因：',
    full ? '收件人的邮箱已满，暂时无法接收邮件。' : '收件人的邮箱地址不存在，请核对后再发送。',
    `英文说明:${quoteReply(bounce.reply)}`,
  ].join('\r\n');
  return {
    from: `Postmaster@${domainOf(bounce.recipient)}`,
    subject: '=?gb2312?B?z7XNs83L0MU=?=',
    extra: [
      ['Delivered-To', bounce.record.envelopeFrom],
      ['Delivered-To', bounce.record.envelopeFrom],
      ['X-CM-Original-Message-ID', bounce.record.messageId],
    ],
    root: {
      subtype: 'related',
      parts: [
        { type: 'text/plain; charset=GBK', body: iconv.encode(notice, 'gbk'), encoding: 'base64' },
        deliveryStatus(bounce, '5.0.0'),
      ],
    },
  };
}

/** A plain text without any machine-readable part. */
function yahoo(bounce: Bounce): Form {
  const notice = [
    'Sorry, we were unable to deliver your message to the following address.',
    '',
    `<${bounce.recipient}>:`,
    quoteReply(bounce.reply),
    '',
    '--- Below this line is a copy of the message headers.',
    '',
    headerBytes(bounce.raw).toString('utf8'),
  ].join('\n');
  return {
    from: `MAILER-DAEMON@${domainOf(bounce.recipient)}`,
    subject: 'Failure Notice',
    root: text('text/plain', notice),
  };
}

function escapeHtml(value: string): string {
  return value.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}
