import { Inject, Injectable } from '@nestjs/common';
import type { RateLimits, Security, SmtpAuthMethod } from '#contracts';
import { Settings } from '#platform/config';
import { Vault } from '#platform/crypto';
import type { Sql } from '#platform/database';
import { Egress } from '#platform/egress';
import { SMTP_TIMEOUTS } from '#platform/smtp';
import type { SmtpTarget } from '#platform/smtp';

/** An SMTP account as delivery uses it: secrets opened, ready to connect. */
export interface SendingAccount {
  id: string;
  workspaceId: string;
  version: number;
  kind: 'sandbox' | 'smtp';
  enabled: boolean;
  weight: number;
  limits: RateLimits;
  connections: number;
  messagesPerConnection: number;
  fromDomains: string[];
  health: 'ok' | 'failing' | 'unknown';
  /** A failing account rests until then. */
  retryAt: Date | null;
  target: SmtpTarget;
  /** What of the account stands in its messages. */
  render: {
    returnPath: 'verp' | 'account';
    returnPathDomain: string | null;
    returnPathAddress: string | null;
    dkim: { domain: string; selector: string; privateKeyPem: string } | null;
  };
}

interface Row extends Omit<SendingAccount, 'target' | 'render'> {
  host: string;
  port: number;
  security: Security;
  authMethod: SmtpAuthMethod;
  authUser: string;
  authSecret: Buffer | null;
  returnPath: 'verp' | 'account';
  returnPathDomain: string | null;
  returnPathAddress: string | null;
  dkimDomain: string | null;
  dkimSelector: string | null;
  dkimSecret: Buffer | null;
}

/** Opens the SMTP accounts of a workspace for sending. */
@Injectable()
export class SendingAccountLoader {
  private readonly egress: Egress;
  private readonly local: Egress;

  constructor(
    @Inject(Settings) private readonly settings: Settings,
    @Inject(Vault) private readonly vault: Vault,
  ) {
    this.egress = new Egress(settings.get('EGRESS_ALLOW'));
    // The sandbox is ours and named by the operator's settings, not by a user.
    this.local = new Egress(`127.0.0.0/8,::1/128,${settings.get('SANDBOX_HOST')}`);
  }

  /** Every account, enabled or not, by id. */
  async load(sql: Sql, workspaceId: string): Promise<SendingAccount[]> {
    const rows = await sql.rows<Row>(
      `SELECT id, workspace_id AS "workspaceId", version, kind, enabled, weight, limits, connections,
         messages_per_connection AS "messagesPerConnection", from_domains AS "fromDomains", health, retry_at AS "retryAt",
         host, port, security, auth_method AS "authMethod", auth_user AS "authUser", auth_secret AS "authSecret",
         return_path AS "returnPath", return_path_domain AS "returnPathDomain",
         return_path_address AS "returnPathAddress", dkim_domain AS "dkimDomain", dkim_selector AS "dkimSelector",
         dkim_secret AS "dkimSecret"
       FROM smtp_accounts WHERE workspace_id = $1 ORDER BY id`,
      [workspaceId],
    );
    return rows.map((row) => this.open(row));
  }

  private open(row: Row): SendingAccount {
    const { host, port, security, authMethod, authUser, authSecret, dkimDomain, dkimSelector, dkimSecret, ...rest } =
      row;
    const { returnPath, returnPathDomain, returnPathAddress, ...account } = rest;
    const sandbox = row.kind === 'sandbox';
    return {
      ...account,
      target: {
        // The sandbox' place is the operator's setting; the row only stands for it.
        host: sandbox ? this.settings.get('SANDBOX_HOST') : host,
        port: sandbox ? this.settings.get('SANDBOX_SMTP_PORT') : port,
        security,
        auth: {
          method: authMethod,
          user: authUser,
          ...(authSecret ? { secret: this.vault.open(authSecret, secretRow(row.id, 'password')) } : {}),
        },
        name: new URL(this.settings.get('PUBLIC_URL')).hostname,
        egress: sandbox ? this.local : this.egress,
        timeouts: SMTP_TIMEOUTS,
      },
      render: {
        returnPath,
        returnPathDomain: sandbox ? this.settings.get('INBOUND_DOMAIN') : returnPathDomain,
        returnPathAddress,
        dkim:
          dkimDomain && dkimSelector && dkimSecret
            ? {
                domain: dkimDomain,
                selector: dkimSelector,
                privateKeyPem: this.vault.open(dkimSecret, secretRow(row.id, 'dkim')),
              }
            : null,
      },
    };
  }
}

/** What a secret of an SMTP account is bound to: moved to another row or column it does not open. */
export function secretRow(id: string, column: 'password' | 'dkim'): string {
  return `smtp_accounts:${id}:${column}`;
}
