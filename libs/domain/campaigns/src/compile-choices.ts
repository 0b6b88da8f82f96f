import type { LinkParameters } from '#engine/render';
import type { CampaignRow } from './campaign.repository.js';

/** How the content of a campaign is compiled: the same for its checks, tests, rehearsals and its start. */
export function compileChoices({ name, trackClicks, utm }: Pick<CampaignRow, 'name' | 'trackClicks' | 'utm'>): {
  trackLinks: boolean;
  linkParameters?: LinkParameters;
} {
  if (!utm.enabled) return { trackLinks: trackClicks };
  const { source, medium, campaign, term, content } = utm;
  const said = { source, medium, campaign: campaign || name, term, content };
  const carried = Object.entries(said).filter(([, value]) => value !== '');
  const linkParameters = carried.map(([key, value]) => [`utm_${key}`, value] as const);
  return { trackLinks: trackClicks, linkParameters };
}
