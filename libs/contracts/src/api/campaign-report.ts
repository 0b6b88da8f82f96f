import { z } from 'zod';
import { CAMPAIGN_STATUSES, EXCLUSION_REASONS, RECIPIENT_STATUSES } from '../statuses.js';
import { CampaignCounts } from './campaigns.js';
import { Id, Instant, PageQuery } from './conventions.js';

const uniqueTotal = z.object({ unique: z.number().int(), total: z.number().int() });
const countOf = z.object({ count: z.number().int(), of: z.number().int() });
const Rates = z.object({
  delivery: countOf,
  bounce: countOf,
  open: countOf,
  click: countOf,
  clickToOpen: countOf,
  unsubscribe: countOf,
  complaint: countOf,
  reply: countOf,
});

/** What tables of groups of recipients show of each. */
const groupCounts = {
  prepared: z.number().int(),
  accepted: z.number().int(),
  rejected: z.number().int(),
  expired: z.number().int(),
  bounced: z.number().int(),
  opened: z.number().int(),
  clicked: z.number().int(),
  openedByAny: z.number().int(),
  clickedByAny: z.number().int(),
  replied: z.number().int(),
  unsubscribed: z.number().int(),
  complained: z.number().int(),
};

export const CampaignReport = z
  .object({
    campaignId: Id,
    status: z.enum(CAMPAIGN_STATUSES),
    counts: CampaignCounts,
    exclusions: z.array(z.object({ reason: z.enum(EXCLUSION_REASONS), count: z.number().int() })),
    opens: z.object({ human: uniqueTotal, machine: uniqueTotal }),
    clicks: z.object({ human: uniqueTotal, machine: uniqueTotal }),
    byAnybody: z
      .object({ opened: z.number().int(), clicked: z.number().int() })
      .meta({ description: 'recipients of whom a person or a machine opened, clicked' }),
    autoReplied: z.number().int(),
    rates: Rates.meta({ description: 'numerator and denominator as defined in the table of counts; readers divide' }),
    usual: Rates.nullable().meta({
      description: 'the same over up to 20 campaigns of the workspace before this one; null without any',
    }),
    links: z.array(z.object({ index: z.number().int(), url: z.string(), human: uniqueTotal, machine: uniqueTotal })),
    bounceReasons: z.array(
      z.object({
        reason: z.string(),
        kind: z.enum(['hard', 'soft']),
        count: z.number().int(),
        sample: z.string().meta({ description: 'the words of a server that said so' }),
        providers: z.array(z.object({ provider: z.string(), count: z.number().int(), sample: z.string() })),
      }),
    ),
    providers: z.array(z.object({ provider: z.string(), ...groupCounts })),
    clients: z
      .array(
        z.object({
          client: z.string(),
          device: z.string(),
          opened: z.number().int(),
          clicked: z.number().int(),
        }),
      )
      .meta({ description: 'with what people opened and clicked; one who used two is in both' }),
    timeline: z
      .array(
        z.object({
          at: Instant,
          accepted: z.number().int(),
          opened: z.number().int(),
          clicked: z.number().int(),
          bounced: z.number().int(),
          openedByAny: z.number().int(),
          clickedByAny: z.number().int(),
        }),
      )
      .meta({ description: 'buckets of equal length, oldest first' }),
    timelineBucketSeconds: z.number().int(),
    ratePerMinute: z.number().int().meta({ description: 'accepted in the last minute' }),
    startedAt: Instant.nullable(),
    asOf: Instant,
  })
  .meta({ id: 'CampaignReport' });

export const RecipientQuery = PageQuery.extend({
  status: z.enum(RECIPIENT_STATUSES).optional(),
  event: z
    .enum(['deferred', 'opened', 'clicked', 'bounced', 'complained', 'unsubscribed', 'replied', 'excluded'])
    .optional(),
  provider: z.string().max(40).optional(),
});
export const Recipient = z
  .object({
    seq: z.number().int().nullable().meta({ description: 'null for an excluded candidate' }),
    contactId: Id.nullable(),
    email: z.string(),
    name: z.string(),
    provider: z.string().nullable(),
    status: z.enum(RECIPIENT_STATUSES).nullable(),
    exclusion: z.enum(EXCLUSION_REASONS).nullable(),
    retryAt: Instant.nullable(),
    attempts: z.array(
      z.object({
        at: Instant,
        smtpAccountId: z.string(),
        kind: z.string(),
        code: z.number().int().nullable(),
        enhanced: z.string().nullable(),
        text: z.string(),
      }),
    ),
    acceptedAt: Instant.nullable(),
    bouncedAt: Instant.nullable(),
    bounceKind: z.enum(['hard', 'soft']).nullable(),
    bounceReason: z.string().nullable(),
    complainedAt: Instant.nullable(),
    openedAt: Instant.nullable(),
    clickedAt: Instant.nullable(),
    repliedAt: Instant.nullable(),
    unsubscribedAt: Instant.nullable(),
  })
  .meta({ id: 'Recipient' });
