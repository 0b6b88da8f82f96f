import { DomainError } from '#contracts';

/**
 * Refuses what anybody would try first; length is checked by the contract.
 * @throws DomainError PASSWORD_TOO_WEAK
 */
export function requireStrongPassword(property: string, password: string, email: string): void {
  const lower = password.toLowerCase();
  const weak = lower === email || new Set(lower).size < 4;
  if (!weak) return;
  const message = 'This password is the address itself, or repeats a few characters.';
  throw new DomainError('PASSWORD_TOO_WEAK', message, {
    property,
    help: 'Take a phrase of several words.',
    errors: [{ property, code: 'PASSWORD_TOO_WEAK', message }],
  });
}
