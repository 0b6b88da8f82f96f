import { DomainError } from '#contracts';
import type { Vault } from '#platform/crypto';
import type { Sql } from '#platform/database';
import { findDkimKeys } from './sending-domain.repository.js';
import type { DkimKeyRow } from './sending-domain.repository.js';

/** A key that signs mail of its domain and of the subdomains that have none of their own. Never log or queue it. */
export interface SigningKey {
  domain: string;
  selector: string;
  privateKeyPem: string;
}

/** What the key of a domain is bound to: moved to another domain or selector it does not open. */
export function keySeal(key: Pick<DkimKeyRow, 'domainId' | 'selector'>): string {
  return `sending_domains:${key.domainId}:${key.selector}`;
}

/**
 * The keys of a workspace that sign now. `id` changes when any of them does.
 * @throws DomainError SECRET_REQUIRED for a key that does not open: its mail must not leave unsigned
 */
export async function loadSigningKeys(
  sql: Sql,
  vault: Vault,
  workspaceId: string,
): Promise<{ id: string; keys: SigningKey[] }> {
  const rows = (await findDkimKeys(sql, { workspaceId })).filter(({ state }) => state === 'active');
  return { id: rows.map(({ id }) => id).join('+'), keys: rows.map((row) => open(vault, row)) };
}

function open(vault: Vault, row: DkimKeyRow): SigningKey {
  const { domain, selector, secret, sealedAs } = row;
  try {
    return { domain, selector, privateKeyPem: vault.open(secret, sealedAs ?? keySeal(row)) };
  } catch {
    throw new DomainError(
      'SECRET_REQUIRED',
      `The DKIM key of ${domain} can't be opened: it was stored with another master key. Make a new one, or restore master.key.`,
    );
  }
}
