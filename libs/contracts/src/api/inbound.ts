import { z } from 'zod';
import { INBOUND_KINDS, TRUST_LEVELS } from '../inbound-verdict.js';
import { Id, Instant, PageQuery } from './conventions.js';

export const InboundQuery = PageQuery.extend({
  kind: z.enum(INBOUND_KINDS).optional(),
  trust: z.enum(TRUST_LEVELS).optional(),
  review: z.stringbool().optional().meta({ description: 'only what waits for a person' }),
});
export const InboundMessage = z
  .object({
    id: Id,
    receivedAt: Instant,
    source: z.string().meta({ description: '`smtp` or the mailbox’s name' }),
    from: z.string(),
    subject: z.string(),
    kind: z.enum(INBOUND_KINDS).nullable(),
    trust: z.enum(TRUST_LEVELS).nullable(),
    status: z.enum(['stored', 'applied', 'review', 'quarantined', 'logged']),
    summary: z.string().meta({ description: 'what it did, or why it did nothing' }),
    campaignId: Id.nullable(),
    campaignName: z.string().nullable(),
    contactEmail: z.string().nullable(),
  })
  .meta({ id: 'InboundMessage' });
export const InboundDetail = InboundMessage.extend({
  recipients: z.array(
    z.object({
      address: z.string(),
      action: z.string(),
      status: z.string().nullable(),
      replyCode: z.number().int().nullable(),
      diagnostic: z.string(),
      reason: z.string(),
      group: z.string(),
      rule: z.string(),
    }),
  ),
  visibleReply: z.string().nullable(),
  awayUntil: z.string().nullable(),
  size: z.number().int(),
}).meta({ id: 'InboundDetail' });

/** A mail as a person reads it; everything in it is foreign. */
export const InboundContent = z
  .object({
    readable: z.boolean().meta({ description: 'false: it passed a limit, and only its source is there' }),
    text: z.string().meta({ description: 'what was written, without quotation and signature' }),
    full: z.string().meta({ description: 'the whole text' }),
    html: z.string().nullable().meta({ description: 'sanitised document for a sandboxed frame; nothing is fetched' }),
    remoteImages: z.number().int().meta({ description: 'images left out; `…/page` is the document with them' }),
    attachments: z.array(
      z.object({
        part: z.number().int(),
        name: z.string(),
        contentType: z.string(),
        size: z.number().int(),
        leftOut: z.boolean().meta({ description: 'the mail was too large: the whole file lies in the mailbox only' }),
      }),
    ),
  })
  .meta({ id: 'InboundContent' });
export const AttachmentQuery = z.object({ part: z.coerce.number().int().min(0).max(10_000).default(0) });

export const SandboxMessage = z
  .object({
    id: z.string(),
    receivedAt: Instant,
    from: z.string(),
    to: z.array(z.string()),
    subject: z.string(),
    size: z.number().int(),
    messageId: z.string(),
  })
  .meta({ id: 'SandboxMessage' });
export const SandboxMessageDetail = SandboxMessage.extend({
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  html: z.string().nullable(),
  text: z.string().nullable(),
  attachments: z.array(z.object({ filename: z.string(), contentType: z.string(), size: z.number().int() })),
}).meta({ id: 'SandboxMessageDetail' });
