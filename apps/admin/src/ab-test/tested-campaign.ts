import type { Resource } from '../api/types.js';
import type { Departure } from './times.js';

/** What a test is set up over: a draft as it is on its page. */
export interface TestedCampaign {
  campaignId: string;
  /** What variant A says: the draft as it is on the page. */
  campaign: Pick<Resource<'Campaign'>, 'from' | 'content'>;
  /** How many may be mailed; undefined until that is known. */
  people: number | undefined;
  departure: Departure;
}
