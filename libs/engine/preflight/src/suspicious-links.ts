import { isIP } from 'node:net';
import { domainToUnicode } from 'node:url';
import type { Finding } from './finding.js';

/** Anybody's links hide behind these, so filters judge them by the worst. */
const SHORTENERS = new Set(
  (
    'bit.ly t.co tinyurl.com goo.gl ow.ly is.gd buff.ly rebrand.ly cutt.ly t.cn url.cn dwz.cn suo.im 985.so ' +
    'u.to v.gd rb.gy shorturl.at s.yam.com mrw.so'
  ).split(' '),
);
/** Names that are imitated most; what only looks like one of them is told. */
const IMITATED = [
  ...['paypal', 'alipay', 'taobao', 'tmall', 'wechat', 'weixin', 'apple', 'google', 'microsoft', 'amazon', 'icbc'],
  ...['jd', 'qq', 'baidu', 'bilibili', 'douyin', 'facebook', 'instagram', 'netflix', 'linkedin'],
];
/** Characters that are read as others. */
const LOOKS_LIKE: Record<string, string> = { 0: 'o', 1: 'l', 3: 'e', 5: 's', rn: 'm', vv: 'w' };

/** What a link's address alone gives reason to doubt. */
export function suspiciousLinks(links: readonly string[]): Finding[] {
  const findings = new Map<string, Finding>();
  const add = (code: string, message: string, params: Finding['params']) => {
    const key = `${code} ${JSON.stringify(params)}`;
    findings.set(key, { code, severity: 'warning', property: 'content.html', message, ...(params ? { params } : {}) });
  };
  for (const link of links) {
    const url = parse(link);
    if (!url) continue;
    const host = url.hostname.toLowerCase();
    const shown = { url: link.slice(0, 120), host };
    const name = host.replace(/^\[|\]$/g, '');
    if (isIP(name) !== 0) add('LINK_TO_ADDRESS', `A link leads to the IP address ${host}.`, shown);
    else if (SHORTENERS.has(host.replace(/^www\./, ''))) add('LINK_SHORTENED', `A link hides behind ${host}.`, shown);
    const imitated = imitates(host);
    if (imitated) add('LINK_LOOK_ALIKE', `${host} looks like ${imitated}.`, { ...shown, imitated });
    if (url.username || url.password) add('LINK_WITH_USER', `A link has a user name before its host ${host}.`, shown);
    else if (url.protocol === 'http:' && isIP(name) === 0)
      add('LINK_PLAIN', `A link to ${host} is not encrypted.`, shown);
  }
  return [...findings.values()];
}

function parse(link: string): URL | null {
  if (link.includes('{{')) return null;
  try {
    const url = new URL(link);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url : null;
  } catch {
    return null;
  }
}

/** The name a host imitates: by look-alike characters, or by carrying it before another organisation's domain. */
function imitates(host: string): string | null {
  // Letters of other scripts that look Latin come as punycode.
  const shown = domainToUnicode(host);
  if (/[a-z]/.test(shown) && /[\u0400-\u04ff\u0370-\u03ff]/.test(shown)) return shown;
  const labels = host.split('.').slice(0, -1);
  for (const label of labels) {
    const plain = Object.entries(LOOKS_LIKE).reduce((text, [from, to]) => text.replaceAll(from, to), label);
    const found = IMITATED.find((name) => name.length > 3 && plain !== label && plain.split('-').includes(name));
    if (found) return found;
  }
  return null;
}
