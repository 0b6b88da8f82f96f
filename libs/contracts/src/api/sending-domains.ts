import { z } from 'zod';
import { Id, Instant } from './conventions.js';

/** A domain mail comes from. Without a key of one's own a fresh one of 2048 bits is made. */
export const SendingDomainBody = z.object({
  domain: z.string().trim().toLowerCase().min(1, 'must not be empty').max(253),
  selector: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/, 'must be letters, digits and hyphens')
    .default('hy1'),
  privateKey: z.string().max(10_000).optional().meta({ description: 'PEM of a key in use elsewhere; write-only' }),
});

export const RECORD_STATES = ['ok', 'missing', 'wrong', 'unsure', 'unanswered', 'unchecked'] as const;
export const DomainRecord = z.object({
  kind: z.enum(['dkim', 'dkim-next', 'spf', 'dmarc', 'return-path', 'tracking']),
  type: z.enum(['TXT', 'MX', 'A']),
  name: z.string(),
  value: z.string().meta({ description: 'what to publish; empty where only its presence counts' }),
  state: z.enum(RECORD_STATES).meta({
    description: '`unsure`: there, but the DNS alone does not tell whether it is right',
  }),
  code: z.string().meta({ description: 'what is right or wrong with it' }),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  found: z.array(z.string()).meta({ description: 'what the DNS says now' }),
});
export type DomainRecord = z.infer<typeof DomainRecord>;

export const SendingDomain = z
  .object({
    id: Id,
    domain: z.string(),
    status: z.enum(['unchecked', 'verified', 'partly', 'unverified']).meta({
      description: '`verified`: its mail passes DMARC and no record is wrong; `partly`: only the signature holds',
    }),
    records: z.array(DomainRecord),
    keys: z.array(
      z.object({
        selector: z.string(),
        state: z.enum(['active', 'next', 'retired']).meta({
          description: '`next` takes over by itself once its record is published',
        }),
        createdAt: Instant,
      }),
    ),
    checkedAt: Instant.nullable(),
    nextCheckAt: Instant,
    createdAt: Instant,
  })
  .meta({ id: 'SendingDomain' });
