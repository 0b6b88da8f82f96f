import type { FieldProblem } from '../api/api-error.js';
import type { Resource } from '../api/types.js';

export type Campaign = Resource<'Campaign'>;

/** What a person edits of a campaign. */
export type Draft = Pick<
  Campaign,
  | 'name'
  | 'from'
  | 'replyTo'
  | 'content'
  | 'audience'
  | 'smtpAccounts'
  | 'attachments'
  | 'trackOpens'
  | 'trackClicks'
  | 'readReceipts'
  | 'deliveryNotifications'
  | 'uncertain'
  | 'deadlineHours'
>;

const KEYS = [
  'name',
  'from',
  'replyTo',
  'content',
  'audience',
  'smtpAccounts',
  'attachments',
  'trackOpens',
  'trackClicks',
  'readReceipts',
  'deliveryNotifications',
  'uncertain',
  'deadlineHours',
] as const satisfies (keyof Draft)[];

export function draftOf(campaign: Campaign): Draft {
  return Object.fromEntries(KEYS.map((key) => [key, campaign[key]])) as unknown as Draft;
}

/** Members that differ, as the API takes them (attachments by id). Null when nothing does. */
export function changesOf(draft: Draft, saved: Draft): Record<string, unknown> | null {
  const changes: Record<string, unknown> = {};
  for (const key of KEYS) {
    if (draft[key] === saved[key] || JSON.stringify(draft[key]) === JSON.stringify(saved[key])) continue;
    changes[key] = key === 'attachments' ? draft.attachments.map(({ id }) => id) : draft[key];
  }
  return Object.keys(changes).length > 0 ? changes : null;
}

/** The draft with what the server refused as it is stored, so that the rest of it can be saved. */
export function withoutRefused(draft: Draft, saved: Draft, refused: FieldProblem[]): Draft {
  const result: Record<string, unknown> = { ...draft };
  for (const { property } of refused) {
    const [key, member] = partOf(property, draft);
    if (!key) continue;
    result[key] = member
      ? { ...(result[key] as object), [member]: (saved[key] as Record<string, unknown>)[member] }
      : saved[key];
  }
  return result as unknown as Draft;
}

/** Refusals of what is still the same: something that has been changed since may be right now. */
export function stillRefused(refused: FieldProblem[], before: Draft, after: Draft): FieldProblem[] {
  return refused.filter(({ property }) => valueAt(property, before) === valueAt(property, after));
}

function valueAt(property: string, draft: Draft): unknown {
  const [key, member] = partOf(property, draft);
  if (!key) return undefined;
  return member ? (draft[key] as Record<string, unknown>)[member] : draft[key];
}

/** Member of the draft, and the member of that, which a path such as `content.subject` names; lists count as one. */
function partOf(property: string, draft: Draft): [keyof Draft | null, string | null] {
  const [first, second] = property.split('.');
  const key = KEYS.find((name) => name === first) ?? null;
  const value: unknown = key && draft[key];
  const inside = second !== undefined && typeof value === 'object' && value !== null && !Array.isArray(value);
  return [key, inside && second in value ? second : null];
}
