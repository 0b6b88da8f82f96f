import type { BodyOf, Resource } from '../api/types.js';

export type Account = Resource<'SmtpAccount'>;
export type Body = BodyOf<'/api/v1/smtp-accounts', 'post'>;

/** The form: what the API takes, with limits that may be empty. */
export interface Values extends Omit<Body, 'limits' | 'warmup'> {
  limits: Partial<Record<'perSecond' | 'perMinute' | 'perHour' | 'perDay', number | null>>;
  warms: boolean;
  warmup: { preset: Preset; startOn: string; volumes: string };
}

type Preset = NonNullable<NonNullable<Body['warmup']>['preset']>;

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
  warms: false,
  warmup: { preset: 'usual', startOn: dayOf(new Date()), volumes: '' },
  enabled: true,
};

/** The port that goes with a kind of security. */
export const USUAL_PORT = { tls: 465, starttls: 587, none: 25 } as const;

export function valuesOf(account: Account): Partial<Values> {
  const { auth, warmup, ...rest } = account;
  return {
    ...rest,
    auth: { method: auth.method, user: auth.user },
    warms: warmup !== null,
    warmup: {
      preset: warmup?.preset ?? 'usual',
      startOn: dayOf(warmup ? new Date(warmup.startAt) : new Date()),
      volumes: warmup?.volumes?.join(', ') ?? '',
    },
  };
}

/** Messages a day as a person writes them, "50, 100 200"; null for anything else. */
export function readVolumes(text: string): number[] | null {
  const words = text.split(/[\s,，、;；]+/).filter(Boolean);
  const volumes = words.map(Number);
  const fine = volumes.length > 0 && volumes.length <= 90;
  return fine && volumes.every((each) => Number.isInteger(each) && each >= 1 && each <= 10_000_000) ? volumes : null;
}

/** A day on the clock of whoever looks, as a date field has it. */
function dayOf(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** What the API takes for a plan: it begins at midnight of the chosen day. */
export function warmupOf({ warms, warmup }: Pick<Values, 'warms' | 'warmup'>): Body['warmup'] {
  if (!warms || !warmup) return null;
  const { preset, startOn, volumes } = warmup;
  const startAt = new Date(`${startOn}T00:00`).toISOString();
  return { preset, startAt, volumes: preset === 'own' ? (readVolumes(volumes) ?? []) : [] };
}

/** What the API takes. An empty password is left out, so that the stored one stays. */
export function bodyOf(values: Values): Body {
  const { limits, auth, returnPathDomain, returnPathAddress, warms, warmup, ...rest } = values;
  const { password, ...login } = auth ?? { method: 'none' as const, user: '' };
  return {
    ...rest,
    auth: { ...login, user: login.user ?? '', ...(password ? { password } : {}) },
    returnPathDomain: returnPathDomain?.trim() || null,
    returnPathAddress: returnPathAddress?.trim() || null,
    limits: Object.fromEntries(
      Object.entries(limits ?? {}).filter(([, value]) => value !== null && value !== undefined),
    ),
    warmup: warmupOf({ warms, warmup }),
  } as Body;
}
