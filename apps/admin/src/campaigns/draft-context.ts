import { useOutletContext } from 'react-router';
import type { Campaign } from './draft.js';
import type { DraftHandle } from './use-draft.js';

/** When the campaign shall leave: after the undo window, or at a wall-clock time in a zone (`YYYY-MM-DDTHH:mm:ss`). */
export type SendTime = { kind: 'now' } | { kind: 'at'; at: string | null; timezone: string };

export interface DraftContext extends DraftHandle {
  campaign: Campaign;
  time: SendTime;
  setTime: (time: SendTime) => void;
}

/** The draft being edited, in any page below it. */
export function useDraftContext(): DraftContext {
  return useOutletContext<DraftContext>();
}
