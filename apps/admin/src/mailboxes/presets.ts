/** What a provider wants in place of the password a person knows. */
export type SecretKind = 'password' | 'authCode' | 'appPassword' | 'token';

export interface Preset {
  key: string;
  /** Host of each protocol; TLS on the usual port (993, 995) everywhere. Null: not offered. */
  imap: string;
  pop3: string | null;
  secret: SecretKind;
  /** Domains of the addresses it serves; empty for those that serve domains of their customers. */
  domains: string[];
  /** Token endpoint and scope, where the provider lets applications in by OAuth. */
  oauth?: { tokenUrl: string; scope: string };
}

/** Server settings as the providers publish them. */
export const PRESETS: readonly Preset[] = [
  { key: 'qq', imap: 'imap.qq.com', pop3: 'pop.qq.com', secret: 'authCode', domains: ['qq.com', 'foxmail.com'] },
  { key: 'exmail', imap: 'imap.exmail.qq.com', pop3: 'pop.exmail.qq.com', secret: 'authCode', domains: [] },
  { key: '163', imap: 'imap.163.com', pop3: 'pop.163.com', secret: 'authCode', domains: ['163.com'] },
  { key: '126', imap: 'imap.126.com', pop3: 'pop.126.com', secret: 'authCode', domains: ['126.com'] },
  { key: 'yeah', imap: 'imap.yeah.net', pop3: 'pop.yeah.net', secret: 'authCode', domains: ['yeah.net'] },
  { key: 'netease-qiye', imap: 'imap.qiye.163.com', pop3: 'pop.qiye.163.com', secret: 'authCode', domains: [] },
  { key: 'aliyun-qiye', imap: 'imap.qiye.aliyun.com', pop3: 'pop.qiye.aliyun.com', secret: 'appPassword', domains: [] },
  { key: 'aliyun', imap: 'imap.aliyun.com', pop3: 'pop3.aliyun.com', secret: 'password', domains: ['aliyun.com'] },
  { key: 'sina', imap: 'imap.sina.com', pop3: 'pop.sina.com', secret: 'authCode', domains: ['sina.com'] },
  { key: '139', imap: 'imap.139.com', pop3: 'pop.139.com', secret: 'authCode', domains: ['139.com'] },
  { key: '189', imap: 'imap.189.cn', pop3: 'pop.189.cn', secret: 'authCode', domains: ['189.cn'] },
  { key: 'feishu', imap: 'imap.feishu.cn', pop3: 'pop.feishu.cn', secret: 'appPassword', domains: [] },
  {
    key: 'gmail',
    imap: 'imap.gmail.com',
    pop3: 'pop.gmail.com',
    secret: 'appPassword',
    domains: ['gmail.com'],
    oauth: { tokenUrl: 'https://oauth2.googleapis.com/token', scope: 'https://mail.google.com/' },
  },
  {
    key: 'outlook',
    imap: 'outlook.office365.com',
    pop3: 'outlook.office365.com',
    secret: 'token',
    domains: ['outlook.com', 'hotmail.com', 'live.com', 'msn.com'],
    oauth: {
      tokenUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
      scope:
        'https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/POP.AccessAsUser.All offline_access',
    },
  },
  {
    key: 'yahoo',
    imap: 'imap.mail.yahoo.com',
    pop3: 'pop.mail.yahoo.com',
    secret: 'appPassword',
    domains: ['yahoo.com', 'ymail.com'],
  },
  {
    key: 'icloud',
    imap: 'imap.mail.me.com',
    pop3: null,
    secret: 'appPassword',
    domains: ['icloud.com', 'me.com', 'mac.com'],
  },
  { key: 'zoho', imap: 'imap.zoho.com', pop3: 'pop.zoho.com', secret: 'appPassword', domains: ['zohomail.com'] },
  {
    key: 'fastmail',
    imap: 'imap.fastmail.com',
    pop3: 'pop.fastmail.com',
    secret: 'appPassword',
    domains: ['fastmail.com'],
  },
];

/** The provider of a server name or, where that is empty, of an address. */
export function presetOf(host: string | undefined, address: string | undefined): Preset | undefined {
  const name = host?.trim().toLowerCase();
  if (name) return PRESETS.find(({ imap, pop3 }) => imap === name || pop3 === name);
  const domain = address?.split('@')[1]?.trim().toLowerCase();
  return domain ? PRESETS.find(({ domains }) => domains.includes(domain)) : undefined;
}
