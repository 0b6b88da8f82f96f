import { DomainError, invalid } from '#contracts';
import type { Transaction } from '#platform/database';
import { findAbTest, hasRest, letterOf } from '#domain/campaigns';

/**
 * Holds a campaign whose A/B test a person may still decide.
 * @throws DomainError AB_TEST_NOT_OPEN, VALIDATION_FAILED for a variant that there is not
 */
export async function requireOpenTest(tx: Transaction, campaignId: string, variant: number): Promise<void> {
  const campaign = await tx.first<{ status: string }>('SELECT status FROM campaigns WHERE id = $1 FOR NO KEY UPDATE', [
    campaignId,
  ]);
  const test = await findAbTest(tx, campaignId);
  if (!test) throw notOpen('This campaign has no A/B test.', 'Set one up while it is a draft.');
  if (variant > test.variants.length) throw unknownVariant(variant);
  if (!hasRest(test)) {
    throw notOpen('Everybody gets one of the variants: nobody waits for the choice.', 'Look at the report.');
  }
  if (test.winner !== null) {
    throw notOpen(`Variant ${letterOf(test.winner)} has been chosen already.`, 'Look at the report.');
  }
  if (campaign?.status !== 'sending' && campaign?.status !== 'paused') {
    throw notOpen(`The campaign is ${campaign?.status ?? 'gone'}: nobody waits for the choice.`, 'Look at the report.');
  }
}

/** The 422 for a variant that there is not. */
export function unknownVariant(variant: number): DomainError {
  return invalid('variant', 'VARIANT_UNKNOWN', `There is no variant ${letterOf(variant)}.`);
}

function notOpen(message: string, help: string): DomainError {
  return new DomainError('AB_TEST_NOT_OPEN', message, { help });
}
