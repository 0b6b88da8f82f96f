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
  return node(rule.root, parameters, context);
}

function node(each: SegmentNode, parameters: SqlParameters, context: SegmentContext): string {
  if (!('of' in each)) return condition(each, parameters, context);
  const parts = each.of.map((inner) => node(inner, parameters, context));
  switch (each.kind) {
    case 'all':
      return `(${parts.join('\n AND ')})`;
    case 'any':
      return `(${parts.join('\n OR ')})`;
    case 'none':
      // Not NOT (a OR b): so the planner sees that a NOT EXISTS can be an anti-join.
      return `(${parts.map((part) => `NOT (${part})`).join('\n AND ')})`;
  }
}

function condition(each: SegmentCondition, parameters: SqlParameters, context: SegmentContext): string {
  switch (each.kind) {
    case 'property':
      return textTest(`coalesce(c.${each.property}, '')`, each.test, parameters);
    case 'created':
      return created(each, parameters, context);
    case 'field':
      return field(each, parameters, context);
    case 'tag': {
      const tags = parameters.add(each.tags, 'text[]');
      if (each.op === 'all') return `c.tags @> ${tags}`;
      return `${each.op === 'none' ? 'NOT ' : ''}c.tags && ${tags}`;
    }
    case 'list':
      return list(each, parameters);
    case 'consent':
      return consent(each, parameters, context);
    case 'status':
      return `${each.op === 'is' ? '' : 'NOT '}c.status = ANY (${parameters.add(each.values, 'text[]')})`;
    case 'suppressed':
      return suppressed(each, parameters, context);
    case 'provider':
      return provider(each, parameters);
    case 'activity':
      return activity(each, parameters, context);
    case 'recipient':
      return recipient(each, parameters, context);
  }
}

type Kind<K extends SegmentCondition['kind']> = Extract<SegmentCondition, { kind: K }>;

function created({ when }: Kind<'created'>, parameters: SqlParameters, context: SegmentContext): string {
  const days = daysOf(when, context);
  if (!days) return 'true';
  return between('c.created_at', instantsOf(days, context), parameters).join(' AND ');
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
  const key = parameters.add(each.key, 'text');
  switch (each.type) {
    case 'text':
      return textTest(`coalesce(c.fields->>${key}, '')`, each.test, parameters);
    case 'number':
      return numberTest(`(c.fields->${key})`, each.test, parameters);
    case 'boolean':
      return booleanTest(`(c.fields->${key})`, each.test, parameters);
    case 'date':
      return dateTest(`(c.fields->>${key})`, each.test, parameters, context);
  }
}

function list({ op, lists, status }: Kind<'list'>, parameters: SqlParameters): string {
  const as = status === 'any' ? '' : ` AND m.status = ${parameters.add(status, 'text')}`;
  const on = (which: string) =>
    `EXISTS (SELECT 1 FROM list_members m WHERE m.contact_id = c.id AND m.list_id ${which}${as})`;
  if (op === 'all') return `(${lists.map((id) => on(`= ${parameters.add(id, 'bigint')}`)).join(' AND ')})`;
  return `${op === 'none' ? 'NOT ' : ''}${on(`= ANY (${parameters.add(lists, 'bigint[]')})`)}`;
}

function consent(each: Kind<'consent'>, parameters: SqlParameters, context: SegmentContext): string {
  const { op, lists, source } = each;
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
  return `${op === 'has' ? '' : 'NOT '}EXISTS (SELECT 1 FROM list_members m WHERE ${where.join(' AND ')})`;
}

function suppressed(
  { op, reasons }: Kind<'suppressed'>,
  parameters: SqlParameters,
  { workspaceId }: SegmentContext,
): string {
  const where = [
    `s.workspace_id = ${parameters.add(workspaceId, 'bigint')}`,
    ...(reasons.length > 0 ? [`s.reason = ANY (${parameters.add(reasons, 'text[]')})`] : []),
  ].join(' AND ');
  const barred = ['s.canonical = c.canonical', 's.domain = c.domain'].map(
    (by) => `EXISTS (SELECT 1 FROM suppressions s WHERE ${by} AND ${where})`,
  );
  return `${op === 'is' ? '' : 'NOT '}(${barred.join(' OR ')})`;
}

/** Who runs the mailbox: by the domain where it is a provider's own, else by its mail exchangers, as the ledger says it. */
function provider({ op, providers }: Kind<'provider'>, parameters: SqlParameters): string {
  const known = PROVIDER_DOMAINS.map(({ domain }) => domain);
  const wanted = PROVIDER_DOMAINS.filter((entry) => providers.includes(entry.provider)).map(({ domain }) => domain);
  return `${op === 'is' ? '' : 'NOT '}(c.domain = ANY (${parameters.add(wanted, 'text[]')})
    OR NOT c.domain = ANY (${parameters.add(known, 'text[]')}) AND coalesce(
      (SELECT d.provider FROM mail_domains d WHERE d.domain = c.domain), 'other') = ANY (${parameters.add(providers, 'text[]')}))`;
}
