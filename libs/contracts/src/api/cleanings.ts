import { z } from 'zod';
import { ADDRESS_REASONS, ADDRESS_VERDICTS } from '../address-quality.js';
import { Id, Instant, PageQuery, line } from './conventions.js';

export const CLEANING_STATUSES = [
  'queued',
  'judging',
  'ready',
  'applying',
  'applied',
  'undoing',
  'undone',
  'cancelled',
  'failed',
] as const;
export type CleaningStatus = (typeof CLEANING_STATUSES)[number];

/**
 * What can be done about an address: nothing; off this list; never mailed again; the slip corrected; a tag; onto this
 * list, to be asked once more whether they want mail.
 */
export const CLEANING_ACTIONS = ['keep', 'leave', 'suppress', 'correct', 'tag', 'invite'] as const;
export type CleaningAction = (typeof CLEANING_ACTIONS)[number];

/**
 * What a cleaning looks at and which actions it knows: every member of the list; who in the workspace is silent by the
 * sunset rule, for the list they are asked once more with; who on that list stayed silent.
 */
export const CLEANING_KINDS = {
  list: ['keep', 'leave', 'suppress', 'correct', 'tag'],
  invite: ['keep', 'invite'],
  suppress: ['keep', 'suppress'],
} as const satisfies Record<string, readonly CleaningAction[]>;
export type CleaningKind = keyof typeof CLEANING_KINDS;

const reason = z.enum(ADDRESS_REASONS);
const choice = z.object({ reason, action: z.enum(CLEANING_ACTIONS) });

export const CleaningApplyBody = z.object({
  actions: z
    .array(choice)
    .min(1)
    .max(ADDRESS_REASONS.length)
    .meta({ description: 'by the gravest reason of an address; reasons that are not named are kept' }),
  tag: line(60).optional().meta({ description: 'required where an action is tag' }),
});

export const Cleaning = z
  .object({
    id: Id,
    listId: Id,
    listName: z.string(),
    kind: z.enum(['list', 'invite', 'suppress']),
    status: z.enum(CLEANING_STATUSES),
    scheduled: z.boolean().meta({ description: 'begun by the schedule, and applied without a person' }),
    total: z.number().int().meta({ description: 'members at the start, without those who left' }),
    judged: z.number().int(),
    verdicts: z.object({ valid: z.number().int(), risky: z.number().int(), invalid: z.number().int() }),
    reasons: z
      .array(
        z.object({ reason, verdict: z.enum(ADDRESS_VERDICTS), count: z.number().int(), samples: z.array(z.string()) }),
      )
      .meta({ description: 'each address under its gravest reason; samples of a single cleaning only' }),
    unanswered: z
      .number()
      .int()
      .meta({ description: 'addresses whose domain the DNS gave no answer for: judged without it' }),
    actions: z.array(choice).nullable(),
    tag: z.string().nullable(),
    done: z
      .object({
        left: z.number().int(),
        suppressed: z.number().int(),
        corrected: z.number().int(),
        tagged: z.number().int(),
        invited: z.number().int(),
        unchanged: z.number().int(),
      })
      .meta({ description: 'unchanged: already so, or the corrected address belongs to another contact' }),
    createdAt: Instant,
    judgedAt: Instant.nullable(),
    appliedAt: Instant.nullable(),
    undoneAt: Instant.nullable(),
  })
  .meta({ id: 'Cleaning' });

export const CleaningRow = z
  .object({
    contactId: Id,
    email: z.string(),
    name: z.string(),
    verdict: z.enum(ADDRESS_VERDICTS),
    reasons: z.array(reason),
    suggestion: z.string().nullable(),
    action: z
      .enum(CLEANING_ACTIONS)
      .nullable()
      .meta({ description: 'what was done; null before, and where nothing was' }),
  })
  .meta({ id: 'CleaningRow' });
export const CleaningRowQuery = PageQuery.extend({
  verdict: z.enum(['risky', 'invalid']).optional(),
  reason: reason.optional().meta({ description: 'any of its reasons' }),
});

/** When somebody counts as silent: so many mails, over so many days, without a click or reply. Opens prove nothing. */
export const SunsetRule = z
  .object({
    enabled: z.boolean().meta({ description: 'off by default: nobody is looked for' }),
    mails: z.number().int().min(3).max(1000),
    days: z.number().int().min(7).max(3650),
    graceDays: z.number().int().min(1).max(365).meta({ description: 'to answer the re-engagement campaign' }),
  })
  .meta({ id: 'SunsetRule' });
const SUNSET_STAGES = ['invite', 'suppress'] as const;
export type SunsetStage = (typeof SUNSET_STAGES)[number];
export const SunsetBody = z.object({
  stage: z.enum(SUNSET_STAGES).meta({
    description: 'invite: who is silent, for this list; suppress: who on this list was asked and stayed silent',
  }),
});

/** Which stages happen by themselves every so many days. What they find is applied as a person would, and can be undone. */
export const SunsetScheduleBody = z
  .object({
    enabled: z.boolean().meta({ description: 'off by default; needs the rule to be on' }),
    everyDays: z.number().int().min(1).max(365),
    listId: Id.nullable().meta({ description: 'the list the silent are asked once more with' }),
    stages: z.array(z.enum(SUNSET_STAGES)).max(2),
  })
  .meta({ id: 'SunsetScheduleBody' });
export const SunsetSchedule = SunsetScheduleBody.extend({
  nextAt: Instant.nullable(),
  lastAt: Instant.nullable(),
  runs: z.array(Cleaning).meta({ description: 'what it did, newest first, at most ten stages' }),
}).meta({ id: 'SunsetSchedule' });
