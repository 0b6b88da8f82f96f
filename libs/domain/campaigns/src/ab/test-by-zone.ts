import { invalid } from '#contracts';
import type { DomainError } from '#contracts';

/** The rest of a test leaves when the winner is known, whatever their clocks say then. */
export function testByZone(): DomainError {
  const message = 'A campaign with an A/B test can’t be sent at an hour of each recipient’s own time zone.';
  return invalid('inRecipientZone', 'AB_BY_ZONE', message);
}
