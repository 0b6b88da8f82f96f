import { z } from 'zod';
import { BOUNCE_REASONS, INBOUND_KINDS } from '../inbound-verdict.js';
import type { BounceReason } from '../inbound-verdict.js';
import { Id, Instant } from './conventions.js';
import { InboundMessage } from './inbound.js';

/** Every reason a bounce can have. */
export const BounceReasonName = z.enum(Object.values(BOUNCE_REASONS).flat() as [BounceReason, ...BounceReason[]]);

const RecipientOfOurs = z.object({ campaignId: Id, seq: z.number().int().min(1).max(2_147_483_647) });

/** A person's verdict about a mail of the review queue. */
export const VerdictBody = z
  .object({
    kind: z.enum(INBOUND_KINDS),
    reason: BounceReasonName.nullable()
      .default(null)
      .meta({ description: 'why it bounced; needed where a bounce is about a recipient' }),
    recipient: RecipientOfOurs.nullable()
      .default(null)
      .meta({ description: 'whom it is about; without one nobody is touched' }),
    undoSeconds: z.number().int().min(0).max(60).default(0).meta({ description: 'how long it can be taken back' }),
  })
  .meta({ id: 'VerdictBody' });
export type VerdictBody = z.output<typeof VerdictBody>;

const Verdict = z.object({
  kind: z.enum(INBOUND_KINDS),
  reason: BounceReasonName.nullable(),
  recipient: RecipientOfOurs.nullable(),
  actsAt: Instant,
  actedAt: Instant.nullable(),
});

export const REVIEW_CAUSES = ['quarantined', 'no-token', 'several', 'address', 'not-recognised', 'unclear'] as const;
export const GUESS_REASONS = [
  'engine',
  'words',
  'token',
  'named',
  'sender',
  'asks',
  'subject',
  'addressed',
  'nothing',
] as const;

/** A mail of the review queue with what speaks for which verdict. */
export const InboundReview = z
  .object({
    message: InboundMessage,
    cause: z.enum(REVIEW_CAUSES).meta({ description: 'why a person has to look' }),
    words: z.string().meta({ description: 'what the mail itself says, at most 4,000 characters' }),
    guess: z.object({
      kind: z.enum(INBOUND_KINDS),
      reason: BounceReasonName.nullable(),
      recipient: RecipientOfOurs.nullable(),
      because: z.array(z.object({ code: z.enum(GUESS_REASONS), detail: z.string() })),
    }),
    candidates: z
      .array(
        RecipientOfOurs.extend({
          email: z.string(),
          campaignName: z.string(),
          sentAt: Instant.nullable(),
          proof: z.enum(['token', 'named', 'sender']),
        }),
      )
      .meta({ description: 'recipients of the last 90 days it may be about, likeliest first' }),
    verdict: Verdict.nullable(),
    proposal: z.string().nullable().meta({ description: 'words that would know such mail again' }),
  })
  .meta({ id: 'InboundReview' });
export type InboundReview = z.infer<typeof InboundReview>;

export const InboundCounts = z
  .object({
    review: z.number().int().meta({ description: 'mails that wait for a person, counted up to 1,000' }),
    replies: z.number().int().meta({ description: 'threads with unread replies, counted up to 1,000' }),
  })
  .meta({ id: 'InboundCounts' });

export const LearnedPhraseBody = z
  .object({
    phrase: z.string().trim().min(1, 'must not be empty').max(200),
    kind: z.enum(INBOUND_KINDS),
    reason: BounceReasonName.nullable().default(null),
  })
  .meta({ id: 'LearnedPhraseBody' });
export type LearnedPhraseBody = z.output<typeof LearnedPhraseBody>;

export const LearnedPhrase = z
  .object({
    id: Id,
    phrase: z.string().meta({ description: 'as it is looked for: lower case, one space, addresses as <>' }),
    kind: z.enum(INBOUND_KINDS),
    reason: BounceReasonName.nullable(),
    createdAt: Instant,
  })
  .meta({ id: 'LearnedPhrase' });

export const PhrasePreview = z
  .object({
    phrase: z.string(),
    hits: z.number().int(),
    lookedAt: z.number().int().meta({ description: 'of the newest stored mails at most so many are looked at' }),
    today: z
      .array(z.object({ kind: z.enum(INBOUND_KINDS), reason: BounceReasonName.nullable(), count: z.number().int() }))
      .meta({ description: 'what the hits are taken for today' }),
  })
  .meta({ id: 'PhrasePreview' });
