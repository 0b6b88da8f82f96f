import { z } from 'zod';
import { Id, Instant, PageQuery } from './conventions.js';

/**
 * How a message came to be uncertain: a sender process stopped while it was on the wire (only the intent in its journal
 * is known), or the connection ended after the message and before the server's answer.
 */
export const UNCERTAIN_CAUSES = ['sender_stopped', 'connection_ended'] as const;
export type UncertainCause = (typeof UNCERTAIN_CAUSES)[number];

const filter = {
  cause: z.enum(UNCERTAIN_CAUSES).optional(),
  smtpAccountId: Id.optional(),
  q: z.string().trim().max(200).optional().meta({ description: 'part of the address' }),
};

export const UncertainQuery = PageQuery.extend(filter);
export const UncertainRecipient = z
  .object({
    seq: z.number().int(),
    contactId: Id,
    email: z.string(),
    name: z.string(),
    provider: z.string(),
    at: Instant.nullable().meta({ description: 'when the message began to leave, or the stop was noticed' }),
    cause: z.enum(UNCERTAIN_CAUSES),
    smtpAccountId: Id.nullable(),
    smtpAccountName: z.string().nullable(),
    host: z.string().nullable().meta({ description: 'the server of the account' }),
    text: z.string().meta({ description: 'the last that was heard' }),
    attempts: z.number().int(),
  })
  .meta({ id: 'UncertainRecipient' });

/** What happened, in groups: "3 messages were on the wire when a sender stopped". */
export const UncertainStory = z
  .object({
    count: z.number().int(),
    groups: z.array(
      z.object({
        cause: z.enum(UNCERTAIN_CAUSES),
        smtpAccountId: Id.nullable(),
        smtpAccountName: z.string().nullable(),
        host: z.string().nullable(),
        count: z.number().int(),
        firstAt: Instant.nullable(),
        lastAt: Instant.nullable(),
      }),
    ),
  })
  .meta({ id: 'UncertainStory' });

/** What a person decides about recipients whose reply after the final dot was lost. */
export const SettleUncertainBody = z.object({
  action: z.enum(['resend', 'settle-accepted', 'settle-skipped']),
  recipients: z
    .array(z.number().int().min(1).max(2_147_483_647))
    .min(1)
    .max(1_000)
    .optional()
    .meta({ description: '`seq` of those meant; without it all that the filter leaves' }),
  filter: z.object(filter).optional(),
  expected: z
    .number()
    .int()
    .min(0)
    .max(2_147_483_647)
    .optional()
    .meta({ description: 'how many the decision is meant for; another number is 409 UNCERTAIN_CHANGED' }),
});
export const SettleUncertainResult = z
  .object({
    settled: z.number().int().meta({ description: 'recipients that were uncertain' }),
    left: z.number().int().meta({ description: 'recipients that still are' }),
  })
  .meta({ id: 'SettleUncertainResult' });
