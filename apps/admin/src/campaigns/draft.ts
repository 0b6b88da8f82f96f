import type { Resource } from '../api/types.js';
import { changedMembers } from '../components/draft-changes.js';

export type Campaign = Resource<'Campaign'>;

/** What a person edits of a campaign. */
export type Draft = Pick<
  Campaign,
  | 'name'
  | 'from'
  | 'replyTo'
  | 'content'
  | 'templateId'
  | 'audience'
  | 'smtpAccounts'
  | 'attachments'
  | 'trackOpens'
  | 'trackClicks'
  | 'utm'
  | 'readReceipts'
  | 'deliveryNotifications'
  | 'uncertain'
  | 'deadlineHours'
  | 'hourlyLimit'
>;

const KEYS = [
  'name',
  'from',
  'replyTo',
  'content',
  'templateId',
  'audience',
  'smtpAccounts',
  'attachments',
  'trackOpens',
  'trackClicks',
  'utm',
  'readReceipts',
  'deliveryNotifications',
  'uncertain',
  'deadlineHours',
  'hourlyLimit',
] as const satisfies (keyof Draft)[];

export function draftOf(campaign: Campaign): Draft {
  return Object.fromEntries(KEYS.map((key) => [key, campaign[key]])) as unknown as Draft;
}

/** Members that differ, as the API takes them (attachments by id). Null when nothing does. */
export function changesOf(draft: Draft, saved: Draft): Record<string, unknown> | null {
  const changes: Record<string, unknown> | null = changedMembers(draft, saved);
  if (changes?.attachments) changes.attachments = draft.attachments.map(({ id }) => id);
  return changes;
}
