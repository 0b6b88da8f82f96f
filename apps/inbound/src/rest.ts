import type { Diagnosis } from '#contracts';

/** Only a person mends these: they are tried seldom, so that no provider locks the account over us. */
const REFUSED: ReadonlySet<Diagnosis> = new Set([
  'auth-failed',
  'auth-method-not-offered',
  'auth-required',
  'unsafe-login',
  'app-password-required',
  'service-disabled',
  'secret-unreadable',
  'token-refused',
]);

const FIRST_SECONDS = 5;
const LONGEST_SECONDS = 900;
const FIRST_REFUSED_SECONDS = 300;
const LONGEST_REFUSED_SECONDS = 21_600;

/**
 * How long a mailbox rests after a failure: doubled with each one in a row, a quarter more or less by chance, so that
 * many mailboxes of one provider do not come back in step.
 * @param failures failures in a row before this one
 * @param chance a random number from 0 to 1
 */
export function restSeconds(diagnosis: Diagnosis, failures: number, chance: number): number {
  const refused = REFUSED.has(diagnosis);
  const first = refused ? FIRST_REFUSED_SECONDS : FIRST_SECONDS;
  const longest = refused ? LONGEST_REFUSED_SECONDS : LONGEST_SECONDS;
  return Math.min(first * 2 ** Math.min(failures, 20), longest) * (0.75 + chance / 2);
}
