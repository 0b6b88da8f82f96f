import { z } from 'zod';
import { RECIPIENT_STATUSES } from '../statuses.js';
import { Id, Instant, PageQuery, line } from './conventions.js';

/** Bytes of `data` as JSON. */
const DATA_MAX = 100_000;

/** An address alone, or with the name to show beside it. The one strict parser reads it. */
const Party = z.union(
  [z.string().max(400), z.object({ address: z.string().max(400), name: line(100, 0).default('') }).strict()],
  { error: 'must be one address, alone or as { address, name }' },
);

/** A file that was uploaded before, or a small one right here. */
const MessageFile = z.union([
  z.object({ id: Id }).strict(),
  z
    .object({
      name: line(200),
      content: z.base64().max(1_900_000).meta({ description: 'Base64; with all of the request at most 2 MB' }),
    })
    .strict(),
]);

/** One message to one person: a stored template, or its content right here. A field by another name is refused. */
export const MessageBody = z.strictObject({
  to: Party.meta({ description: 'exactly one address, alone or as { address, name }' }),
  from: Party.optional().meta({
    description: 'must be allowed by an SMTP account; without it the login address of the first account that has one',
  }),
  replyTo: z.string().max(400).optional(),
  templateId: Id.optional().meta({ description: 'instead of subject, html, mjml and text' }),
  subject: line(500).optional(),
  preheader: line(500, 0).optional(),
  html: z.string().max(524_288).optional(),
  mjml: z.string().max(524_288).optional(),
  text: z.string().max(204_800).optional(),
  data: z
    .record(z.string().max(200), z.unknown())
    .refine((data) => JSON.stringify(data).length <= DATA_MAX, 'must not be longer than 100 kB as JSON')
    .default({})
    .meta({ description: 'what the template calls data: {{data.code}}' }),
  attachments: z.array(MessageFile).max(10).default([]).meta({ description: 'together at most 10 MB' }),
  tags: z.array(line(50)).max(10).default([]).meta({ description: 'to find it again; nobody outside sees them' }),
});
export type MessageBody = z.infer<typeof MessageBody>;

export const MessageQuery = PageQuery.omit({ q: true, count: true }).extend({
  status: z.enum(RECIPIENT_STATUSES).optional(),
  to: z.string().trim().max(320).optional().meta({ description: 'address, or its beginning' }),
  tag: z.string().trim().max(50).optional(),
});
export type MessageQuery = z.infer<typeof MessageQuery>;

/** Why a message was not sent: a stable word. */
export const MESSAGE_SKIP_REASONS = ['suppressed', 'not_renderable', 'settled'] as const;
export type MessageSkipReason = (typeof MESSAGE_SKIP_REASONS)[number];

/** What a person decides about a message whose reply after the final dot was lost. */
export const SettleMessageBody = z.object({ action: z.enum(['resend', 'settle-accepted', 'settle-skipped']) });

const summary = {
  id: Id,
  to: z.string(),
  from: z.string(),
  subject: z.string().meta({ description: 'as written, with its placeholders' }),
  status: z.enum(RECIPIENT_STATUSES),
  skipReason: z.enum(MESSAGE_SKIP_REASONS).nullable(),
  detail: z
    .string()
    .meta({ description: 'why it waits or could not be sent: `CODE: words` of ours, or words of a server' }),
  tags: z.array(z.string()),
  createdAt: Instant,
  acceptedAt: Instant.nullable(),
  bouncedAt: Instant.nullable(),
  retryAt: Instant.nullable().meta({ description: 'when it is tried again; null unless it waits' }),
};
export const MessageSummary = z.object(summary).meta({ id: 'MessageSummary' });
export const Message = z
  .object({
    ...summary,
    toName: z.string(),
    fromName: z.string(),
    replyTo: z.string().nullable(),
    templateId: Id.nullable(),
    attachments: z.array(z.object({ name: z.string(), contentType: z.string(), bytes: z.number().int() })),
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
    deadlineAt: Instant,
    finishedAt: Instant.nullable(),
    bounceKind: z.enum(['hard', 'soft']).nullable(),
    bounceReason: z.string().nullable(),
    bounceDetail: z.string().nullable(),
    complainedAt: Instant.nullable(),
  })
  .meta({ id: 'Message' });
