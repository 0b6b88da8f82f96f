/** Feedback loops that may be believed without a token of ours, where our own server says that they are authentic. */
import { tidyAddress } from './address.js';
import type { MailHeaders } from './mime/headers.js';

/** Who sends a provider's complaints. */
interface Reporter {
  name: string;
  /** Domains in whose name their reports are signed or sent; below them counts too. */
  domains: readonly string[];
  /** A From line they really write. */
  sample: string;
}

export const REPORTERS: readonly Reporter[] = [
  {
    name: 'yahoo',
    domains: ['yahoo.com', 'yahooinc.com'],
    sample: 'Yahoo! Mail AntiSpam Feedback <feedback@arf.mail.yahoo.com>',
  },
  { name: 'microsoft', domains: ['hotmail.com', 'outlook.com'], sample: 'staff@hotmail.com' },
  { name: 'aol', domains: ['aol.com', 'aol.net'], sample: 'scomp@aol.net' },
  { name: 'amazonses', domains: ['email-abuse.amazonses.com'], sample: 'complaints@email-abuse.amazonses.com' },
  { name: 'validity', domains: ['senderscore.net', 'validity.com'], sample: 'feedbackloop@comcastfbl.senderscore.net' },
  { name: 'mailru', domains: ['corp.mail.ru'], sample: 'fbl@corp.mail.ru' },
  { name: 'signal-spam', domains: ['signal-spam.fr'], sample: 'feedback-loop@signal-spam.fr' },
];

const MAX_VALUE = 8_000;

/**
 * The feedback loop a mail is from: its From is one of theirs, and the topmost Authentication-Results (RFC 8601), which
 * our own server wrote under the name `authservId`, says that a domain of theirs signed or sent it. Null for all else,
 * and wherever `authservId` is empty.
 */
export function authenticReporter(headers: MailHeaders, authservId: string): string | null {
  const address = tidyAddress(headers.text('from'))?.toLowerCase() ?? '';
  const reporter = REPORTERS.find((one) => isWithin(address.slice(address.lastIndexOf('@') + 1), one.domains));
  if (!reporter || authservId === '') return null;
  const [results = ''] = headers.all('authentication-results');
  const [who = '', ...methods] = withoutComments(results.slice(0, MAX_VALUE)).split(';');
  if (who.trim().split(/\s/)[0]?.toLowerCase() !== authservId.toLowerCase()) return null;
  return methods.some((method) => provesOneOf(method, reporter.domains)) ? reporter.name : null;
}

/** `dkim=pass header.d=arf.mail.yahoo.com`, `spf=pass smtp.mailfrom=staff@hotmail.com`, `dmarc=pass header.from=…`. */
function provesOneOf(method: string, domains: readonly string[]): boolean {
  const [, name] = /^\s{0,50}(dkim|dmarc|spf)\s?=\s?pass\b/i.exec(method) ?? [];
  if (!name) return false;
  const property = { dkim: 'header\\.[di]', dmarc: 'header\\.from', spf: 'smtp\\.mailfrom' }[name.toLowerCase()]!;
  const [, value = ''] = new RegExp(`\\b${property}\\s?=\\s?"?([^\\s";]{1,320})`, 'i').exec(method) ?? [];
  return isWithin(value.slice(value.lastIndexOf('@') + 1).toLowerCase(), domains);
}

function isWithin(domain: string, domains: readonly string[]): boolean {
  return domains.some((one) => domain === one || domain.endsWith(`.${one}`));
}

/** What stands in parentheses may say anything. */
function withoutComments(value: string): string {
  let depth = 0;
  let kept = '';
  for (const char of value) {
    if (char === '(') depth += 1;
    if (depth === 0) kept += char;
    if (char === ')' && depth > 0) depth -= 1;
  }
  return kept;
}
