import { z } from 'zod';
import { Id, Instant, Version, line } from './conventions.js';
import { ContentBody } from './templates.js';

/** What decides: clicks of people by default; opens of people as far as mail programs let one tell them from machines. */
export const AB_METRICS = ['clicked', 'opened'] as const;
export type AbMetric = (typeof AB_METRICS)[number];

/** Variants at most, A included. */
export const AB_VARIANTS_MAX = 4;

/** How a test stands. `asking`: it has no winner, and a person is to say what the rest gets. */
export const AB_STATES = ['draft', 'sampling', 'measuring', 'asking', 'decided'] as const;

/** A variant beside A, which is the campaign itself. What is null is as in A. */
export const AbVariant = z.object({
  subject: line(500).nullable().default(null),
  fromName: line(100).nullable().default(null),
  content: ContentBody.nullable()
    .default(null)
    .meta({ description: 'its subject stands for `subject` where that is null' }),
});
export type AbVariant = z.infer<typeof AbVariant>;

const VariantNumber = z
  .number()
  .int()
  .min(0)
  .max(AB_VARIANTS_MAX - 1);

const settings = {
  variants: z
    .array(AbVariant)
    .min(1)
    .max(AB_VARIANTS_MAX - 1)
    .meta({ description: 'B, C and D; A is the campaign itself' }),
  sample: z.number().int().min(1).max(100).default(20).meta({
    description: 'percent of all who may be mailed, shared equally by the variants; the rest waits for the decision',
  }),
  holdOut: z.number().int().min(0).max(50).default(0).meta({ description: 'percent who get nothing, to compare with' }),
  metric: z.enum(AB_METRICS).default('clicked'),
  durationMinutes: z.number().int().min(15).max(10_080).default(240).meta({
    description: 'from when the whole sample was tried until the decision',
  }),
  fallback: VariantNumber.nullable().default(0).meta({
    description: 'what the rest gets where nobody wins: 0 is A; null asks a person, and the rest waits',
  }),
};

/** Writes the test of a draft. `version` is the one that was read, 0 where there was none. */
export const AbTestBody = z
  .object({ version: z.number().int().min(0).max(2_147_483_647).default(0), ...settings })
  .refine(({ sample, holdOut }) => sample + holdOut <= 100, {
    path: ['holdOut'],
    error: 'sample and hold-out must be 100 percent together at most',
  })
  .refine(({ fallback, variants }) => fallback === null || fallback <= variants.length, {
    path: ['fallback'],
    error: 'must be one of the variants',
  });
export type AbTestBody = z.infer<typeof AbTestBody>;

export const AbTest = z.object({ version: Version, ...settings }).meta({ id: 'AbTest' });
/** `test` is null where the campaign tests nothing. */
export const AbTestAnswer = z.object({ test: AbTest.nullable() }).meta({ id: 'AbTestAnswer' });
export const AbWinnerBody = z.object({ variant: VariantNumber });

const Comparison = z.object({
  one: VariantNumber,
  other: VariantNumber,
  p: z.number().meta({
    description: 'chance of such a difference between equal variants, corrected for the number of comparisons',
  }),
});
export const AbVerdict = z
  .object({
    winner: VariantNumber.nullable(),
    reason: z.enum(['too_few', 'not_apart']).nullable().meta({ description: 'why there is no winner' }),
    comparisons: z.array(Comparison),
  })
  .meta({ id: 'AbVerdict' });

const armCounts = {
  prepared: z.number().int(),
  accepted: z.number().int(),
  delivered: z.number().int(),
  opened: z.number().int(),
  clicked: z.number().int(),
  openedByAny: z.number().int(),
  unsubscribed: z.number().int(),
  complained: z.number().int(),
};
const AbArm = z.object({
  variant: VariantNumber,
  subject: z.string(),
  fromName: z.string(),
  ownContent: z.boolean(),
  ...armCounts,
  acted: z.number().int().meta({ description: 'those delivered who did what is measured' }),
  interval: z
    .object({ low: z.number(), high: z.number() })
    .nullable()
    .meta({ description: '95 % interval of acted ÷ delivered; null where nothing was delivered' }),
});

/** How a test went so far. */
export const AbReport = z
  .object({
    campaignId: Id,
    state: z.enum(AB_STATES),
    metric: z.enum(AB_METRICS),
    sample: z.number().int(),
    holdOut: z.number().int(),
    durationMinutes: z.number().int(),
    fallback: VariantNumber.nullable(),
    arms: z.array(AbArm).meta({ description: 'the sample, A first' }),
    rest: z.object(armCounts).meta({ description: 'who waited for the decision' }),
    heldOut: z.number().int(),
    now: AbVerdict.meta({ description: 'by the present counts; not what decides' }),
    verdict: AbVerdict.nullable().meta({ description: 'by the counts at the time of the decision' }),
    winner: VariantNumber.nullable().meta({ description: 'what the rest gets' }),
    chosenBy: z.enum(['rule', 'person']).nullable(),
    measuredFrom: Instant.nullable(),
    decidesAt: Instant.nullable(),
    judgedAt: Instant.nullable(),
    chosenAt: Instant.nullable(),
  })
  .meta({ id: 'AbReport' });
export const AbReportAnswer = z.object({ report: AbReport.nullable() }).meta({ id: 'AbReportAnswer' });
