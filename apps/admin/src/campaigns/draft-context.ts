import { useOutletContext } from 'react-router';
import type { Campaign } from './draft.js';
import type { SendTime } from './send-time.js';
import type { DraftHandle } from './use-draft.js';

export interface DraftContext extends DraftHandle {
  campaign: Campaign;
  time: SendTime;
  setTime: (time: SendTime) => void;
}

/** The draft being edited, in any page below it. */
export function useDraftContext(): DraftContext {
  return useOutletContext<DraftContext>();
}
