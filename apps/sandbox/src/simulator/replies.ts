import type { Email } from 'postal-mime';
import type { Field, Part } from './mime.js';
import { composeMail, encodeText, formatDate, mailbox, text } from './mime.js';
import type { ReportContext, SimulatedMail } from './report-context.js';
import { domainOf, zoneOf } from './report-context.js';
import { unsubscribeTargets } from './message-links.js';

const MAX_QUOTE = 4000;

const ABSENT = {
  zh: '您好！我正在休假，暂时无法回复您的邮件，两周后返回。如有急事请联系我的同事。',
  en: "Thank you for your message. I am out of the office for two weeks and will answer when I'm back.",
};
const ANSWERS = {
  zh: ['请把报价单发给我，谢谢！', '您好，这个产品有现货吗？', '收到，下周再联系。', '我们想了解一下批量采购的价格。'],
  en: [
    'Could you send me a quotation, please?',
    'Thanks, that looks interesting. Is it in stock?',
    'Got it. Let us talk next week.',
    'What is the price for 500 pieces?',
  ],
};

/** An out-of-office notice to the envelope sender (RFC 3834: null sender, Auto-Submitted: auto-replied). */
export function outOfOfficeMail(context: ReportContext, mail: Email): SimulatedMail {
  const { record, plan } = context;
  if (!record.envelopeFrom) return undefined;
  const language = languageOf(context);
  const isQq = plan.provider.key === 'qq';
  const subject = language === 'zh' ? `自动回复:${record.subject}` : `Automatic reply: ${record.subject}`;
  const body = isQq ? `这是来自QQ邮箱的假期自动回复邮件。\n\n${ABSENT.zh}\n` : `${ABSENT[language]}\n`;
  const extra: Field[] = [
    ['Auto-Submitted', 'auto-replied'],
    ['X-Auto-Response-Suppress', 'All'],
  ];
  return respond(context, mail, { from: '', to: record.envelopeFrom }, subject, extra, text('text/plain', body));
}

/** What a person writes: to Reply-To or From, threaded, with the original quoted below as the usual clients do. */
export function humanReplyMail(context: ReportContext, mail: Email): SimulatedMail {
  const to = mail.replyTo?.find((entry) => entry.address)?.address ?? mail.from?.address;
  if (!to) return undefined;
  const language = languageOf(context);
  const sentences = ANSWERS[language];
  const sentence = sentences[Math.floor(context.plan.variant * sentences.length)]!;
  const body = `${sentence}\n\n${language === 'zh' ? chineseQuote(context, mail) : englishQuote(context, mail)}\n`;
  const subject = `${language === 'zh' ? '回复：' : 'Re: '}${context.record.subject}`;
  return respond(context, mail, { from: context.recipient, to }, subject, [], text('text/plain', body));
}

/** The mail a client sends for the mailto of List-Unsubscribe (RFC 2369, 6068); none where there is no mailto. */
export function unsubscribeMail(context: ReportContext, mail: Email): SimulatedMail {
  const { mailto } = unsubscribeTargets(mail);
  if (!mailto) return undefined;
  const { key, at, recipient, plan } = context;
  const fields: Field[] = [
    ['Date', formatDate(at, zoneOf(plan))],
    ['From', recipient],
    ['To', mailto.address],
    ['Subject', encodeText(mailto.subject || 'unsubscribe')],
    ['Message-ID', `<${key}@${domainOf(recipient)}>`],
  ];
  const raw = composeMail(fields, text('text/plain', `${mailto.body || 'unsubscribe'}\n`), `=_${key}`);
  return { envelope: { from: recipient, to: mailto.address }, raw };
}

function respond(
  { key, at, recipient, plan, record }: ReportContext,
  mail: Email,
  envelope: { from: string; to: string },
  subject: string,
  extra: Field[],
  root: Part,
): SimulatedMail {
  const thread: Field[] = record.messageId
    ? [
        ['In-Reply-To', record.messageId],
        ['References', [mail.references, record.messageId].filter(Boolean).join(' ')],
      ]
    : [];
  const fields: Field[] = [
    ['Date', formatDate(at, zoneOf(plan))],
    ['From', mailbox(recipient.slice(0, recipient.lastIndexOf('@')), recipient)],
    ['To', envelope.to],
    ['Subject', encodeText(subject)],
    ['Message-ID', `<${key}@${domainOf(recipient)}>`],
    ...thread,
    ...extra,
  ];
  return { envelope, raw: composeMail(fields, root, `=_${key}`) };
}

/** A Chinese provider answers in Chinese; at simulator.test a coin decides, or `zh` or `en` in the local part. */
function languageOf({ plan, recipient }: ReportContext): 'zh' | 'en' {
  if (plan.provider.key !== 'simulator') return plan.provider.language;
  const asked = /[+-](zh|en)\b/i.exec(recipient)?.[1]?.toLowerCase();
  if (asked) return asked === 'zh' ? 'zh' : 'en';
  return plan.variant < 0.5 ? 'zh' : 'en';
}

function chineseQuote({ record, recipient }: ReportContext, mail: Email): string {
  return [
    '------------------ 原始邮件 ------------------',
    `发件人: ${record.from}`,
    `发送时间: ${record.receivedAt.slice(0, 16).replace('T', ' ')}`,
    `收件人: ${recipient}`,
    `主题: ${record.subject}`,
    '',
    quotable(mail),
  ].join('\n');
}

function englishQuote({ record }: ReportContext, mail: Email): string {
  const lines = quotable(mail).split('\n');
  const on = new Date(record.receivedAt).toUTCString().slice(0, 22);
  return [`On ${on}, ${record.from} wrote:`, ...lines.map((line) => `> ${line}`)].join('\n');
}

function quotable(mail: Email): string {
  return (mail.text ?? '').slice(0, MAX_QUOTE).replace(/\r\n/g, '\n').trimEnd();
}
