import type { FieldType, SegmentCondition, SegmentGroup, SegmentNode, SegmentRule } from '#contracts';

/** Where a node stands: indexes from the root down. The root is the empty path. */
export type Path = readonly number[];
export const GROUPS_DEEP = 5;

export const EMPTY_RULE: SegmentRule = { version: 1, root: { kind: 'all', of: [] } };

/** The tree with one node replaced, or taken out by `null`. A group that is left empty goes too, but for the root. */
export function replaceAt(group: SegmentGroup, path: Path, node: SegmentNode | null): SegmentGroup {
  const [index, ...rest] = path;
  if (index === undefined) return node && 'of' in node ? node : group;
  const of = group.of.flatMap((each, at) => {
    if (at !== index) return [each];
    if (rest.length === 0 || !('of' in each)) return node ? [node] : [];
    const inner = replaceAt(each, rest, node);
    return inner.of.length > 0 ? [inner] : [];
  });
  return { ...group, of };
}

/** What a row asks about: one entry of the first choice of a row. */
export type Subject =
  | { kind: 'property'; property: 'email' | 'name' | 'domain' | 'locale' }
  | { kind: 'field'; key: string; type: FieldType }
  | { kind: 'activity'; did: Extract<SegmentCondition, { kind: 'activity' }>['did'] }
  | { kind: Exclude<SegmentCondition['kind'], 'property' | 'field' | 'activity'> };

/** The value of a subject in a select: `field:city`, `activity:opened`, `tag`. */
export function subjectId(subject: Subject): string {
  switch (subject.kind) {
    case 'property':
      return `property:${subject.property}`;
    case 'field':
      return `field:${subject.key}`;
    case 'activity':
      return `activity:${subject.did}`;
    default:
      return subject.kind;
  }
}

/** A new row about this subject, with what is asked most; values that people have to give are empty. */
export function conditionAbout(subject: Subject): SegmentCondition {
  switch (subject.kind) {
    case 'property':
      return { ...subject, test: { op: 'contains', value: '' } };
    case 'field':
      return fieldCondition(subject.key, subject.type);
    case 'activity':
      return {
        ...{ ...subject, op: 'did', campaigns: [], url: null, when: { op: 'in_last', days: 30 } },
        ...{ atLeast: 1, machine: false },
      };
    case 'created':
      return { kind: 'created', when: { op: 'in_last', days: 30 } };
    case 'tag':
      return { kind: 'tag', op: 'any', tags: [] };
    case 'list':
      return { kind: 'list', op: 'any', lists: [], status: 'subscribed' };
    case 'consent':
      return { kind: 'consent', op: 'has', lists: [], source: null, when: { op: 'ever' } };
    case 'status':
      return { kind: 'status', op: 'is', values: ['active'] };
    case 'suppressed':
      return { kind: 'suppressed', op: 'is_not', reasons: [] };
    case 'provider':
      return { kind: 'provider', op: 'is', providers: [] };
    case 'recipient':
      return {
        ...{ kind: 'recipient', op: 'is', campaign: '', outcome: 'not_opened' },
        ...{ link: null, reason: null, provider: null, machine: false },
      };
  }
}

function fieldCondition(key: string, type: FieldType): SegmentCondition {
  switch (type) {
    case 'text':
      return { kind: 'field', type, key, test: { op: 'is', values: [] } };
    case 'number':
      // Not a number until somebody writes one: the row is not complete.
      return { kind: 'field', type, key, test: { op: 'gte', value: NaN } };
    case 'boolean':
      return { kind: 'field', type, key, test: { op: 'is', value: true } };
    case 'date':
      return { kind: 'field', type, key, test: { op: 'anniversary_this_month' } };
  }
}

/** Rows that lack a value, so that the rule can't be asked yet. */
export function incompletePaths(group: SegmentGroup, at: Path = []): Path[] {
  if (group.of.length === 0) return [at];
  return group.of.flatMap((node, index) => {
    const path = [...at, index];
    if ('of' in node) return incompletePaths(node, path);
    return isComplete(node) ? [] : [path];
  });
}

function isComplete(condition: SegmentCondition): boolean {
  return everyValue(condition, (value, key) => {
    if (Array.isArray(value)) return value.length > 0 || OPTIONAL.has(`${condition.kind}.${key}`);
    return value !== '' && !Number.isNaN(value);
  });
}

/** Choices where none chosen means any. */
const OPTIONAL = new Set(['activity.campaigns', 'consent.lists', 'suppressed.reasons']);

function everyValue(part: object, test: (value: unknown, key: string) => boolean): boolean {
  return Object.entries(part).every(([key, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? everyValue(value as object, test)
      : test(value, key),
  );
}

/** The server's path of a node, such as `rule.root.of.2.of.0`. */
export function serverPath(path: Path): string {
  return ['rule.root', ...path.map((index) => `of.${index}`)].join('.');
}

/** A rule from a link (`/segments/new?rule=…`); null for what is none, since a link is anyone's. */
export function ruleFromLink(text: string | null): SegmentRule | null {
  if (!text || text.length > 20_000) return null;
  try {
    const rule = JSON.parse(text) as Partial<SegmentRule> | null;
    return rule?.version === 1 && isGroup(rule.root, 0) ? (rule as SegmentRule) : null;
  } catch {
    return null;
  }
}

const KINDS = new Set(
  'property field activity created tag list consent status suppressed provider recipient'.split(' '),
);

/** Looks at the shape only; values that are wrong are named by the server. */
function isGroup(node: unknown, depth: number): boolean {
  const { kind, of } = (node ?? {}) as { kind?: string; of?: unknown };
  if (depth > GROUPS_DEEP || !['all', 'any', 'none'].includes(kind ?? '') || !Array.isArray(of)) return false;
  return of.every(
    (each: unknown) => KINDS.has((each as { kind?: string } | null)?.kind ?? '') || isGroup(each, depth + 1),
  );
}

/** `2.1`: how a person counts rows. */
export function placeOf(path: Path): string {
  return path.map((index) => index + 1).join('.');
}
