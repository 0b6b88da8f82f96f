import type { ProviderTexts } from './provider-texts.js';
import * as texts from './provider-texts.js';

export type ProviderKey =
  'simulator' | 'qq' | 'netease' | 'gmail' | 'outlook' | 'yahoo' | 'icloud' | 'sina' | 'aliyun' | 'telecom' | 'corp';

/** What a provider takes from one sending host before it refuses. */
export interface ProviderLimits {
  /** Sessions that named one of its recipients in the last ten seconds. */
  connections: number;
  connectionsPerMinute: number;
  messagesPerConnection: number;
  /** Recipients a minute; a tenth of it may come at once. */
  messagesPerMinute: number;
}

/** Part of the recipients (0 to 1) that does each thing. `click` is a part of those who open. */
export interface Shares {
  hardBounce: number;
  mailboxFull: number;
  complaint: number;
  open: number;
  click: number;
  reply: number;
  outOfOffice: number;
  unsubscribe: number;
  machine: number;
}

/** How the provider's bounce reports are built. */
export type BounceForm = 'postfix' | 'gmail' | 'exchange' | 'qq' | 'netease' | 'yahoo';

/** One simulated mailbox provider. */
export interface Provider {
  key: ProviderKey;
  domains: string[];
  /** Host name in its reports. */
  mx: string;
  language: 'zh' | 'en';
  form: BounceForm;
  texts: ProviderTexts;
  limits: ProviderLimits;
  shares: Shares;
  /** What opens mail before its reader: an image proxy or a link scanner. */
  machine: 'proxy-open' | 'scanner';
}

const usual: Shares = {
  hardBounce: 0.01,
  mailboxFull: 0.004,
  complaint: 0.0005,
  open: 0.35,
  click: 0.2,
  reply: 0.005,
  outOfOffice: 0.01,
  unsubscribe: 0.003,
  machine: 0.2,
};
const nobody: Shares = {
  hardBounce: 0,
  mailboxFull: 0,
  complaint: 0,
  open: 0,
  click: 0,
  reply: 0,
  outOfOffice: 0,
  unsubscribe: 0,
  machine: 0,
};

/** Generous, so that a trial of 10,000 recipients takes a minute or two even at one provider. */
const limits = (messagesPerMinute: number): ProviderLimits => ({
  connections: 100,
  connectionsPerMinute: 600,
  messagesPerConnection: 5000,
  messagesPerMinute,
});
const unlimited: ProviderLimits = {
  connections: Infinity,
  connectionsPerMinute: Infinity,
  messagesPerConnection: Infinity,
  messagesPerMinute: Infinity,
};

export const PROVIDERS: readonly Provider[] = [
  {
    key: 'simulator',
    domains: ['simulator.test'],
    mx: 'mx.simulator.test',
    language: 'en',
    form: 'postfix',
    texts: texts.postfixTexts,
    limits: unlimited,
    shares: nobody,
    machine: 'proxy-open',
  },
  {
    key: 'qq',
    domains: ['qq.test', 'vip.qq.test', 'foxmail.test'],
    mx: 'mx3.qq.test',
    language: 'zh',
    form: 'qq',
    texts: texts.qqTexts,
    limits: limits(6000),
    shares: usual,
    machine: 'scanner',
  },
  {
    key: 'netease',
    domains: ['163.test', '126.test', 'yeah.test', 'vip.163.test'],
    mx: '163mx01.mxmail.netease.test',
    language: 'zh',
    form: 'netease',
    texts: texts.neteaseTexts,
    limits: limits(6000),
    shares: usual,
    machine: 'scanner',
  },
  {
    key: 'gmail',
    domains: ['gmail.test', 'googlemail.test'],
    mx: 'gmail-smtp-in.l.gmail.test',
    language: 'en',
    form: 'gmail',
    texts: texts.gmailTexts,
    limits: limits(12_000),
    shares: usual,
    machine: 'proxy-open',
  },
  {
    key: 'outlook',
    domains: ['outlook.test', 'hotmail.test', 'live.test'],
    mx: 'outlook-com.olc.protection.outlook.test',
    language: 'en',
    form: 'exchange',
    texts: texts.outlookTexts,
    limits: limits(9000),
    shares: usual,
    machine: 'scanner',
  },
  {
    key: 'yahoo',
    domains: ['yahoo.test', 'ymail.test', 'aol.test'],
    mx: 'mta5.am0.yahoodns.test',
    language: 'en',
    form: 'yahoo',
    texts: texts.yahooTexts,
    limits: limits(6000),
    shares: usual,
    machine: 'proxy-open',
  },
  {
    key: 'icloud',
    domains: ['icloud.test', 'me.test'],
    mx: 'mx01.mail.icloud.test',
    language: 'en',
    form: 'postfix',
    texts: texts.postfixTexts,
    limits: limits(6000),
    shares: { ...usual, machine: 0.5 },
    machine: 'proxy-open',
  },
  {
    key: 'sina',
    domains: ['sina.test', 'sina.cn.test'],
    mx: 'freemx1.sinamail.sina.test',
    language: 'zh',
    form: 'postfix',
    texts: texts.postfixTexts,
    limits: limits(4000),
    shares: usual,
    machine: 'scanner',
  },
  {
    key: 'aliyun',
    domains: ['aliyun.test'],
    mx: 'mx2.mail.aliyun.test',
    language: 'zh',
    form: 'postfix',
    texts: texts.aliyunTexts,
    limits: limits(6000),
    shares: usual,
    machine: 'scanner',
  },
  {
    key: 'telecom',
    domains: ['139.test', '189.test'],
    mx: 'mx1.mail.139.test',
    language: 'zh',
    form: 'postfix',
    texts: texts.postfixTexts,
    limits: limits(4000),
    shares: usual,
    machine: 'scanner',
  },
  {
    key: 'corp',
    domains: ['corp.test', 'company.test'],
    mx: 'mail.corp.test',
    language: 'en',
    form: 'exchange',
    texts: texts.postfixTexts,
    limits: limits(12_000),
    shares: { ...usual, outOfOffice: 0.03 },
    machine: 'scanner',
  },
];

const byDomain = new Map(PROVIDERS.flatMap((provider) => provider.domains.map((domain) => [domain, provider])));

/** The simulated provider of an address, or undefined for every other domain: mail is taken, nobody reacts. */
export function providerOf(address: string): Provider | undefined {
  return byDomain.get(address.slice(address.lastIndexOf('@') + 1).toLowerCase());
}

/** The simulated provider that stands for a mailbox provider of the provider table; companies for those not known. */
export function simulatedProvider(mailboxProvider: string): Provider {
  const key = STANDS_FOR[mailboxProvider] ?? mailboxProvider;
  return PROVIDERS.find((provider) => provider.key === key) ?? COMPANIES;
}

const COMPANIES = PROVIDERS.find(({ key }) => key === 'corp') as Provider;
const STANDS_FOR: Record<string, ProviderKey> = {
  sandbox: 'simulator',
  '139': 'telecom',
  '189': 'telecom',
  wo: 'telecom',
  exmail: 'qq',
  'netease-qiye': 'netease',
  'aliyun-qiye': 'aliyun',
  'google-workspace': 'gmail',
  'microsoft-365': 'outlook',
};
