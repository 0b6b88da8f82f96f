import { z } from 'zod';
import { CAMPAIGN_STATUSES, EXCLUSION_REASONS, RECIPIENT_STATUSES, SUPPRESSION_REASONS } from '../statuses.js';
import { Id, Instant, PageQuery } from './conventions.js';

/** The answer to "why did (or didn't) it arrive", in one word; the first that applies, from the strongest evidence. */
export const TRAIL_VERDICTS = [
  /** Nobody has this address, and nobody had it in this campaign. */
  'unknown_address',
  /** The campaign has not started: what would happen now. */
  'would_get',
  'would_be_excluded',
  'would_not_be_candidate',
  /** Started; the audience is materialised by contact, and this one's turn has not come. */
  'preparing',
  'not_candidate',
  'excluded',
  'skipped',
  'waiting',
  'paused',
  'deferred',
  'uncertain',
  'rejected',
  'expired',
  'bounced',
  'complained',
  /** A person opened, clicked or answered: it was there. */
  'read',
  'accepted',
] as const;
export type TrailVerdict = (typeof TRAIL_VERDICTS)[number];

/** One thing that decided, in the order in which they happened. */
export const TRAIL_STEPS = [
  'address_unknown',
  'contact_erased',
  'address_changed',
  'contact_created_later',
  'not_started',
  'started',
  'list_subscribed',
  'list_pending',
  'list_unsubscribed',
  'list_joined_later',
  'on_no_list',
  'not_named',
  'on_excluded_list',
  'would_be_excluded',
  'would_be_prepared',
  'preparing',
  'excluded',
  'prepared',
  'attempt_accepted',
  'attempt_deferred',
  'attempt_rejected',
  'attempt_unreachable',
  'attempt_uncertain',
  'sender_stopped',
  'waiting',
  'waiting_paused',
  'retry',
  'settled_accepted',
  'skipped',
  'expired',
  'hard_bounced',
  'soft_bounced',
  'complained',
  'opened',
  'machine_opened',
  'clicked',
  'machine_clicked',
  'replied',
  'auto_replied',
  'left_company',
  'delivery_confirmed',
  'delivery_relayed',
  'delivery_delayed',
  'read_confirmed',
  'read_declined',
  'unsubscribed',
  'left_list_later',
  'suppressed_now',
] as const;
export type TrailStepCode = (typeof TRAIL_STEPS)[number];

const params = z
  .record(z.string(), z.union([z.string(), z.number()]))
  .meta({ description: 'names, numbers and codes in the sentence, for a wording in another language' });

export const TrailStep = z.object({
  code: z.enum(TRAIL_STEPS),
  at: Instant.nullable(),
  message: z.string().meta({ description: 'the step as an English sentence' }),
  params,
  attempt: z
    .object({
      smtpAccountId: z.string().meta({ description: 'empty where a crash left nothing known but the intent' }),
      smtpAccountName: z.string().nullable(),
      code: z.number().int().nullable(),
      enhanced: z.string().nullable(),
      text: z.string().meta({ description: 'the server’s words, or ours when there was no answer' }),
    })
    .nullable(),
  inboundMessageId: Id.nullable().meta({ description: 'the stored mail that proves it' }),
});

/** The end of the story in one sentence. */
const verdict = {
  verdict: z.enum(TRAIL_VERDICTS),
  message: z.string().meta({ description: 'the verdict as an English sentence' }),
  params,
};

/** Everything that decided whether one address got one campaign. */
export const DecisionTrail = z
  .object({
    ...verdict,
    address: z.string(),
    contact: z.object({ id: Id, email: z.string(), name: z.string() }).nullable(),
    campaign: z.object({ id: Id, name: z.string(), status: z.enum(CAMPAIGN_STATUSES) }),
    recipient: z
      .object({
        seq: z.number().int(),
        batchId: Id,
        provider: z.string(),
        status: z.enum(RECIPIENT_STATUSES),
      })
      .nullable()
      .meta({ description: 'the row of the ledger; null for whoever was not prepared' }),
    exclusion: z.enum(EXCLUSION_REASONS).nullable(),
    steps: z.array(TrailStep).meta({ description: 'oldest first' }),
    suppression: z
      .object({ id: Id, reason: z.enum(SUPPRESSION_REASONS), createdAt: Instant })
      .nullable()
      .meta({ description: 'whether the address may be mailed now' }),
  })
  .meta({ id: 'DecisionTrail' });

/** One of the two; the address wins. It need not be a contact's any more. */
export const TrailQuery = z.object({
  address: z.string().max(400).optional(),
  contactId: Id.optional(),
});

export const ContactCampaignQuery = PageQuery.pick({ limit: true, cursor: true });
/** A started campaign from the view of one contact: got it, or why not. Newest first. */
export const ContactCampaign = z
  .object({
    campaign: z.object({
      id: Id,
      name: z.string(),
      status: z.enum(CAMPAIGN_STATUSES),
      startedAt: Instant.nullable(),
    }),
    ...verdict,
  })
  .meta({ id: 'ContactCampaign' });
