import { DomainError, canCampaign } from '#contracts';
import type { CampaignAction, ErrorCode, FieldError } from '#contracts';
import type { Database, Transaction } from '#platform/database';
import type { ContentCompiler } from '#domain/templates';
import type { AbTestRow } from './ab/ab-test.repository.js';
import type { Departure } from './ab/check-ab-test.js';
import type { ReadyVariant } from './ab/variant-contents.js';
import { findGoneLists } from './audience-lists.js';
import { findSegmentProblems } from './audience-rules.js';
import { checkReadiness } from './check-readiness.js';
import type { CampaignRow } from './campaign.repository.js';

const REFUSED: Partial<Record<CampaignAction, ErrorCode>> = {
  edit: 'CAMPAIGN_NOT_EDITABLE',
  start: 'CAMPAIGN_NOT_STARTABLE',
  schedule: 'CAMPAIGN_NOT_SCHEDULABLE',
  unschedule: 'CAMPAIGN_NOT_SCHEDULABLE',
  pause: 'CAMPAIGN_NOT_PAUSABLE',
  resume: 'CAMPAIGN_NOT_RESUMABLE',
  cancel: 'CAMPAIGN_NOT_CANCELLABLE',
};

/** The 409 of an action that the campaign's state does not allow. */
export function refuse(action: CampaignAction, status: string): DomainError {
  return new DomainError(
    REFUSED[action] ?? 'CAMPAIGN_NOT_EDITABLE',
    `A campaign that is ${status} cannot take the action "${action}".`,
    { help: 'Reload it to see its present state.', extra: { currentStatus: status } },
  );
}

/**
 * Compiles the content and checks everything a start needs.
 * @param departure when it is to leave; undefined for a schedule that is due
 * @throws DomainError of the action when the state forbids it; CAMPAIGN_INCOMPLETE with every open point
 */
export async function requireReady(
  db: Database,
  compiler: ContentCompiler,
  campaign: CampaignRow,
  action: 'start' | 'schedule',
  departure: Departure | undefined,
): Promise<{ variants: ReadyVariant[]; test: AbTestRow | undefined }> {
  if (!canCampaign(action, campaign.status)) throw refuse(action, campaign.status);
  const { items, ready, test } = await checkReadiness(db, compiler, campaign, departure);
  const errors = items.filter((item) => item.severity === 'error');
  if (errors.length > 0 || !ready) {
    throw incomplete(
      errors.map(({ code, property, message, params }) => ({ code, property, message, ...(params ? { params } : {}) })),
    );
  }
  return { variants: ready, test };
}

/**
 * Holds the campaign's lists and segments until the transaction ends, so that none is deleted between the check and the
 * new state; from then on the state protects them.
 * @throws DomainError CAMPAIGN_INCOMPLETE when one has gone since the check
 */
export async function holdAudience(tx: Transaction, campaign: CampaignRow): Promise<void> {
  const gone = [
    ...(await findGoneLists(tx, campaign, { lock: true })),
    ...(await findSegmentProblems(tx, campaign, { lock: true })),
  ];
  if (gone.length > 0) throw incomplete(gone);
}

function incomplete(errors: FieldError[]): DomainError {
  return new DomainError('CAMPAIGN_INCOMPLETE', 'The campaign is not ready to be sent.', {
    errors,
    help: 'Mend the named points and try again.',
  });
}
