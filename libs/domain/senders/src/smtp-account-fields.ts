import type { z } from 'zod';
import { invalid } from '#contracts';
import type { SmtpAccountBody } from '#contracts';
import { movesSecret, requireAddress, requireDomain, secretRequired } from './account-input.js';
import type { SmtpAccountFields, SmtpAccountRow } from './smtp-account.repository.js';

export type AccountInput = z.output<typeof SmtpAccountBody>;

/** The fields of an account, checked. @throws DomainError VALIDATION_FAILED */
export function readFields(body: AccountInput): SmtpAccountFields {
  const { name, host, port, security, auth, connections, messagesPerConnection, limits, weight, enabled } = body;
  if (auth.method !== 'none' && !auth.user) {
    throw invalid('auth.user', 'USER_REQUIRED', 'Enter the user name of the login.');
  }
  const { returnPath, returnPathDomain: domain, returnPathAddress: address } = body;
  return {
    ...{ name, host, port, security, connections, messagesPerConnection, limits, weight, enabled },
    authMethod: auth.method,
    authUser: auth.method === 'none' ? '' : auth.user,
    returnPath,
    returnPathDomain: domain ? requireDomain('returnPathDomain', domain) : null,
    returnPathAddress: address ? requireAddress('returnPathAddress', address) : null,
    fromDomains: body.fromDomains.map((each, index) => requireDomain(`fromDomains.${index}`, each)),
    warmup: warmupField(body.warmup),
  };
}

/** @throws DomainError VALIDATION_FAILED */
function warmupField(warmup: AccountInput['warmup']): SmtpAccountFields['warmup'] {
  if (!warmup) return null;
  if (warmup.preset !== 'own') return { ...warmup, volumes: [] };
  if (warmup.volumes.length === 0) {
    throw invalid('warmup.volumes', 'VOLUMES_REQUIRED', 'Say how many messages each day may send.');
  }
  return warmup;
}

/**
 * The password after a change: a new one, `undefined` for the stored one, null for none.
 * @throws DomainError SECRET_REQUIRED where the stored one may not follow
 */
export function secretOfChange(
  before: SmtpAccountRow,
  after: SmtpAccountFields,
  password: string | undefined,
): string | null | undefined {
  if (after.authMethod === 'none') return null;
  if (password) return password;
  if (!before.authSecret) throw secretRequired('none is stored');
  const why = movesSecret(
    { host: before.host, user: before.authUser, security: before.security },
    { host: after.host, user: after.authUser, security: after.security },
  );
  if (why) throw secretRequired(why);
  return undefined;
}

/** The sandbox is reached where the settings say, and nowhere else. @throws DomainError VALIDATION_FAILED */
export function requireSandboxUntouched(before: SmtpAccountRow, after: SmtpAccountFields): void {
  for (const field of ['host', 'port', 'security', 'authMethod', 'returnPath', 'returnPathDomain'] as const) {
    if (before[field] === after[field]) continue;
    const property = field === 'authMethod' ? 'auth.method' : field;
    throw invalid(property, 'SANDBOX_FIXED', 'The sandbox is reached where the operator’s settings say.');
  }
}
