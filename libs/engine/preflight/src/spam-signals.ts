import type { Finding, InspectedMail } from './finding.js';

/** A way of writing that filters and people take for spam. */
interface SpamSignal {
  code: string;
  where: 'subject' | 'text';
  /** Linear on its input. */
  pattern: RegExp;
  /** How often it has to be there; once where absent. */
  atLeast?: number;
  message: string;
  /** Shows it; the spec tries each. */
  sample: string;
}

/** Sources: SpamAssassin's and rspamd's public subject rules in kind, and the advice of QQ and NetEase to senders. */
export const SPAM_SIGNALS: readonly SpamSignal[] = [
  {
    code: 'SPAM_EXCLAMATIONS',
    where: 'subject',
    pattern: /[!！]\s?[!！]/,
    message: 'The subject has several exclamation marks in a row.',
    sample: '今天最后一天！！',
  },
  {
    code: 'SPAM_CAPITALS',
    where: 'subject',
    pattern: /^(?=(?:[^A-Z]*[A-Z]){10})[^a-z]+$/,
    message: 'The subject is in capitals.',
    sample: 'LAST CHANCE TO SAVE',
  },
  {
    code: 'SPAM_FAKE_REPLY',
    where: 'subject',
    pattern: /^\s*(?:re|fwd?|回复|转发|答复)\s*[:：]/i,
    message: 'The subject pretends to be a reply or a forwarded mail.',
    sample: '回复：您的订单',
  },
  {
    code: 'SPAM_MONEY',
    where: 'subject',
    pattern: /[$￥¥€]\s?\d[\d,.]{3,}|\d{4,} ?元/,
    message: 'The subject names a large sum of money.',
    sample: 'You get $10,000 today',
  },
  {
    code: 'SPAM_SPACED',
    where: 'subject',
    pattern: /(?:\b[A-Za-z][ .*_-]){4,}[A-Za-z]\b|(?:[\u4e00-\u9fff][ *_]){3,}[\u4e00-\u9fff]/,
    message: 'The subject has letters with something between them, as who hides words writes them.',
    sample: 'F R E E gift / 免 费 领 取',
  },
  {
    code: 'SPAM_BAIT',
    where: 'subject',
    pattern:
      /中奖|恭喜您获得|免费领取|点击领取|100%免费|稳赚|暴利|日赚|代开发票|刷单|act now|100% free|risk[- ]free|you(?:'ve| have) won|winner!|make money|free money|urgent response/i,
    message: 'The subject has words that filters know from spam.',
    sample: '恭喜您获得大奖',
  },
  {
    code: 'SPAM_BAIT_TEXT',
    where: 'text',
    pattern:
      /中奖|免费领取|点击领取|100%免费|稳赚不赔|日赚|代开发票|加微信|加QQ群|act now|100% free|risk[- ]free|you(?:'ve| have) won|make money fast|no obligation|click here/gi,
    atLeast: 3,
    message: 'The text has many words that filters know from spam.',
    sample: 'Click here, act now, it is risk-free!',
  },
  {
    code: 'SPAM_EXCLAMATIONS_TEXT',
    where: 'text',
    pattern: /[!！]/g,
    atLeast: 12,
    message: 'The text has very many exclamation marks.',
    sample: '抢！抢！抢！抢！抢！抢！抢！抢！抢！抢！抢！抢！',
  },
  {
    code: 'SPAM_HIDDEN_CHARACTERS',
    where: 'text',
    pattern: /[\p{L}\p{N}][\u200b\u200c\u2060\ufeff][\p{L}\p{N}]/u,
    message: 'The text has invisible characters inside words.',
    sample: 'fr\u200bee',
  },
];

/** Text that is looked at; more than any mail has to say. */
const TEXT_MAX = 100_000;

/** The signals a mail shows, with the words that show them. */
export function spamSignals({ subject, text }: Pick<InspectedMail, 'subject' | 'text'>): Finding[] {
  const places = { subject: subject.slice(0, 1_000), text: text.slice(0, TEXT_MAX) };
  return SPAM_SIGNALS.flatMap(({ code, where, pattern, atLeast = 1, message }): Finding[] => {
    const found =
      atLeast === 1 ? [pattern.exec(places[where])?.[0]].flatMap((each) => each ?? []) : all(places[where], pattern);
    if (found.length < atLeast) return [];
    const words = [...new Set(found.map((word) => word.trim()))].slice(0, 5).join(', ').slice(0, 80);
    const property = where === 'subject' ? 'content.subject' : 'content.html';
    return [{ code, severity: 'warning', property, message, params: { words, count: found.length } }];
  });
}

const all = (text: string, pattern: RegExp) => text.match(pattern) ?? [];
