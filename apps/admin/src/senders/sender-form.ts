import type { BodyOf, Resource } from '../api/types.js';

export type Account = Resource<'SmtpAccount'>;
export type Body = BodyOf<'/api/v1/smtp-accounts', 'post'>;

/** The form: what the API takes, with DKIM as a switch and limits that may be empty. */
export interface Values extends Omit<Body, 'dkim' | 'limits'> {
  limits: Partial<Record<'perSecond' | 'perMinute' | 'perHour' | 'perDay', number | null>>;
  signs: boolean;
  dkim: { domain: string; selector: string; privateKey?: string };
}

export const NEW_ACCOUNT: Partial<Values> = {
  port: 587,
  security: 'starttls',
  auth: { method: 'plain', user: '' },
  returnPath: 'verp',
  connections: 4,
  messagesPerConnection: 100,
  weight: 1,
  fromDomains: [],
  limits: {},
  signs: false,
  dkim: { domain: '', selector: 'hongyan' },
  enabled: true,
};

/** The port that goes with a kind of security. */
export const USUAL_PORT = { tls: 465, starttls: 587, none: 25 } as const;

export function valuesOf(account: Account): Partial<Values> {
  const { dkim, auth, ...rest } = account;
  return {
    ...rest,
    auth: { method: auth.method, user: auth.user },
    signs: dkim !== null,
    dkim: { domain: dkim?.domain ?? account.fromDomains[0] ?? '', selector: dkim?.selector ?? 'hongyan' },
  };
}

/** What the API takes. An empty password is left out, so that the stored one stays. */
export function bodyOf(values: Values): Body {
  const { signs, dkim, limits, auth, returnPathDomain, returnPathAddress, ...rest } = values;
  const { password, ...login } = auth ?? { method: 'none' as const, user: '' };
  const { privateKey, ...key } = dkim ?? { domain: '', selector: '' };
  return {
    ...rest,
    auth: { ...login, user: login.user ?? '', ...(password ? { password } : {}) },
    returnPathDomain: returnPathDomain?.trim() || null,
    returnPathAddress: returnPathAddress?.trim() || null,
    limits: Object.fromEntries(
      Object.entries(limits ?? {}).filter(([, value]) => value !== null && value !== undefined),
    ),
    dkim: signs ? { ...key, ...(privateKey?.trim() ? { privateKey } : {}) } : null,
  } as Body;
}
