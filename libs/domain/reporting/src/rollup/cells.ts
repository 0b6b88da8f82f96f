/**
 * Counts of one block or of one campaign: by `dimension:key` an array of numbers, whose places {@link MEASURES} names.
 * All of them add up: the counts of a campaign are the sums over its blocks, since everything of one recipient is in one
 * block.
 */
export type Cells = Record<string, number[]>;

/** What is counted of each group of recipients, in the words of the table of counts; SQL over a ledger row. */
export const RECIPIENT_MEASURES = {
  prepared: 'count(*)',
  pending: `count(*) FILTER (WHERE status = 'pending')`,
  deferred: `count(*) FILTER (WHERE status = 'pending' AND retry_at IS NOT NULL)`,
  accepted: `count(*) FILTER (WHERE status = 'accepted')`,
  rejected: `count(*) FILTER (WHERE status = 'rejected')`,
  expired: `count(*) FILTER (WHERE status = 'expired')`,
  uncertain: `count(*) FILTER (WHERE status = 'uncertain')`,
  skipped: `count(*) FILTER (WHERE status = 'skipped')`,
  // A report of non-delivery about a recipient whose own acceptance is uncertain does not make them bounced:
  // delivered = accepted − bounced has to balance.
  bounced: `count(bounced_at) FILTER (WHERE status = 'accepted')`,
  bouncedHard: `count(bounced_at) FILTER (WHERE status = 'accepted' AND bounce_kind = 'hard')`,
  opened: 'count(opened_at)',
  clicked: 'count(clicked_at)',
  replied: 'count(replied_at)',
  unsubscribed: 'count(unsubscribed_at)',
  complained: 'count(complained_at)',
  machineOpened: 'count(machine_opened_at)',
  machineClicked: 'count(machine_clicked_at)',
  autoReplied: 'count(auto_replied_at)',
  // By anybody, person or machine: what other products call an open or a click.
  openedByAny: 'count(coalesce(opened_at, machine_opened_at))',
  clickedByAny: 'count(coalesce(clicked_at, machine_clicked_at))',
} as const;
export type RecipientMeasure = keyof typeof RECIPIENT_MEASURES;
const RECIPIENT_NAMES = Object.keys(RECIPIENT_MEASURES) as RecipientMeasure[];

/** Instants of the timeline; a bounce is what the bounce rate counts, so refused and expired ones too. */
export const TIME_MEASURES = ['accepted', 'opened', 'clicked', 'bounced', 'openedByAny', 'clickedByAny'] as const;

/** Which numbers the cells of each dimension hold, in this order. */
export const MEASURES = {
  provider: RECIPIENT_NAMES,
  domain: RECIPIENT_NAMES,
  /** Key: arm of an A/B test; none where nothing is tested. */
  arm: RECIPIENT_NAMES,
  /** Key: seconds since 1970 at the beginning of the bin. */
  time: TIME_MEASURES,
  /** Key: JSON of reason, kind, provider. */
  bounce: ['count'],
  /** Key: number of the link, and whether people or machines. */
  link: ['total', 'unique'],
  /** Key: `opened` or `clicked`, and whether people or machines. */
  visit: ['total', 'unique'],
  /** Key: client and device as engine/user-agent names them; people only. */
  client: ['opened', 'clicked'],
  /** Key: reason of the exclusion. */
  exclusion: ['count'],
} as const;
export type Dimension = keyof typeof MEASURES;

/** One cell of a campaign that changed, by how much. */
export interface Change {
  dim: string;
  key: string;
  n: number[];
}

/** What has to be added so that `before` becomes `after`; cells that stay as they are do not appear. */
export function changesBetween(before: Cells, after: Cells): Change[] {
  const changes: Change[] = [];
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, now] = [before[name] ?? [], after[name] ?? []];
    const n = Array.from({ length: Math.max(old.length, now.length) }, (_, at) => (now[at] ?? 0) - (old[at] ?? 0));
    if (n.some((difference) => difference !== 0)) changes.push({ ...splitName(name), n: trimmed(n) });
  }
  return changes;
}

/** Adds up changes of the same cell. */
export function addUp(changes: Iterable<Change>): Change[] {
  const sums = new Map<string, Change>();
  for (const { dim, key, n } of changes) {
    const name = `${dim}:${key}`;
    const sum = sums.get(name);
    if (!sum) sums.set(name, { dim, key, n: [...n] });
    else for (const [at, value] of n.entries()) sum.n[at] = (sum.n[at] ?? 0) + value;
  }
  return [...sums.values()].filter(({ n }) => n.some((value) => value !== 0));
}

function splitName(name: string): { dim: string; key: string } {
  const colon = name.indexOf(':');
  return { dim: name.slice(0, colon), key: name.slice(colon + 1) };
}

/** Adds up numbers place by place. */
export function sumOf(all: Iterable<readonly number[]>): number[] {
  const sum: number[] = [];
  for (const n of all) for (const [at, value] of n.entries()) sum[at] = (sum[at] ?? 0) + value;
  return sum;
}

/** Without the zeros at its end: most cells have but one number. */
export function trimmed(n: readonly number[]): number[] {
  let length = n.length;
  while (length > 0 && !n[length - 1]) length -= 1;
  return n.slice(0, length);
}
