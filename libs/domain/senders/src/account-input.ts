import { DomainError, invalid } from '#contracts';
import { parseAddress } from '#engine/address';

/** A domain in A-labels, lower case. @throws DomainError VALIDATION_FAILED at `property` */
export function requireDomain(property: string, domain: string): string {
  const parsed = parseAddress(`postmaster@${domain}`);
  if (!parsed.ok) throw invalid(property, 'DOMAIN_INVALID', `${domain} is not a domain name.`);
  return parsed.value.domain;
}

/** @throws DomainError VALIDATION_FAILED at `property` */
export function requireAddress(property: string, address: string): string {
  const parsed = parseAddress(address);
  if (!parsed.ok) throw invalid(property, 'ADDRESS_INVALID', parsed.message);
  return parsed.value.address;
}

/** The 422 of a change that would send the stored password somewhere else than where it was given for. */
export function secretRequired(why: string, property = 'auth.password'): DomainError {
  const message = `Enter the password again: ${why}.`;
  return new DomainError('SECRET_REQUIRED', message, {
    property,
    errors: [{ property, code: 'SECRET_REQUIRED', message }],
    help: 'The stored password is only used with the server and the user it was entered for.',
  });
}

/** What a stored secret is tied to. */
export interface Place {
  host: string;
  user: string;
  security: string;
}

/**
 * Why a stored password may not follow a change, or null where it may: another server or user, or TLS given up.
 * Without this a person who may edit an account, but does not know its password, could have it sent to a server of
 * their own.
 */
export function movesSecret(before: Place, after: Place): string | null {
  if (before.host.toLowerCase() !== after.host.toLowerCase()) return 'the server is another one';
  if (before.user !== after.user) return 'the user is another one';
  if (before.security !== 'none' && after.security === 'none') return 'it would travel without encryption';
  return null;
}

/** @throws DomainError STALE_VERSION with the current state */
export function requireVersion(what: string, sent: number, current: { version: number }): void {
  if (sent === current.version) return;
  throw new DomainError('STALE_VERSION', `Somebody has changed this ${what} since you read it.`, {
    help: 'Look at the present state and apply your change to it.',
    extra: { current },
  });
}
