import type { VerifyResult, VerifyStep } from '#contracts';
import { VERIFY_TIMEOUTS, verifySmtp } from '#platform/smtp';
import type { SmtpTarget } from '#platform/smtp';
import type { SmtpAccountFields } from './smtp-account.repository.js';
import { toVerifyResult } from './verify-help.js';

type ReturnPath = Pick<
  SmtpAccountFields,
  'returnPath' | 'returnPathDomain' | 'returnPathAddress' | 'fromDomains' | 'authUser'
>;

/** Tries an account step by step, without sending a message, and says where its bounces will go. */
export async function verifyAccount(target: SmtpTarget, fields: ReturnPath): Promise<VerifyResult> {
  const steps = await verifySmtp({ ...target, timeouts: VERIFY_TIMEOUTS }, probeOf(fields));
  return toVerifyResult([...steps, bounceStep(fields)]);
}

/** Return path and recipient to ask the server for: our own addresses, so that nobody else is bothered. */
function probeOf({ returnPathDomain, returnPathAddress, fromDomains, authUser }: ReturnPath) {
  const own = [returnPathAddress, authUser.includes('@') ? authUser : null, domainAddress(fromDomains[0])];
  const from = domainAddress(returnPathDomain) ?? own.find((address) => address);
  const to = domainAddress(fromDomains[0]) ?? own.find((address) => address) ?? from;
  return from && to ? { from, to } : null;
}

const domainAddress = (domain: string | null | undefined) => (domain ? `postmaster@${domain}` : null);

/** An account without a way back works, but nobody learns which addresses are dead. */
function bounceStep({ returnPath, returnPathDomain, returnPathAddress }: ReturnPath): VerifyStep {
  const place = returnPath === 'verp' ? (returnPathDomain ?? returnPathAddress) : returnPathAddress;
  const step = { name: 'configuration', ok: true, diagnosis: 'ok' } as const;
  if (place) return { ...step, detail: `Bounces come back to ${place}.` };
  return {
    ...step,
    detail: 'Bounces will not be seen: this account has no return path that we read.',
    help: 'Enter the domain of the inbound listener, or the address of a mailbox that is read here.',
  };
}
