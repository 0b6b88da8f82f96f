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
  | 'fastmail'
  | 'exmail'
  | 'netease-qiye'
  | 'aliyun-qiye'
  | 'feishu'
  | 'coremail'
  | '263'
  | 'google-workspace'
  | 'microsoft-365'
  | 'mimecast'
  | 'proofpoint'
  | 'sandbox'
  | 'other';

export interface ProviderEntry {
  /** Domains under which it gives out mailboxes, lower case A-labels. */
  domains: readonly string[];
  /** Ends of the names of its mail exchangers, for domains of others (companies) that it runs. */
  mx: readonly string[];
  /**
   * Messages per second with which it is tried again once it has asked to slow down; from there the pace follows its
   * answers. Nobody is slowed before they ask: a relay of one's own takes what its account's limits say.
   */
  afterSlowDown: number;
}

/**
 * The mailbox providers, a sample address (and mail exchanger) above each. The `.test` names are those of the sandbox's
 * simulated providers. `other` is the long tail: each of its domains is paced by itself.
 */
export const PROVIDERS: Readonly<Record<MailboxProvider, ProviderEntry>> = {
  // lilei@gmail.com
  gmail: { domains: ['gmail.com', 'googlemail.com', 'gmail.test', 'googlemail.test'], mx: [], afterSlowDown: 10 },
  // lilei@outlook.com; outlook-com.olc.protection.outlook.com
  outlook: {
    domains: [
      ...['outlook.com', 'hotmail.com', 'live.com', 'msn.com', 'live.cn', 'passport.com', 'windowslive.com'],
      ...['outlook.de', 'outlook.fr', 'outlook.es', 'outlook.it', 'outlook.jp', 'outlook.kr', 'outlook.in'],
      ...['outlook.com.au', 'outlook.com.br', 'hotmail.co.uk', 'hotmail.fr', 'hotmail.de', 'hotmail.it', 'hotmail.es'],
      ...[
        'hotmail.co.jp',
        'hotmail.ca',
        'live.co.uk',
        'live.fr',
        'live.nl',
        'live.de',
        'live.it',
        'live.jp',
        'live.ca',
      ],
      ...['outlook.test', 'hotmail.test', 'live.test'],
    ],
    mx: ['olc.protection.outlook.com'],
    afterSlowDown: 5,
  },
  // lilei@yahoo.com (AOL and Verizon mailboxes stand on the same servers; yahoo.co.jp does not); mta5.am0.yahoodns.net
  yahoo: {
    domains: [
      ...['yahoo.com', 'ymail.com', 'rocketmail.com', 'myyahoo.com', 'yahoo.co.uk', 'yahoo.fr', 'yahoo.de', 'yahoo.it'],
      ...['yahoo.es', 'yahoo.ca', 'yahoo.in', 'yahoo.co.in', 'yahoo.com.au', 'yahoo.com.br', 'yahoo.com.mx'],
      ...['yahoo.com.hk', 'yahoo.com.tw', 'yahoo.com.sg', 'yahoo.com.vn', 'yahoo.com.ph', 'yahoo.co.id', 'yahoo.co.th'],
      ...['aol.com', 'aim.com', 'verizon.net', 'yahoo.test', 'ymail.test', 'aol.test'],
    ],
    mx: ['yahoodns.net'],
    afterSlowDown: 5,
  },
  // lilei@icloud.com; mx01.mail.icloud.com
  icloud: {
    domains: ['icloud.com', 'me.com', 'mac.com', 'icloud.test', 'me.test'],
    mx: ['mail.icloud.com'],
    afterSlowDown: 5,
  },
  // 10001@qq.com
  qq: {
    domains: ['qq.com', 'vip.qq.com', 'foxmail.com', 'qq.test', 'vip.qq.test', 'foxmail.test'],
    mx: [],
    afterSlowDown: 2,
  },
  // lilei@163.com
  netease: {
    domains: [
      ...['163.com', '126.com', 'yeah.net', 'vip.163.com', 'vip.126.com', '188.com', 'vip.188.com'],
      ...['163.test', '126.test', 'yeah.test', 'vip.163.test'],
    ],
    mx: [],
    afterSlowDown: 2,
  },
  // lilei@sina.com; freemx1.sinamail.sina.com.cn
  sina: {
    domains: ['sina.com', 'sina.cn', 'sina.com.cn', 'vip.sina.com', 'vip.sina.cn', 'sina.test', 'sina.cn.test'],
    mx: ['sinamail.sina.com.cn', 'sina.net'],
    afterSlowDown: 2,
  },
  // lilei@sohu.com; sohumx1.sohu.com
  sohu: { domains: ['sohu.com', 'vip.sohu.com'], mx: ['sohu.com'], afterSlowDown: 2 },
  // lilei@aliyun.com
  aliyun: { domains: ['aliyun.com', 'aliyun.test'], mx: ['mail.aliyun.com'], afterSlowDown: 2 },
  // 13800000000@139.com; mx1.mail.139.com
  '139': { domains: ['139.com', '139.test'], mx: ['mail.139.com'], afterSlowDown: 2 },
  // 18900000000@189.cn
  '189': { domains: ['189.cn', '189.test'], mx: ['189.cn'], afterSlowDown: 2 },
  // 18600000000@wo.cn
  wo: { domains: ['wo.cn', 'wo.com.cn'], mx: ['wo.cn'], afterSlowDown: 2 },
  // lilei@21cn.com
  '21cn': { domains: ['21cn.com', '21cn.net'], mx: ['21cn.com'], afterSlowDown: 2 },
  // lilei@tom.com
  tom: { domains: ['tom.com', 'vip.tom.com'], mx: ['tom.com'], afterSlowDown: 2 },
  // lilei@proton.me; mail.protonmail.ch
  proton: {
    domains: ['proton.me', 'protonmail.com', 'protonmail.ch', 'pm.me'],
    mx: ['protonmail.ch'],
    afterSlowDown: 2,
  },
  // lilei@gmx.de; mx00.emig.gmx.net
  gmx: {
    domains: ['gmx.de', 'gmx.net', 'gmx.com', 'gmx.at', 'gmx.ch', 'web.de', 'mail.com'],
    mx: ['gmx.net'],
    afterSlowDown: 2,
  },
  // lilei@mail.ru; emx.mail.ru
  mailru: { domains: ['mail.ru', 'inbox.ru', 'list.ru', 'bk.ru'], mx: ['mail.ru'], afterSlowDown: 2 },
  // lilei@yandex.ru; mx.yandex.net
  yandex: {
    domains: ['yandex.ru', 'yandex.com', 'ya.ru', 'yandex.by', 'yandex.kz'],
    mx: ['mx.yandex.net', 'mx.yandex.ru'],
    afterSlowDown: 2,
  },
  // lilei@zoho.com; mx2.zoho.com
  zoho: {
    domains: ['zoho.com', 'zohomail.com', 'zoho.com.cn'],
    mx: ['zoho.com', 'zoho.eu', 'zoho.in', 'zoho.com.cn', 'zohomail.com'],
    afterSlowDown: 2,
  },
  // lilei@naver.com; mx1.naver.com
  naver: { domains: ['naver.com'], mx: ['naver.com'], afterSlowDown: 2 },
  // lilei@fastmail.com; in1-smtp.messagingengine.com
  fastmail: { domains: ['fastmail.com', 'fastmail.fm'], mx: ['messagingengine.com'], afterSlowDown: 2 },
  // Tencent Exmail, a company's own domain; mxbiz1.qq.com (mxdomain.qq.com for the older domain mailboxes)
  exmail: { domains: [], mx: ['qq.com'], afterSlowDown: 2 },
  // NetEase qiye, a company's own domain; qiye163mx01.mxmail.netease.com, hzmx01.mxmail.netease.com
  'netease-qiye': { domains: [], mx: ['mxmail.netease.com', 'qiye.163.com', 'ym.163.com'], afterSlowDown: 2 },
  // Aliyun qiye, a company's own domain; mxn.mxhichina.com, mx1.qiye.aliyun.com
  'aliyun-qiye': { domains: [], mx: ['mxhichina.com', 'qiye.aliyun.com', 'alibaba-inc.com'], afterSlowDown: 2 },
  // Feishu and Lark mail, a company's own domain; mx1.feishu.cn, mx1.larksuite.com
  feishu: { domains: [], mx: ['feishu.cn', 'larksuite.com'], afterSlowDown: 2 },
  // Coremail's cloud, a company's own domain; mx.icoremail.net
  coremail: { domains: [], mx: ['icoremail.net', 'coremail.cn'], afterSlowDown: 2 },
  // 263 enterprise mail; mx.263.net
  '263': { domains: ['263.net'], mx: ['263.net', '263xmail.com'], afterSlowDown: 2 },
  // Google Workspace, a company's own domain; aspmx.l.google.com, smtp.google.com, aspmx2.googlemail.com
  'google-workspace': { domains: [], mx: ['google.com', 'googlemail.com'], afterSlowDown: 10 },
  // Microsoft 365, a company's own domain; contoso-com.mail.protection.outlook.com, contoso-com.a-v1.mx.microsoft
  'microsoft-365': { domains: [], mx: ['mail.protection.outlook.com', 'mx.microsoft'], afterSlowDown: 5 },
  // Mimecast in front of a company; eu-smtp-inbound-1.mimecast.com
  mimecast: { domains: [], mx: ['mimecast.com'], afterSlowDown: 2 },
  // Proofpoint in front of a company; mxa-00112233.gslb.pphosted.com
  proofpoint: { domains: [], mx: ['pphosted.com', 'ppe-hosted.com'], afterSlowDown: 2 },
  // success@simulator.test
  sandbox: { domains: ['simulator.test'], mx: [], afterSlowDown: 50 },
  // anybody@a-company.example
  other: { domains: [], mx: [], afterSlowDown: 1 },
};
