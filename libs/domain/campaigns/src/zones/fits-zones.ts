import { invalid } from '#contracts';
import type { AbTestRow } from '../ab/ab-test.repository.js';
import type { CampaignRow } from '../campaign.repository.js';

/**
 * Whether a campaign can go to each recipient at an hour of their own time zone: the rest of a test leaves when the
 * winner is known, and a limit spreads what an hour would hold together.
 * @throws DomainError VALIDATION_FAILED at `inRecipientZone`: AB_BY_ZONE, LIMIT_BY_ZONE
 */
export function requireZonesFit({ hourlyLimit }: CampaignRow, test: AbTestRow | undefined): void {
  if (test) {
    const message = 'A campaign with an A/B test can’t be sent at an hour of each recipient’s own time zone.';
    throw invalid('inRecipientZone', 'AB_BY_ZONE', message);
  }
  if (hourlyLimit !== null) {
    const message = 'A campaign with an hourly limit can’t be sent at an hour of each recipient’s own time zone.';
    throw invalid('inRecipientZone', 'LIMIT_BY_ZONE', message);
  }
}
