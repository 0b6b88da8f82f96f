import type { z } from 'zod';
import type { DateTest, NumberTest, SegmentCondition, SegmentNode, SegmentPeriod, TextTest } from '#contracts';
import type { Person, World } from './world.js';

type Kind<K extends SegmentCondition['kind']> = Extract<SegmentCondition, { kind: K }>;
const DAY_MS = 86_400_000;

/** Whether a person belongs to a segment, by the plainest reading of its rule: what the SQL is compared with. */
export function belongs(node: SegmentNode, person: Person, world: World): boolean {
  if ('of' in node) {
    const inner = node.of.map((each) => belongs(each, person, world));
    if (node.kind === 'all') return inner.every(Boolean);
    return inner.some(Boolean) === (node.kind === 'any');
  }
  switch (node.kind) {
    case 'property':
      return text(person[node.property] ?? '', node.test);
    case 'created':
      return during(person.createdAt, node.when, world);
    case 'field':
      return field(node, person, world);
    case 'tag':
      return some(node.op, node.tags, (tag) => person.tags.includes(tag));
    case 'list':
      return some(node.op, node.lists, (list) =>
        person.memberships.some((each) => each.list === list && (node.status === 'any' || each.status === node.status)),
      );
    case 'consent':
      return consent(node, person, world) === (node.op === 'has');
    case 'status':
      return (node.values as string[]).includes(person.status) === (node.op === 'is');
    case 'suppressed': {
      const wanted = node.reasons as string[];
      const found = person.suppressed.some((reason) => wanted.length === 0 || wanted.includes(reason));
      return found === (node.op === 'is');
    }
    case 'provider':
      return node.providers.includes(person.provider) === (node.op === 'is');
    case 'activity':
      return activity(node, person, world) === (node.op === 'did');
    case 'recipient':
      return recipient(node, person) === (node.op === 'is');
  }
}

function some<T>(op: 'any' | 'all' | 'none', values: readonly T[], has: (value: T) => boolean): boolean {
  if (op === 'all') return values.every(has);
  return values.some(has) === (op === 'any');
}

function text(value: string, test: z.infer<typeof TextTest>): boolean {
  const lower = value.toLowerCase();
  switch (test.op) {
    case 'is':
    case 'is_not':
      return test.values.some((each) => each.toLowerCase() === lower) === (test.op === 'is');
    case 'contains':
    case 'contains_not':
      return lower.includes(test.value.toLowerCase()) === (test.op === 'contains');
    case 'starts_with':
      return lower.startsWith(test.value.toLowerCase());
    case 'ends_with':
      return lower.endsWith(test.value.toLowerCase());
    case 'set':
    case 'empty':
      return (value === '') === (test.op === 'empty');
  }
}

function field(node: Kind<'field'>, person: Person, world: World): boolean {
  const value = person.fields[node.key];
  if (node.type === 'text') return text(String(value ?? ''), node.test);
  const { op } = node.test;
  if (op === 'set' || op === 'empty') return (value === undefined) === (op === 'empty');
  if (node.type === 'boolean') return 'value' in node.test && value === node.test.value;
  if (node.type === 'number') return number(value as number | undefined, node.test);
  return value !== undefined && date(value as string, node.test, world);
}

function number(value: number | undefined, test: z.infer<typeof NumberTest>): boolean {
  if (test.op === 'between') return value !== undefined && value >= test.from && value <= test.to;
  if (!('value' in test)) return false;
  if (test.op === 'ne') return value !== test.value;
  if (value === undefined) return false;
  return {
    eq: value === test.value,
    lt: value < test.value,
    lte: value <= test.value,
    gt: value > test.value,
    gte: value >= test.value,
  }[test.op];
}

/** The day of an instant where the workspace is. */
function dayOf(at: Date | number, { timezone }: World): string {
  const format = FORMATS.get(timezone) ?? new Intl.DateTimeFormat('en-CA', { timeZone: timezone });
  FORMATS.set(timezone, format);
  return format.format(at);
}
/** One takes a tenth of a millisecond to make. */
const FORMATS = new Map<string, Intl.DateTimeFormat>();

function plus(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

function during(at: Date, when: z.infer<typeof SegmentPeriod>, world: World): boolean {
  return when.op === 'ever' || date(dayOf(at, world), when, world);
}

function date(
  day: string,
  test: z.infer<typeof DateTest> | Exclude<z.infer<typeof SegmentPeriod>, { op: 'ever' }>,
  world: World,
): boolean {
  const today = dayOf(world.nowMs, world);
  switch (test.op) {
    case 'today':
      return day === today;
    case 'this_month':
      return day.slice(0, 7) === today.slice(0, 7);
    case 'in_last':
      return day >= plus(today, -test.days) && day <= today;
    case 'before_last':
      return day < plus(today, -test.days);
    case 'in_next':
      return day >= today && day <= plus(today, test.days);
    case 'on':
      return day === test.date;
    case 'before':
      return day < test.date;
    case 'after':
      return day > test.date;
    case 'between':
      return day >= test.from && day <= test.to;
    case 'anniversary_today':
      return anniversary(day, today);
    case 'anniversary_this_month':
      return day.slice(5, 7) === today.slice(5, 7);
    case 'anniversary_in_next':
      return Array.from({ length: test.days + 1 }, (_, index) => plus(today, index)).some((each) =>
        anniversary(day, each),
      );
    case 'set':
    case 'empty':
      return test.op === 'set';
  }
}

/** Whether the anniversary of `day` is celebrated on `on`. */
function anniversary(day: string, on: string): boolean {
  if (day.slice(5) === on.slice(5)) return true;
  const noLeapDay = new Date(Date.UTC(Number(on.slice(0, 4)), 1, 29)).getUTCMonth() !== 1;
  return day.endsWith('-02-29') && on.endsWith('-02-28') && noLeapDay;
}

function consent({ lists, source, when }: Kind<'consent'>, person: Person, world: World): boolean {
  return person.memberships.some(
    (each) =>
      each.consent !== null &&
      (lists.length === 0 || lists.includes(each.list)) &&
      (source === null || each.consent.source.toLowerCase().includes(source.toLowerCase())) &&
      during(each.consent.at ? new Date(each.consent.at) : each.createdAt, when, world),
  );
}

function activity(node: Kind<'activity'>, person: Person, world: World): boolean {
  const { did, campaigns, url, when, atLeast, machine } = node;
  const ours = (campaign: string) => campaigns.length === 0 || campaigns.includes(campaign);
  if (did === 'sent') {
    const sent = person.received.filter(
      ({ campaign, acceptedAt }) => acceptedAt && ours(campaign) && during(acceptedAt, when, world),
    );
    return sent.length >= atLeast;
  }
  if (did === 'bought') return person.purchases.filter((at) => during(at, when, world)).length >= atLeast;
  const found = person.events.filter(({ campaign, type, human, link, at }) => {
    if (!ours(campaign) || !during(at, when, world)) return false;
    switch (did) {
      case 'opened':
        return machine ? type === 'opened' || (type === 'clicked' && human) : /^(opened|clicked)$/.test(type) && human;
      case 'clicked':
        return type === 'clicked' && (machine || human) && (!url || world.links[link ?? 0]?.includes(url));
      case 'bounced':
        return /^(hard-bounced|soft-bounced|blocked)$/.test(type);
      case 'bounced_hard':
        return type === 'hard-bounced';
      case 'bounced_soft':
        return /^(soft-bounced|blocked)$/.test(type);
      default:
        return type === did;
    }
  });
  return (did === 'opened' ? opens(found) : found.length) >= atLeast;
}

/** A click says that a mail was opened, once, where no pixel said so. */
function opens(visits: Person['events']): number {
  const shown = visits.filter(({ type }) => type === 'opened');
  const mails = (of: Person['events']) => new Set(of.map(({ campaign }) => campaign)).size;
  return shown.length + mails(visits) - mails(shown);
}

function recipient(node: Kind<'recipient'>, person: Person): boolean {
  const row = person.received.find(({ campaign }) => campaign === node.campaign);
  if (!row || (node.reason && row.bounceReason !== node.reason) || (node.provider && row.provider !== node.provider)) {
    return false;
  }
  const { machine, link, outcome } = node;
  const delivered = row.acceptedAt !== null && row.bouncedAt === null;
  const opened = row.openedAt !== null || (machine && row.machineOpenedAt !== null);
  const clicked =
    link === null
      ? row.clickedAt !== null || (machine && row.machineClickedAt !== null)
      : person.events.some(
          (each) =>
            each.campaign === node.campaign && each.type === 'clicked' && each.link === link && (machine || each.human),
        );
  switch (outcome) {
    case 'prepared':
      return true;
    case 'delivered':
      return delivered;
    case 'opened':
      return opened;
    case 'not_opened':
      return delivered && !opened;
    case 'clicked':
      return clicked;
    case 'not_clicked':
      return delivered && !clicked;
    case 'replied':
      return row.repliedAt !== null;
    case 'not_replied':
      return delivered && row.repliedAt === null;
    case 'bounced':
      return row.bouncedAt !== null;
    case 'bounced_hard':
      return row.bounceKind === 'hard';
    case 'bounced_soft':
      return row.bounceKind === 'soft';
    case 'complained':
      return row.complainedAt !== null;
    case 'unsubscribed':
      return row.unsubscribedAt !== null;
    case 'accepted':
    case 'rejected':
    case 'expired':
    case 'uncertain':
    case 'skipped':
      return row.status === outcome;
  }
}
