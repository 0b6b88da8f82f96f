import type { RateLimits } from '#contracts';
import type { Sql } from '#platform/database';
import { SMTP_TIMEOUTS } from '#platform/smtp';
import type { SmtpTarget } from '#platform/smtp';
import type { AccountAccess } from './account-access.js';
import { findSmtpAccounts } from './smtp-account.repository.js';
import type { SmtpAccountRow } from './smtp-account.repository.js';

/** Bound of accounts a workspace may have. */
export const ACCOUNTS_MAX = 100;

/** An account as delivery uses it, secrets opened. Never log or queue it. */
export interface SendingAccount {
  id: string;
  workspaceId: string;
  version: number;
  kind: 'sandbox' | 'smtp';
  enabled: boolean;
  health: 'ok' | 'failing' | 'unknown';
  /** A failing account rests until then. */
  retryAt: Date | null;
  weight: number;
  limits: RateLimits;
  connections: number;
  messagesPerConnection: number;
  /** Domains it may send from, A-labels; empty allows all. */
  fromDomains: string[];
  target: SmtpTarget;
  /** What of the account stands in its messages. */
  render: {
    returnPath: 'verp' | 'account';
    returnPathDomain: string | null;
    returnPathAddress: string | null;
    dkim: { domain: string; selector: string; privateKeyPem: string } | null;
  };
}

/** Every account of a workspace, enabled or not, oldest first. */
export async function loadSendingAccounts(
  sql: Sql,
  access: AccountAccess,
  workspaceId: string,
): Promise<SendingAccount[]> {
  const rows = await findSmtpAccounts(sql, workspaceId, { after: null, limit: ACCOUNTS_MAX, q: null });
  return rows.map((row) => toSendingAccount(row, access));
}

export function toSendingAccount(row: SmtpAccountRow, access: AccountAccess): SendingAccount {
  const { id, workspaceId, version, kind, enabled, health, retryAt, weight, limits, fromDomains } = row;
  const { connections, messagesPerConnection, returnPath, returnPathDomain, returnPathAddress } = row;
  const dkim =
    row.dkimSecret && row.dkimDomain && row.dkimSelector
      ? {
          domain: row.dkimDomain,
          selector: row.dkimSelector,
          privateKeyPem: access.vault.open(row.dkimSecret, dkimPlace(id)),
        }
      : null;
  return {
    ...{ id, workspaceId, version, kind, enabled, health, retryAt, weight, limits, fromDomains },
    ...{ connections, messagesPerConnection },
    target: toTarget(row, access),
    render: { returnPath, returnPathDomain, returnPathAddress, dkim },
  };
}

/** How to reach the server of a stored account. */
export function toTarget(row: SmtpAccountRow, access: AccountAccess): SmtpTarget {
  const secret = row.authSecret ? access.vault.open(row.authSecret, authPlace(row.id)) : undefined;
  return {
    host: row.host,
    port: row.port,
    security: row.security,
    auth: { method: row.authMethod, user: row.authUser, ...(secret === undefined ? {} : { secret }) },
    name: access.ehloName,
    egress: row.kind === 'sandbox' ? access.sandboxEgress : access.egress,
    timeouts: SMTP_TIMEOUTS,
  };
}

/** Additional data that binds a sealed password to its row. */
export const authPlace = (id: string) => `smtp_accounts:${id}:password`;
/** The same for a DKIM key. */
export const dkimPlace = (id: string) => `smtp_accounts:${id}:dkim`;
