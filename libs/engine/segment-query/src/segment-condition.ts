import type { SegmentCondition, SegmentNode, SegmentRule } from '#contracts';
import { PROVIDER_DOMAINS } from '#engine/pace';
import { activity, recipient } from './behaviour.js';
import { daysOf, instantsOf } from './period.js';
import type { SegmentContext } from './segment-context.js';
import type { SqlParameters } from './sql-parameters.js';
import { booleanTest, dateTest, numberTest, textTest } from './tests.js';

/**
 * A rule as a condition in SQL over a row `c` of `contacts`, true or false and never unknown. All that a rule says
 * travels as parameters. What has gone since the rule was written (a field, a list) is not looked for here: ask
 * `referencesOf` first.
 *
 * @param parameters gets the values; its places continue those that the statement has already
 */
export function segmentCondition(rule: SegmentRule, parameters: SqlParameters, context: SegmentContext): string {
  return node(rule.root, parameters, context, false);
}

/**
 * A NOT goes down to the conditions, so that it stands right before an EXISTS: there alone Postgres makes an anti-join
 * (or, of two of them, a semi-join) of it, which reads a table once and not for each contact.
 */
function node(each: SegmentNode, parameters: SqlParameters, context: SegmentContext, not: boolean): string {
  if ('of' in each) {
    const negated = not !== (each.kind === 'none');
    const parts = each.of.map((inner) => node(inner, parameters, context, negated));
    return negated === (each.kind === 'all') ? either(parts) : every(parts);
  }
  const wanted = alternatives(each, parameters, context);
  return not === isNegative(each) ? either(wanted) : every(wanted.map((one) => `NOT ${one}`));
}

const either = (parts: readonly string[]) => `(${parts.join('\n OR ')})`;
const every = (parts: readonly string[]) => `(${parts.join('\n AND ')})`;

const NEGATIVE: ReadonlySet<string> = new Set(['none', 'lacks', 'is_not', 'did_not']);

function isNegative(each: SegmentCondition): boolean {
  return 'op' in each && NEGATIVE.has(each.op);
}

/** What the condition is about, without regard to whether it wants it: one of these is true. Each can follow a NOT. */
function alternatives(each: SegmentCondition, parameters: SqlParameters, context: SegmentContext): string[] {
  switch (each.kind) {
    case 'property':
      return [`(${textTest(`c.${each.property}`, each.test, parameters)})`];
    case 'created':
      return [created(each, parameters, context)];
    case 'field':
      return [field(each, parameters, context)];
    case 'tag':
      return [`(c.tags ${each.op === 'all' ? '@>' : '&&'} ${parameters.add(each.tags, 'text[]')})`];
    case 'list':
      return [list(each, parameters)];
    case 'consent':
      return [consent(each, parameters, context)];
    case 'status':
      return [`(c.status = ANY (${parameters.add(each.values, 'text[]')}))`];
    case 'suppressed':
      return suppressed(each, parameters, context);
    case 'provider':
      return provider(each, parameters);
    case 'activity':
      return [activity(each, parameters, context)];
    case 'recipient':
      return [recipient(each, parameters, context)];
  }
}

type Kind<K extends SegmentCondition['kind']> = Extract<SegmentCondition, { kind: K }>;

function created({ when }: Kind<'created'>, parameters: SqlParameters, context: SegmentContext): string {
  const days = daysOf(when, context);
  if (!days) return 'true';
  return every(between('c.created_at', instantsOf(days, context), parameters));
}

function between(
  at: string,
  { from, before }: { from: Date | null; before: Date | null },
  parameters: SqlParameters,
): string[] {
  return [
    ...(from ? [`${at} >= ${parameters.add(from, 'timestamptz')}`] : []),
    ...(before ? [`${at} < ${parameters.add(before, 'timestamptz')}`] : []),
  ];
}

function field(each: Kind<'field'>, parameters: SqlParameters, context: SegmentContext): string {
  const text = () => `(c.fields->>${parameters.add(each.key, 'text')})`;
  switch (each.type) {
    case 'text':
      return `(${textTest(text(), each.test, parameters)})`;
    case 'number':
      return `(${numberTest(each.key, each.test, parameters)})`;
    case 'boolean':
      return `(${booleanTest(each.key, each.test, parameters)})`;
    case 'date':
      return `(${dateTest(text(), each.test, parameters, context)})`;
  }
}

function list({ op, lists, status }: Kind<'list'>, parameters: SqlParameters): string {
  const as = status === 'any' ? '' : ` AND m.status = ${parameters.add(status, 'text')}`;
  const on = (which: string) =>
    `EXISTS (SELECT 1 FROM list_members m WHERE m.contact_id = c.id AND m.list_id ${which}${as})`;
  if (op === 'all') return `(${lists.map((id) => on(`= ${parameters.add(id, 'bigint')}`)).join(' AND ')})`;
  return on(`= ANY (${parameters.add(lists, 'bigint[]')})`);
}

function consent(each: Kind<'consent'>, parameters: SqlParameters, context: SegmentContext): string {
  const { lists, source } = each;
  const days = daysOf(each.when, context);
  const where = [
    'm.contact_id = c.id',
    'm.consent IS NOT NULL',
    ...(lists.length > 0 ? [`m.list_id = ANY (${parameters.add(lists, 'bigint[]')})`] : []),
    ...(source ? [`strpos(lower(m.consent->>'source'), lower(${parameters.add(source, 'text')})) > 0`] : []),
    ...(days
      ? between(`coalesce((m.consent->>'at')::timestamptz, m.created_at)`, instantsOf(days, context), parameters)
      : []),
  ];
  return `EXISTS (SELECT 1 FROM list_members m WHERE ${where.join(' AND ')})`;
}

function suppressed(
  { reasons }: Kind<'suppressed'>,
  parameters: SqlParameters,
  { workspaceId }: SegmentContext,
): string[] {
  const where = [
    `s.workspace_id = ${parameters.add(workspaceId, 'bigint')}`,
    ...(reasons.length > 0 ? [`s.reason = ANY (${parameters.add(reasons, 'text[]')})`] : []),
  ].join(' AND ');
  return ['s.canonical = c.canonical', 's.domain = c.domain'].map(
    (by) => `EXISTS (SELECT 1 FROM suppressions s WHERE ${by} AND ${where})`,
  );
}

/** Who runs the mailbox: by the domain where it is a provider's own, else by its mail exchangers, as the ledger says it. */
function provider({ providers }: Kind<'provider'>, parameters: SqlParameters): string[] {
  const known = PROVIDER_DOMAINS.map(({ domain }) => domain);
  const wanted = PROVIDER_DOMAINS.filter((entry) => providers.includes(entry.provider)).map(({ domain }) => domain);
  return [
    `(c.domain = ANY (${parameters.add(wanted, 'text[]')}))`,
    `(NOT c.domain = ANY (${parameters.add(known, 'text[]')}) AND coalesce(
      (SELECT d.provider FROM mail_domains d WHERE d.domain = c.domain), 'other') = ANY (${parameters.add(providers, 'text[]')}))`,
  ];
}
