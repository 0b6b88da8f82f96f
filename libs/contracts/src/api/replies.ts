import { z } from 'zod';
import { Id, Instant, PageQuery } from './conventions.js';

export const REPLY_KINDS = ['reply', 'auto-reply', 'unsubscribe'] as const;
export type ReplyKind = (typeof REPLY_KINDS)[number];
export const REPLY_STATES = ['new', 'open', 'done'] as const;

export const ReplyQuery = PageQuery.extend({
  state: z.enum(REPLY_STATES).optional(),
  kind: z.enum(REPLY_KINDS).optional(),
  unread: z.stringbool().optional(),
  assignee: z.union([z.enum(['me', 'none']), Id]).optional(),
  campaignId: Id.optional(),
});
export type ReplyQuery = z.output<typeof ReplyQuery>;

const Person = z.object({ id: Id, name: z.string() });

export const ReplyThreadSummary = z
  .object({
    id: Id,
    address: z.string(),
    name: z.string(),
    contactId: Id.nullable(),
    campaignId: Id.nullable(),
    campaignName: z.string().nullable(),
    subject: z.string(),
    preview: z.string().meta({ description: 'beginning of the last mail' }),
    kind: z.enum(REPLY_KINDS).meta({ description: 'a person’s reply outweighs the others' }),
    state: z.enum(REPLY_STATES),
    unread: z.number().int(),
    assignee: Person.nullable(),
    lastAt: Instant,
  })
  .meta({ id: 'ReplyThreadSummary' });

const ReplyMail = z.object({
  id: Id,
  inboundMessageId: Id,
  kind: z.enum(REPLY_KINDS),
  matched: z
    .enum(['token', 'sender', 'person'])
    .meta({ description: 'by our signature, by its sender alone (shown, nothing done), or by a person' }),
  subject: z.string(),
  text: z.string().meta({ description: 'what was written, without quotation and signature' }),
  awayUntil: z
    .string()
    .nullable()
    .meta({ description: 'date until which an absence assistant says its person is away' }),
  at: Instant,
  readAt: Instant.nullable(),
  mailboxNote: z.string().nullable().meta({ description: 'why the mail could not be marked in its mailbox' }),
});

const ReplyAnswer = z.object({
  id: Id,
  at: Instant,
  by: Person.nullable(),
  text: z.string(),
  state: z.enum(['sending', 'sent', 'failed', 'uncertain']),
  detail: z.string().meta({ description: 'why it waits or failed, in the server’s words' }),
  messageId: Id.nullable().meta({ description: 'the triggered message it left as' }),
});

export const ReplyThread = ReplyThreadSummary.extend({
  version: z.number().int(),
  note: z.string(),
  sentMessageId: Id.nullable().meta({ description: 'the triggered message that was answered' }),
  people: z.array(Person).meta({ description: 'who can be given the thread' }),
  mails: z.array(ReplyMail).meta({ description: 'oldest first, the last 100' }),
  answers: z.array(ReplyAnswer).meta({ description: 'oldest first, the last 100' }),
}).meta({ id: 'ReplyThread' });
export type ReplyThread = z.infer<typeof ReplyThread>;

export const UpdateReplyBody = z
  .object({
    version: z.number().int(),
    state: z.enum(REPLY_STATES).optional(),
    assigneeId: Id.nullable().optional(),
    note: z.string().max(4_000).optional(),
  })
  .meta({ id: 'UpdateReplyBody' });
export type UpdateReplyBody = z.output<typeof UpdateReplyBody>;

export const AnswerBody = z
  .object({
    text: z.string().trim().min(1, 'must not be empty').max(100_000),
    done: z.boolean().default(false).meta({ description: 'the thread is done with it' }),
    lastAnswerId: Id.nullable().optional().meta({
      description:
        'the last answer the writer has seen, null for none; where there is another since: 409 ANSWERED_MEANWHILE',
    }),
  })
  .meta({ id: 'AnswerBody' });
export const RetryAnswerBody = z.object({ answerId: Id }).meta({ id: 'RetryAnswerBody' });
