import { z } from 'zod';
import { Id, Instant } from './conventions.js';
import { RateLimits, SmtpAccount } from './senders.js';

const count = z.number().int();

/** What servers answered in the last minutes, as far as it tells of the pace. */
export const PaceAnswers = z.object({
  accepted: count,
  slowed: count.meta({ description: 'asked to slow down, in words we know' }),
  hinted: count.meta({ description: '421, 450 or 4.7.x without such words' }),
  deferred: count,
  rejected: count,
  failed: count.meta({ description: 'not reached, or lost after the final dot' }),
});
export type PaceAnswers = z.infer<typeof PaceAnswers>;

/** Why a pace is what it is; the UI words each code in the user's language. */
export const PaceEvent = z.object({
  at: Instant,
  code: z.enum(['PROVIDER_SLOWED', 'PROVIDER_EASING', 'PROVIDER_FREED']),
  perMinute: count.nullable().meta({ description: 'messages a minute from then on; null for no limit of its own' }),
  said: z.string().nullable().meta({ description: 'with PROVIDER_SLOWED: the server’s own words' }),
});

/** One mailbox provider (or one domain of the long tail) at one SMTP account. */
export const ProviderPace = z.object({
  provider: z.string(),
  domain: z.string().nullable().meta({ description: 'the domain, where it is paced by itself' }),
  perMinute: count.nullable().meta({ description: 'its pace now; null where only the account’s limits hold' }),
  acceptedPerMinute: count.meta({ description: 'messages that were accepted in the last minute' }),
  nextAt: Instant.nullable().meta({ description: 'when it may get the next message; null for now' }),
  pending: count.meta({ description: 'recipients of sending campaigns that wait and may go over the account' }),
  answers: PaceAnswers,
  events: z.array(PaceEvent).meta({ description: 'newest first, at most 12' }),
});
export type ProviderPace = z.infer<typeof ProviderPace>;

/** What one SMTP account does just now. */
export const AccountPace = z
  .object({
    ...SmtpAccount.pick({
      id: true,
      name: true,
      kind: true,
      enabled: true,
      health: true,
      lastError: true,
      lastErrorAt: true,
      warmup: true,
      warmupState: true,
    }).shape,
    id: Id,
    retryAt: Instant.nullable().meta({ description: 'a failing account is tried again then' }),
    limits: RateLimits,
    used: RateLimits.extend({ perSecond: z.number().min(0), perMinute: count, perHour: count, perDay: count })
      .partial()
      .meta({ description: 'what of each limit the running second, minute, hour and day have used' }),
    nextAt: Instant.nullable().meta({ description: 'when the limits allow the next message; null for now' }),
    pending: count,
    acceptedPerMinute: count.meta({ description: 'messages that were accepted in the last minute' }),
    soundness: z.object({ count, of: count }).meta({
      description: 'answers of the last minutes that speak for the account: all but complaints and failures',
    }),
    answersSeconds: count.meta({ description: 'the answers are those of so long, in steps of ten seconds' }),
    providers: z.array(ProviderPace).meta({ description: 'those with recipients or answers, at most 60' }),
  })
  .meta({ id: 'AccountPace' });
export type AccountPace = z.infer<typeof AccountPace>;
