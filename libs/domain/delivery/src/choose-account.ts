import type { SendingAccount } from '#domain/senders';
import type { ClaimedBatch } from './claim-batch.js';

/** What is to be sent, as far as the choice of an account goes. */
export interface Outgoing {
  workspaceId: string;
  /** Empty: every account that allows the From domain. */
  smtpAccounts: string[];
  fromDomain: string;
}

/** The accounts that may carry a batch: a real account, usable or not, ends the sandbox' standing in for one. */
export function carriers(
  accounts: SendingAccount[],
  campaign: Outgoing,
  batch: Pick<ClaimedBatch, 'reserved'>,
): SendingAccount[] {
  const sandboxOnly = batch.reserved || !accounts.some((account) => account.kind === 'smtp');
  return accounts.filter(
    (account) =>
      account.enabled &&
      (sandboxOnly
        ? account.kind === 'sandbox' && (batch.reserved || isChosen(account, campaign))
        : account.kind === 'smtp' && isChosen(account, campaign)),
  );
}

/** The sandbox carries what must stay on the machine whether or not the campaign names it. */
function isChosen(account: SendingAccount, campaign: Outgoing): boolean {
  const chosen = campaign.smtpAccounts.length === 0 || campaign.smtpAccounts.includes(account.id);
  return chosen && (account.fromDomains.length === 0 || account.fromDomains.includes(campaign.fromDomain));
}

/** Part of its share that an account keeps however bad its answers are: it must be able to recover. */
const SOUND_LEAST = 0.05;

/**
 * Random order in which an account stands first as often as its weight says (Efraimidis and Spirakis, 2006); the share
 * of one whose answers are bad of late goes to the others.
 * @param soundness 0 to 1: the part of an account's late answers that speaks for it
 */
export function byWeight<T extends Pick<SendingAccount, 'weight'>>(
  accounts: readonly T[],
  soundness: (account: T) => number,
): T[] {
  const share = (account: T) => account.weight * Math.max(SOUND_LEAST, soundness(account));
  return accounts
    .map((account) => ({ account, key: account.weight > 0 ? Math.random() ** (1 / share(account)) : -1 }))
    .sort((a, b) => b.key - a.key)
    .map(({ account }) => account);
}
