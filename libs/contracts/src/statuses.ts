/**
 * The states of the product, one table each. SQL guards, the API and the UI's buttons all read these,
 * so a transition that is not written here does not exist.
 */

/** Life of a campaign. `archivedAt`, `stopReasons` and `preparedAt` are columns, not states. */
export const CAMPAIGN_STATUSES = ['draft', 'scheduled', 'sending', 'paused', 'sent', 'cancelled', 'failed'] as const;
export type CampaignStatus = (typeof CAMPAIGN_STATUSES)[number];

/** From which states each action of a person (or of the clock) is allowed, and where it leads. */
export const CAMPAIGN_ACTIONS = {
  edit: { from: ['draft'], to: 'draft' },
  schedule: { from: ['draft', 'scheduled'], to: 'scheduled' },
  unschedule: { from: ['scheduled'], to: 'draft' },
  start: { from: ['draft', 'scheduled'], to: 'sending' },
  pause: { from: ['sending'], to: 'paused' },
  resume: { from: ['paused'], to: 'sending' },
  cancel: { from: ['scheduled', 'sending', 'paused'], to: 'cancelled' },
  finish: { from: ['sending'], to: 'sent' },
} as const satisfies Record<string, { from: readonly CampaignStatus[]; to: CampaignStatus }>;
export type CampaignAction = keyof typeof CAMPAIGN_ACTIONS;

/** True when `action` may be taken on a campaign that is in `status`. */
export function canCampaign(action: CampaignAction, status: CampaignStatus): boolean {
  return (CAMPAIGN_ACTIONS[action].from as readonly CampaignStatus[]).includes(status);
}

/**
 * Outcome of one recipient of one campaign. *Deferred* is `pending` with a `retryAt`; later facts
 * (bounced, opened, …) are timestamps beside the status and never change it.
 */
export const RECIPIENT_STATUSES = ['pending', 'accepted', 'rejected', 'expired', 'uncertain', 'skipped'] as const;
export type RecipientStatus = (typeof RECIPIENT_STATUSES)[number];

/** A batch is the unit of claiming; the lease (owner, until, fence) lives on it. */
export const BATCH_STATUSES = ['ready', 'leased', 'done'] as const;
export type BatchStatus = (typeof BATCH_STATUSES)[number];

/** What a contact's row shows; the suppression list is what decides whether the address may be mailed. */
export const CONTACT_STATUSES = ['active', 'bounced', 'complained', 'suppressed'] as const;
export type ContactStatus = (typeof CONTACT_STATUSES)[number];

/** Membership of a contact in one list. */
export const MEMBERSHIP_STATUSES = ['pending', 'subscribed', 'unsubscribed'] as const;
export type MembershipStatus = (typeof MEMBERSHIP_STATUSES)[number];

/** Why an address, or a whole domain, may not be mailed. The last two end by themselves. */
export const SUPPRESSION_REASONS = [
  'hard_bounce',
  'soft_bounce',
  'complaint',
  'unsubscribed',
  'manual',
  'backed_off',
  'quarantined',
] as const;
export type SuppressionReason = (typeof SUPPRESSION_REASONS)[number];

/** Why a candidate was not prepared. Exactly one reason per excluded contact: the first that applies, in this order. */
export const EXCLUSION_REASONS = [
  'excluded_list',
  'excluded_segment',
  'suppressed',
  'not_subscribed',
  'unsubscribed',
  'unconfirmed',
  'held',
  'hold_out',
] as const;
export type ExclusionReason = (typeof EXCLUSION_REASONS)[number];

/** Why somebody left, as the unsubscribe page offers it. */
export const UNSUBSCRIBE_REASONS = ['too_many', 'not_relevant', 'never_asked', 'not_readable', 'other'] as const;
export type UnsubscribeReason = (typeof UNSUBSCRIBE_REASONS)[number];

/** A file is a draft until it was checked and started; `checking` and `checked` write no contact. */
export const IMPORT_STATUSES = [
  'draft',
  'checking',
  'checked',
  'queued',
  'running',
  'done',
  'cancelled',
  'failed',
  'undone',
] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

/** What a recovery does with a recipient whose reply after the final dot was lost. */
export const UNCERTAIN_POLICIES = ['hold', 'resend', 'skip'] as const;
export type UncertainPolicy = (typeof UNCERTAIN_POLICIES)[number];

/** Why no SMTP account may send something at this moment. */
export const HOLD_UP_CODES = ['AT_LIMIT', 'PROVIDER_SLOW', 'ACCOUNTS_FAILING', 'WARMUP_STOPPED'] as const;
export type HoldUp = (typeof HOLD_UP_CODES)[number];

/** Rows of the decision table of bounces: what happens to an address, its domain or the campaign (engine/hygiene). */
export const HYGIENE_RULES = [
  'no_mailbox',
  'suspended',
  'left_company',
  'mailbox_full',
  'unreachable',
  'blocked',
  'other',
] as const;
export type HygieneRule = (typeof HYGIENE_RULES)[number];
