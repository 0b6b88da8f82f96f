/** Who runs a mailbox: the unit that judges us as a sender, and so the unit of pacing, batches and reports. */
export type MailboxProvider =
  | 'gmail'
  | 'outlook'
  | 'yahoo'
  | 'icloud'
  | 'qq'
  | 'netease'
  | 'sina'
  | 'sohu'
  | 'aliyun'
  | '139'
  | '189'
  | 'wo'
  | '21cn'
  | 'tom'
  | 'proton'
  | 'gmx'
  | 'mailru'
  | 'yandex'
  | 'zoho'
  | 'naver'
  | 'sandbox'
  | 'other';

/**
 * Domains under which each provider gives out mailboxes; a sample address above each. The `.test` names are those of the
 * sandbox's simulated providers. Companies' own domains at a provider need their MX and are not here.
 */
const DOMAINS: Readonly<Record<Exclude<MailboxProvider, 'other'>, readonly string[]>> = {
  // lilei@gmail.com
  gmail: ['gmail.com', 'googlemail.com', 'gmail.test', 'googlemail.test'],
  // lilei@outlook.com
  outlook: [
    ...['outlook.com', 'hotmail.com', 'live.com', 'msn.com', 'live.cn', 'passport.com', 'windowslive.com'],
    ...['outlook.de', 'outlook.fr', 'outlook.es', 'outlook.it', 'outlook.jp', 'outlook.kr', 'outlook.in'],
    ...['outlook.com.au', 'outlook.com.br', 'hotmail.co.uk', 'hotmail.fr', 'hotmail.de', 'hotmail.it', 'hotmail.es'],
    ...['hotmail.co.jp', 'hotmail.ca', 'live.co.uk', 'live.fr', 'live.nl', 'live.de', 'live.it', 'live.jp', 'live.ca'],
    ...['outlook.test', 'hotmail.test', 'live.test'],
  ],
  // lilei@yahoo.com (AOL and Verizon mailboxes stand on the same servers; yahoo.co.jp does not)
  yahoo: [
    ...['yahoo.com', 'ymail.com', 'rocketmail.com', 'myyahoo.com', 'yahoo.co.uk', 'yahoo.fr', 'yahoo.de', 'yahoo.it'],
    ...['yahoo.es', 'yahoo.ca', 'yahoo.in', 'yahoo.co.in', 'yahoo.com.au', 'yahoo.com.br', 'yahoo.com.mx'],
    ...['yahoo.com.hk', 'yahoo.com.tw', 'yahoo.com.sg', 'yahoo.com.vn', 'yahoo.com.ph', 'yahoo.co.id', 'yahoo.co.th'],
    ...['aol.com', 'aim.com', 'verizon.net', 'yahoo.test', 'ymail.test', 'aol.test'],
  ],
  // lilei@icloud.com
  icloud: ['icloud.com', 'me.com', 'mac.com', 'icloud.test', 'me.test'],
  // 10001@qq.com
  qq: ['qq.com', 'vip.qq.com', 'foxmail.com', 'qq.test', 'vip.qq.test', 'foxmail.test'],
  // lilei@163.com
  netease: [
    ...['163.com', '126.com', 'yeah.net', 'vip.163.com', 'vip.126.com', '188.com', 'vip.188.com'],
    ...['163.test', '126.test', 'yeah.test', 'vip.163.test'],
  ],
  // lilei@sina.com
  sina: ['sina.com', 'sina.cn', 'sina.com.cn', 'vip.sina.com', 'vip.sina.cn', 'sina.test', 'sina.cn.test'],
  // lilei@sohu.com
  sohu: ['sohu.com', 'vip.sohu.com'],
  // lilei@aliyun.com
  aliyun: ['aliyun.com', 'aliyun.test'],
  // 13800000000@139.com
  '139': ['139.com', '139.test'],
  // 18900000000@189.cn
  '189': ['189.cn', '189.test'],
  // 18600000000@wo.cn
  wo: ['wo.cn', 'wo.com.cn'],
  // lilei@21cn.com
  '21cn': ['21cn.com', '21cn.net'],
  // lilei@tom.com
  tom: ['tom.com', 'vip.tom.com'],
  // lilei@proton.me
  proton: ['proton.me', 'protonmail.com', 'protonmail.ch', 'pm.me'],
  // lilei@gmx.de
  gmx: ['gmx.de', 'gmx.net', 'gmx.com', 'gmx.at', 'gmx.ch', 'web.de', 'mail.com'],
  // lilei@mail.ru
  mailru: ['mail.ru', 'inbox.ru', 'list.ru', 'bk.ru'],
  // lilei@yandex.ru
  yandex: ['yandex.ru', 'yandex.com', 'ya.ru', 'yandex.by', 'yandex.kz'],
  // lilei@zoho.com
  zoho: ['zoho.com', 'zohomail.com', 'zoho.com.cn'],
  // lilei@naver.com
  naver: ['naver.com'],
  // success@simulator.test
  sandbox: ['simulator.test'],
};

/** The same table as rows, for joins in SQL; domains that are not in it belong to `other`. */
export const PROVIDER_DOMAINS: ReadonlyArray<{ domain: string; provider: MailboxProvider }> = Object.entries(
  DOMAINS,
).flatMap(([provider, domains]) => domains.map((domain) => ({ domain, provider: provider as MailboxProvider })));

const BY_DOMAIN = new Map(PROVIDER_DOMAINS.map(({ domain, provider }) => [domain, provider]));

/** The provider of a mailbox domain (A-labels, any case); `other` for the long tail. */
export function providerOf(domain: string): MailboxProvider {
  return BY_DOMAIN.get(domain.toLowerCase()) ?? 'other';
}
