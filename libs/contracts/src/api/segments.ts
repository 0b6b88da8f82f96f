import { z } from 'zod';
import { CAMPAIGN_STATUSES, CONTACT_STATUSES, MEMBERSHIP_STATUSES, SUPPRESSION_REASONS } from '../statuses.js';
import { FieldKey } from './contacts.js';
import { Id, Instant, PageQuery, Version, line, patchOf } from './conventions.js';

/** Groups within groups, the outermost counted. */
export const SEGMENT_DEPTH_MAX = 5;
/** Conditions and groups of one rule. */
export const SEGMENT_NODES_MAX = 100;

const Text = line(200);
const Day = z.iso.date('must be a date such as 2027-02-28');
const Days = z.int().min(0).max(3650);
const ids = (max: number) => z.array(Id).max(max);
const SET_OR_EMPTY = z.object({ op: z.enum(['set', 'empty']) });

/** Case is ignored. `is` names any of several. */
export const TextTest = z.discriminatedUnion('op', [
  z.object({ op: z.enum(['is', 'is_not']), values: z.array(Text).min(1).max(100) }),
  z.object({ op: z.enum(['contains', 'contains_not', 'starts_with', 'ends_with']), value: Text }),
  SET_OR_EMPTY,
]);
export const NumberTest = z.discriminatedUnion('op', [
  z.object({ op: z.enum(['eq', 'ne', 'lt', 'lte', 'gt', 'gte']), value: z.number() }),
  z
    .object({ op: z.literal('between'), from: z.number(), to: z.number() })
    .refine(({ from, to }) => from <= to, { path: ['to'], message: 'must not be less than `from`' }),
  SET_OR_EMPTY,
]);
export const BooleanTest = z.discriminatedUnion('op', [
  z.object({ op: z.literal('is'), value: z.boolean() }),
  SET_OR_EMPTY,
]);
const absolute = [
  z.object({ op: z.enum(['on', 'before', 'after']), date: Day }),
  z
    .object({ op: z.literal('between'), from: Day, to: Day })
    .refine(({ from, to }) => from <= to, { path: ['to'], message: 'must not lie before `from`' }),
] as const;
/**
 * When something happened, in whole days of the workspace's time zone: `in_last` 7 days is today and the seven days
 * before, `before_last` whatever is earlier.
 */
export const SegmentPeriod = z.discriminatedUnion('op', [
  z.object({ op: z.literal('ever') }),
  z.object({ op: z.enum(['today', 'this_month']) }),
  z.object({ op: z.enum(['in_last', 'before_last']), days: Days }),
  ...absolute,
]);
/** An anniversary looks at month and day only; 29 February is kept on the 28th in years that have none. */
export const DateTest = z.discriminatedUnion('op', [
  z.object({ op: z.enum(['today', 'this_month']) }),
  z.object({ op: z.enum(['anniversary_today', 'anniversary_this_month']) }),
  z.object({ op: z.enum(['in_last', 'before_last', 'in_next']), days: Days }),
  z.object({ op: z.literal('anniversary_in_next'), days: z.int().min(0).max(366) }),
  ...absolute,
  SET_OR_EMPTY,
]);

export const SEGMENT_ACTIVITIES = [
  'sent',
  'opened',
  'clicked',
  'replied',
  'bounced',
  'bounced_hard',
  'bounced_soft',
  'complained',
  'unsubscribed',
  'bought',
] as const;
/** What became of a recipient of one campaign. `not_…` means: delivered, and did not. */
export const SEGMENT_OUTCOMES = [
  'prepared',
  'accepted',
  'delivered',
  'opened',
  'not_opened',
  'clicked',
  'not_clicked',
  'replied',
  'not_replied',
  'bounced',
  'bounced_hard',
  'bounced_soft',
  'complained',
  'unsubscribed',
  'rejected',
  'expired',
  'uncertain',
  'skipped',
] as const;

const isOrNot = z.enum(['is', 'is_not']);
const anyOrNone = z.enum(['any', 'all', 'none']);
const MACHINE = z
  .boolean()
  .default(false)
  .meta({ description: 'machines (mail privacy, scanners) count too; else people only' });

const fieldTest = {
  text: z.object({ kind: z.literal('field'), type: z.literal('text'), key: FieldKey, test: TextTest }),
  number: z.object({ kind: z.literal('field'), type: z.literal('number'), key: FieldKey, test: NumberTest }),
  boolean: z.object({ kind: z.literal('field'), type: z.literal('boolean'), key: FieldKey, test: BooleanTest }),
  date: z.object({ kind: z.literal('field'), type: z.literal('date'), key: FieldKey, test: DateTest }),
};
const CONDITIONS = [
  z.object({ kind: z.literal('property'), property: z.enum(['email', 'name', 'domain', 'locale']), test: TextTest }),
  z.object({ kind: z.literal('created'), when: SegmentPeriod }),
  z.discriminatedUnion('type', [fieldTest.text, fieldTest.number, fieldTest.boolean, fieldTest.date]),
  z.object({ kind: z.literal('tag'), op: anyOrNone, tags: z.array(line(60)).min(1).max(50) }),
  z.object({
    kind: z.literal('list'),
    op: anyOrNone,
    lists: ids(50).min(1),
    status: z.enum([...MEMBERSHIP_STATUSES, 'any']).default('subscribed'),
  }),
  z.object({
    kind: z.literal('consent'),
    op: z.enum(['has', 'lacks']),
    lists: ids(50).default([]).meta({ description: 'empty: on any list' }),
    source: Text.nullable().default(null).meta({ description: 'the source contains this' }),
    when: SegmentPeriod.default({ op: 'ever' }),
  }),
  z.object({ kind: z.literal('status'), op: isOrNot, values: z.array(z.enum(CONTACT_STATUSES)).min(1).max(10) }),
  z.object({
    kind: z.literal('suppressed'),
    op: isOrNot,
    reasons: z.array(z.enum(SUPPRESSION_REASONS)).max(10).default([]).meta({ description: 'empty: for any reason' }),
  }),
  z.object({ kind: z.literal('provider'), op: isOrNot, providers: z.array(line(40)).min(1).max(40) }),
  z
    .object({
      kind: z.literal('activity'),
      op: z.enum(['did', 'did_not']),
      did: z.enum(SEGMENT_ACTIVITIES).meta({ description: '`bought`: an order that a shop reported (/purchases)' }),
      campaigns: ids(20).default([]).meta({ description: 'empty: any campaign' }),
      url: Text.nullable().default(null).meta({ description: 'of a click: the link contains this' }),
      when: SegmentPeriod.default({ op: 'ever' }),
      atLeast: z.int().min(1).max(1000).default(1),
      machine: MACHINE,
    })
    .refine(({ did, campaigns }) => did !== 'bought' || campaigns.length === 0, {
      path: ['campaigns'],
      message: 'must be empty with `bought`: an order belongs to no campaign',
    }),
  z.object({
    kind: z.literal('recipient'),
    op: isOrNot,
    campaign: Id,
    outcome: z.enum(SEGMENT_OUTCOMES),
    link: z.int().min(0).max(10_000).nullable().default(null).meta({ description: 'of a click: which link, from 0' }),
    reason: line(60).nullable().default(null).meta({ description: 'of a bounce' }),
    provider: line(40).nullable().default(null),
    machine: MACHINE,
  }),
] as const;

/** One thing that is asked about a contact. */
export type SegmentCondition = z.infer<(typeof CONDITIONS)[number]>;
export interface SegmentGroup {
  kind: 'all' | 'any' | 'none';
  of: SegmentNode[];
}
export type SegmentNode = SegmentCondition | SegmentGroup;

const Group = z.object({
  kind: z.enum(['all', 'any', 'none']),
  get of(): z.ZodArray<z.ZodType<SegmentNode, unknown>> {
    return z.array(SegmentNode).min(1, 'must have at least one condition').max(SEGMENT_NODES_MAX);
  },
});
export const SegmentNode: z.ZodType<SegmentNode, unknown> = z
  .discriminatedUnion('kind', [...CONDITIONS, Group])
  .meta({ id: 'SegmentNode' });

/**
 * Who belongs to a segment: conditions in groups, as a tree of at most SEGMENT_DEPTH_MAX groups within each other and
 * SEGMENT_NODES_MAX nodes. What was stored under a version is always understood.
 */
export const SegmentRule = z.preprocess(
  (input, context) => {
    const found = tooBig(input);
    if (found) context.addIssue({ code: 'custom', path: ['root'], message: found });
    return input;
  },
  z.object({ version: z.literal(1), root: Group }).meta({ id: 'SegmentRule' }),
);
export type SegmentRule = z.infer<typeof SegmentRule>;

/** Looked at before the schema is, which calls itself and must not do so without a bound. */
function tooBig(input: unknown): string | null {
  const root = (input as { root?: unknown } | null)?.root;
  let nodes = 0;
  let level: unknown[] = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    nodes += level.length;
    if (nodes > SEGMENT_NODES_MAX) return `must have at most ${SEGMENT_NODES_MAX} conditions and groups`;
    // A condition stands one deeper than the group it is in.
    if (depth > SEGMENT_DEPTH_MAX) return `must nest at most ${SEGMENT_DEPTH_MAX} groups`;
    level = level.flatMap((node) => {
      const inner = (node as { of?: unknown } | null | undefined)?.of;
      return Array.isArray(inner) ? inner.slice(0, SEGMENT_NODES_MAX + 1) : [];
    });
  }
  return null;
}

export const SegmentBody = z.object({
  name: line(100),
  description: z.string().trim().max(1000).default(''),
  rule: SegmentRule,
});
export const UpdateSegmentBody = patchOf(SegmentBody);

/** Something of a rule that can't be asked any more; `property` is its path, such as `rule.root.of.2.key`. */
export const SegmentProblem = z
  .object({
    property: z.string(),
    code: z.enum(['FIELD_GONE', 'FIELD_TYPE', 'LIST_GONE', 'TAG_GONE', 'CAMPAIGN_GONE', 'PROVIDER_UNKNOWN']),
    message: z.string(),
    params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  })
  .meta({ id: 'SegmentProblem' });
const Summary = z
  .object({ zh: z.string(), en: z.string() })
  .meta({ id: 'SegmentSummary', description: 'the rule as a sentence' });

export const Segment = z
  .object({
    id: Id,
    version: Version,
    name: z.string(),
    description: z.string(),
    rule: SegmentRule,
    summary: Summary,
    problems: z.array(SegmentProblem).meta({ description: 'not empty: it names what has gone and is not counted' }),
    count: z.number().int().nullable().meta({ description: 'as last counted' }),
    countedAt: Instant.nullable(),
    usedBy: z.number().int().meta({ description: 'campaigns that name it, archived ones left out' }),
    createdAt: Instant,
    updatedAt: Instant,
  })
  .meta({ id: 'Segment' });

export const SegmentPreviewBody = z.object({
  rule: SegmentRule,
  sample: z.int().min(0).max(50).default(10),
});
export const SegmentPreview = z
  .object({
    count: z.number().int().nullable().meta({ description: 'exact; null where the rule has problems' }),
    sample: z.array(z.object({ id: Id, email: z.string(), name: z.string(), status: z.enum(CONTACT_STATUSES) })),
    summary: Summary,
    problems: z.array(SegmentProblem),
    asOf: Instant,
  })
  .meta({ id: 'SegmentPreview' });

export const SegmentUseQuery = PageQuery.extend({
  active: z.stringbool().optional().meta({ description: 'only campaigns that are not over: for their sake it stays' }),
});
export type SegmentUseQuery = z.infer<typeof SegmentUseQuery>;

/** A campaign that names a segment. */
export const SegmentUse = z
  .object({
    campaign: z.object({ id: Id, name: z.string(), status: z.enum(CAMPAIGN_STATUSES) }),
    as: z.enum(['audience', 'exclusion']),
  })
  .meta({ id: 'SegmentUse' });
