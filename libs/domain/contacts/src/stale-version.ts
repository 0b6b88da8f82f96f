import { DomainError } from '#contracts';

/** The 409 of a write that names an older version; `current` is the state it missed. */
export function staleVersion(what: string, current: object): DomainError {
  return new DomainError('STALE_VERSION', `Somebody has changed this ${what} since you read it.`, {
    help: 'Look at the present state and apply your change to it.',
    extra: { current },
  });
}
