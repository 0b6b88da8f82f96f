import type { NamedRule } from '#domain/segments';

/** What a start keeps of its segments, so that a running campaign does not shift. */
export interface FrozenSegments {
  segments: NamedRule[];
  excludeSegments: NamedRule[];
  timezone: string;
  /** Lists that the rules name: they can't be deleted while it runs. */
  lists: string[];
}
