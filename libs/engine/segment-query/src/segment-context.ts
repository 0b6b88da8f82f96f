import type { Clock } from './period.js';

/** What a rule is asked in: of whom, and when. */
export interface SegmentContext extends Clock {
  workspaceId: string;
  /** The statement asks about some contacts by their ids, not about all of a workspace. */
  few?: boolean;
}
