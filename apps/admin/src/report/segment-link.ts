import type { Report } from './report-query.js';

/** Groups of recipients that a segment can be made of; `not_…` means: delivered, and did not. */
export const SEGMENT_GROUPS = [
  'delivered',
  'opened',
  'not_opened',
  'clicked',
  'not_clicked',
  'replied',
  'bounced',
  'unsubscribed',
] as const;

/**
 * Where a segment of these recipients of the campaign is made: its rule and name are filled in.
 * @param link number of a link, where it is about who clicked that one
 */
export function segmentLink(
  campaignId: Report['campaignId'],
  outcome: (typeof SEGMENT_GROUPS)[number],
  name: string,
  link: number | null = null,
): string {
  const condition = { kind: 'recipient', op: 'is', campaign: campaignId, outcome, link, machine: false };
  const rule = { version: 1, root: { kind: 'all', of: [{ ...condition, reason: null, provider: null }] } };
  return `/segments/new?${new URLSearchParams({ rule: JSON.stringify(rule), name: name.slice(0, 100) }).toString()}`;
}
