import { isIP } from 'node:net';

/** What allows a provider's servers to send, by the end of the server's name. Sources: the providers' own set-up pages. */
const PROVIDERS: ReadonlyArray<[end: string, mechanism: string]> = [
  ['exmail.qq.com', 'include:spf.mail.qq.com'],
  ['smtp.qq.com', 'include:spf.mail.qq.com'],
  ['qiye.163.com', 'include:spf.qiye.163.com'],
  ['ym.163.com', 'include:spf.163.com'],
  ['qiye.aliyun.com', 'include:spf.qiye.aliyun.com'],
  ['mxhichina.com', 'include:spf.mxhichina.com'],
  ['smtpdm.aliyun.com', 'include:spf1.dm.aliyun.com'],
  ['qcloudmail.com', 'include:qcloudmail.com'],
  ['feishu.cn', 'include:_netblocks.m.feishu.cn'],
  ['gmail.com', 'include:_spf.google.com'],
  ['google.com', 'include:_spf.google.com'],
  ['office365.com', 'include:spf.protection.outlook.com'],
  ['amazonaws.com', 'include:amazonses.com'],
  ['sendgrid.net', 'include:sendgrid.net'],
  ['mailgun.org', 'include:mailgun.org'],
  ['mailjet.com', 'include:spf.mailjet.com'],
  ['brevo.com', 'include:spf.brevo.com'],
  ['sendcloud.net', 'include:spf.sendcloud.org'],
  ['zoho.com', 'include:zohomail.com'],
];

/** What to put into SPF for an SMTP server: its provider's include, else the server itself. */
export function spfMechanismFor(host: string): string {
  const name = host.toLowerCase();
  const version = isIP(name);
  if (version !== 0) return `ip${version}:${name}`;
  const known = PROVIDERS.find(([end]) => name === end || name.endsWith(`.${end}`));
  return known?.[1] ?? `a:${name}`;
}

/** RFC 7208 section 4.6.4: more terms that ask the DNS are a permanent error. */
const LOOKUPS_MAX = 10;

export type SpfVerdict =
  | { code: 'SPF_OK' | 'SPF_MISSING' }
  | { code: 'SPF_SEVERAL' | 'SPF_TOO_MANY_LOOKUPS'; params: { count: number } }
  | { code: 'SPF_ALLOWS_ALL' }
  | { code: 'SPF_LACKS' | 'SPF_PERHAPS_LACKS'; params: { mechanism: string } };

const isSpf = (txt: string) => /^v=spf1(\s|$)/i.test(txt);
const termsOf = (txt: string) => txt.toLowerCase().split(/\s+/).slice(1).filter(Boolean);

/** @param mechanisms what has to be in it; an `a:` may be there as an address instead, so its absence proves nothing */
export function judgeSpf(txts: readonly string[], mechanisms: readonly string[]): SpfVerdict {
  const records = txts.filter(isSpf);
  const [record] = records;
  if (record === undefined) return { code: 'SPF_MISSING' };
  if (records.length > 1) return { code: 'SPF_SEVERAL', params: { count: records.length } };
  const terms = termsOf(record);
  if (terms.includes('+all') || terms.includes('all')) return { code: 'SPF_ALLOWS_ALL' };
  const asking = terms.filter((term) => /^[+?~-]?(include:|a([:/]|$)|mx([:/]|$)|ptr|exists:|redirect=)/.test(term));
  if (asking.length > LOOKUPS_MAX) return { code: 'SPF_TOO_MANY_LOOKUPS', params: { count: asking.length } };
  const lacking = mechanisms.filter((wanted) => !terms.includes(wanted) && !terms.includes(`+${wanted}`));
  const [mechanism] = lacking.toSorted((one, other) => Number(one.startsWith('a:')) - Number(other.startsWith('a:')));
  if (mechanism === undefined) return { code: 'SPF_OK' };
  const listed = terms.some((term) => /^\+?(ip4:|ip6:|redirect=)/.test(term));
  return { code: mechanism.startsWith('a:') && listed ? 'SPF_PERHAPS_LACKS' : 'SPF_LACKS', params: { mechanism } };
}

/** The record to publish: the one that is there with what it lacks, before its `all`. */
export function suggestSpf(txts: readonly string[], mechanisms: readonly string[]): string {
  const record = txts.find(isSpf);
  if (record === undefined) return ['v=spf1', ...(mechanisms.length > 0 ? mechanisms : ['mx']), '~all'].join(' ');
  const terms = record.trim().split(/\s+/).slice(1);
  const has = (wanted: string) => terms.some((term) => term.toLowerCase().replace(/^\+/, '') === wanted);
  const lacking = mechanisms.filter((wanted) => !has(wanted));
  const end = terms.findIndex((term) => /^([+?~-]?all|redirect=.*)$/i.test(term));
  const at = end < 0 ? terms.length : end;
  const all = end < 0 ? ['~all'] : terms.slice(at).map((term) => (/^\+?all$/i.test(term) ? '~all' : term));
  return ['v=spf1', ...terms.slice(0, at), ...lacking, ...all].join(' ');
}
