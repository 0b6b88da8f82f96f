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
