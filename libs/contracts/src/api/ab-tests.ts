import { z } from 'zod';
import { Id, Instant, Version, line } from './conventions.js';
import { ContentBody } from './templates.js';

/** What decides: clicks of people by default; opens of people as far as mail programs let one tell them from machines. */
export const AB_METRICS = ['clicked', 'opened'] as const;
export type AbMetric = (typeof AB_METRICS)[number];

/** Variants at most, A included. */
export const AB_VARIANTS_MAX = 4;

/**
 * How a test stands. `asking`: it has no winner, and a person is to say what the rest gets. `stopped`: the campaign was
 * cancelled or failed before there was a decision.
 */
export const AB_STATES = ['draft', 'sampling', 'measuring', 'asking', 'decided', 'stopped'] as const;

/** A variant beside A, which is the campaign itself. What is null is as in A. */
export const AbVariant = z.object({
  subject: line(500).nullable().default(null),
  fromName: line(100).nullable().default(null),
  content: ContentBody.nullable()
    .default(null)
    .meta({ description: 'its subject stands for `subject` where that is null' }),
  sendAt: Instant.nullable().default(null).meta({
    description: 'when it leaves, within 7 days after A, whose time is the campaign’s; all variants have one, or none',
  }),
});
export type AbVariant = z.infer<typeof AbVariant>;

/**
 * Whether a test compares send times. Such a one goes to everybody but the hold-out group, each variant at its own time;
 * its verdict says which hour did better, and sends nothing.
 */
export function testsTimes({ variants }: { variants: ReadonlyArray<Pick<AbVariant, 'sendAt'>> }): boolean {
  return variants.some(({ sendAt }) => sendAt !== null);
}

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
    description:
      'percent of all who may be mailed, shared equally by the variants; the rest waits for the decision. A test of send times has no rest: all but the hold-out group',
  }),
  holdOut: z.number().int().min(0).max(50).default(0).meta({ description: 'percent who get nothing, to compare with' }),
  metric: z.enum(AB_METRICS).default('clicked'),
  durationMinutes: z.number().int().min(15).max(10_080).default(240).meta({
    description:
      'from when the whole sample was tried until the decision; in a test of send times also how long after their mail a recipient’s reaction counts',
  }),
  fallback: VariantNumber.nullable().default(0).meta({
    description:
      'what the rest gets where nobody wins: 0 is A; null asks a person, and the rest waits. Null in a test of send times',
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
  })
  .refine((test) => !testsTimes(test) || test.variants.every(({ sendAt }) => sendAt !== null), {
    path: ['variants'],
    error: 'of a test of send times each needs its own time',
  })
  .refine((test) => !testsTimes(test) || test.variants.every(differsInTimeOnly), {
    path: ['variants'],
    error: 'of a test of send times may differ in nothing else: nobody could tell what made the difference',
  });
export type AbTestBody = z.infer<typeof AbTestBody>;

function differsInTimeOnly({ subject, fromName, content }: AbVariant): boolean {
  return subject === null && fromName === null && content === null;
}

export const AbTest = z.object({ version: Version, ...settings }).meta({ id: 'AbTest' });
/** `test` is null where the campaign tests nothing. */
export const AbTestAnswer = z.object({ test: AbTest.nullable() }).meta({ id: 'AbTestAnswer' });
/** B, C and D by their number, in a path. */
export const VariantBesideA = z.enum(['1', '2', '3']).meta({ description: 'B, C or D' });
/** Writes what one variant says; its first own content, or the next. `version` is that of the test. */
export const VariantContentBody = z.object({ version: Version, content: ContentBody });
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
  sendAt: Instant.nullable().meta({ description: 'of a test of send times: when it was to leave' }),
  sentFrom: Instant.nullable().meta({ description: 'of a judged test: when the first of those counted had it' }),
  sentUntil: Instant.nullable(),
  ...armCounts,
  measured: z.number().int().meta({
    description: 'of whom `acted` is counted: those delivered; in a judged test of send times those of the verdict',
  }),
  acted: z.number().int().meta({
    description:
      'those measured who did what is measured; in a judged test of send times within `durationMinutes` of their mail',
  }),
  interval: z
    .object({ low: z.number(), high: z.number() })
    .nullable()
    .meta({ description: '95 % interval of acted ÷ measured; null where nothing was delivered' }),
});

/** How a test went so far. */
export const AbReport = z
  .object({
    campaignId: Id,
    state: z.enum(AB_STATES),
    ofTimes: z.boolean().meta({ description: 'compares send times: nothing is sent by its verdict' }),
    metric: z.enum(AB_METRICS),
    sample: z.number().int(),
    holdOut: z.number().int(),
    durationMinutes: z.number().int(),
    fallback: VariantNumber.nullable(),
    arms: z.array(AbArm).meta({ description: 'the sample, A first' }),
    rest: z.object(armCounts).meta({ description: 'who waited for the decision' }),
    heldOut: z.number().int(),
    now: AbVerdict.nullable().meta({
      description: 'by the present counts; not what decides. Null in a test of send times: who left first is ahead',
    }),
    verdict: AbVerdict.nullable().meta({ description: 'by the counts at the time of the decision' }),
    winner: VariantNumber.nullable().meta({ description: 'what the rest gets; null where there is none' }),
    chosenBy: z.enum(['rule', 'person']).nullable(),
    measuredFrom: Instant.nullable(),
    decidesAt: Instant.nullable(),
    judgedAt: Instant.nullable(),
    chosenAt: Instant.nullable(),
  })
  .meta({ id: 'AbReport' });
export const AbReportAnswer = z.object({ report: AbReport.nullable() }).meta({ id: 'AbReportAnswer' });
