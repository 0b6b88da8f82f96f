import { z } from 'zod';
import { BOUNCE_REASONS } from '../inbound-verdict.js';
import { HYGIENE_RULES, SUPPRESSION_REASONS } from '../statuses.js';
import { Id, Instant } from './conventions.js';

const Rule = z.enum(HYGIENE_RULES);
export const HygieneRuleParam = Rule;
const Reason = z.enum(['leftcompany', ...Object.values(BOUNCE_REASONS).flat()]);
const Setting = z.object({
  enabled: z.boolean(),
  parameters: z.record(z.string().max(40), z.int()).refine((value) => Object.keys(value).length <= 20, 'too many'),
});

export const HygieneRow = z
  .object({
    rule: Rule,
    reasons: z.array(Reason).meta({ description: 'of bounces that fall under this row' }),
    optional: z.boolean().meta({ description: 'whether it may be switched off' }),
    enabled: z.boolean(),
    version: z.int().meta({ description: '0 while it is as the product has it' }),
    parameters: z.array(
      z.object({
        name: z.string(),
        value: z.int(),
        default: z.int(),
        min: z.int(),
        max: z.int(),
        unit: z.enum(['times', 'days', 'hours', 'percent', 'messages']),
      }),
    ),
  })
  .meta({ id: 'HygieneRow' });
export const HygieneTable = z.object({ items: z.array(HygieneRow) }).meta({ id: 'HygieneTable' });
export const HygienePreviewBody = Setting;
export const HygieneChangeBody = Setting.extend({
  version: z.int().min(0),
  replay: z.boolean().default(false).meta({ description: 'also apply it to the bounces that are stored' }),
});

export const HygienePreview = z
  .object({
    looked: z.int().meta({ description: 'addresses or domains with bounces under this row' }),
    complete: z.boolean().meta({ description: 'false when there are more than were looked at' }),
    suppressed: z.int(),
    backedOff: z.int().meta({ description: 'left alone for a while, domains too' }),
    freed: z.int(),
    examples: z.array(
      z.object({
        address: z.string(),
        effect: z.enum(['suppressed', 'backed_off', 'freed']),
        bounces: z.int(),
        lastAt: Instant,
        until: Instant.nullable(),
      }),
    ),
  })
  .meta({ id: 'HygienePreview' });

export const HygieneChange = z
  .object({
    id: Id,
    rule: Rule,
    before: Setting,
    after: Setting,
    suppressed: z.int(),
    freed: z.int(),
    actor: z.string(),
    at: Instant,
    undoneAt: Instant.nullable(),
    undoable: z.boolean().meta({ description: 'the latest change of its row, and not undone yet' }),
  })
  .meta({ id: 'HygieneChange' });

/** A campaign that paused itself because it was refused too often. */
export const HygieneAlarm = z
  .object({
    id: Id,
    at: Instant,
    campaignId: Id,
    campaignName: z.string(),
    fromDomain: z.string(),
    provider: z.string().nullable().meta({ description: 'null: over all providers' }),
    blocked: z.int(),
    settled: z.int().meta({ description: 'of so many last messages' }),
    words: z.string().meta({ description: 'what the servers said most often' }),
  })
  .meta({ id: 'HygieneAlarm' });

/** What is remembered of an address, newest first, and what came of it. */
export const ContactHygiene = z
  .object({
    suppression: z
      .object({
        id: Id,
        address: z.string(),
        reason: z.enum(SUPPRESSION_REASONS),
        detail: z.string(),
        note: z.string(),
        createdAt: Instant,
        expiresAt: Instant.nullable(),
        inboundMessageId: Id.nullable(),
      })
      .nullable(),
    counters: z.array(
      z.object({
        rule: Rule,
        counting: z.int().meta({ description: 'since the last click, reply, three deliveries in 14 days, or lift' }),
        limit: z.int().nullable().meta({ description: 'at how many something happens' }),
        lastAt: Instant,
      }),
    ),
    bounces: z.array(
      z.object({
        at: Instant,
        reason: z.string(),
        words: z.string(),
        campaignId: Id.nullable(),
        campaignName: z.string().nullable(),
        inboundMessageId: Id.nullable(),
      }),
    ),
  })
  .meta({ id: 'ContactHygiene' });
