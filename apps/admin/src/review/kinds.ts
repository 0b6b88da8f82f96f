import type { Resource } from '../api/types.js';

export type Review = Resource<'InboundReview'>;
export type Kind = Review['guess']['kind'];

/** Kinds in the order of their keys 1 to 9. */
export const KINDS: Kind[] = [
  'bounce',
  'complaint',
  'unsubscribe',
  'reply',
  'auto-reply',
  'delay',
  'challenge',
  'mdn',
  'other',
];

/** Kinds that say something about one recipient. */
export const ABOUT_SOMEBODY: ReadonlySet<Kind> = new Set(['bounce', 'complaint', 'unsubscribe', 'reply', 'auto-reply']);
