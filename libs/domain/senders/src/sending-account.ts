import { hostname } from 'node:os';
import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '#contracts';
import type { RateLimits, WarmupPlan, WarmupStop } from '#contracts';
import { isReservedDomain } from '#engine/address';
import { Settings } from '#platform/config';
import { Vault } from '#platform/crypto';
import type { Sql } from '#platform/database';
import { Egress } from '#platform/egress';
import { SMTP_TIMEOUTS } from '#platform/smtp';
import type { SmtpTarget } from '#platform/smtp';
import { ACCOUNTS_MAX, findSmtpAccounts, markAccountFailing } from './smtp-account.repository.js';
import type { SmtpAccountRow } from './smtp-account.repository.js';
import { loadSigningKeys } from './signing-keys.js';
import type { SigningKey } from './signing-keys.js';

/** An account whose secret does not open is looked at again after this; meanwhile the others carry its share. */
const UNREADABLE_REST_SECONDS = 60;

/** An SMTP account as delivery uses it: secrets opened, ready to connect. Never log or queue it. */
export interface SendingAccount {
  id: string;
  workspaceId: string;
  version: number;
  kind: 'sandbox' | 'smtp';
  enabled: boolean;
  weight: number;
  limits: RateLimits;
  warmup: WarmupPlan | null;
  /** Set once the plan has stopped itself: the account sends nothing until a person lets it go on. */
  warmupStop: WarmupStop | null;
  /** Answers from before then do not stop the plan; null where nobody has touched it since the account was made. */
  warmupSince: Date | null;
  connections: number;
  messagesPerConnection: number;
  /** Domains it may send from, A-labels; empty allows all. */
  fromDomains: string[];
  health: 'ok' | 'failing' | 'unknown';
  /** A failing account rests until then. */
  retryAt: Date | null;
  /** Where its secrets could not be opened, asking for it throws the DomainError that says so. */
  readonly target: SmtpTarget;
  /** What of the account stands in its messages. */
  render: {
    returnPath: 'verp' | 'account';
    returnPathDomain: string | null;
    returnPathAddress: string | null;
    /** Of every sending domain of the workspace; the From domain chooses. */
    keys: SigningKey[];
  };
  /** Names everything in `render`: what was made under another name is not to be used any more. */
  renderKey: string;
}

type Signing = Awaited<ReturnType<typeof loadSigningKeys>>;

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

  /**
   * Every account, enabled or not, by id. One whose secret does not open stays in the list, so that nothing takes its
   * mail for mail without an account, but rests as failing with the reason.
   */
  async load(sql: Sql, workspaceId: string): Promise<SendingAccount[]> {
    const rows = await findSmtpAccounts(sql, workspaceId, { after: null, limit: ACCOUNTS_MAX, q: null });
    const signing = await loadSigningKeys(sql, this.vault, workspaceId).catch((error: unknown) => {
      if (!(error instanceof DomainError)) throw error;
      return error;
    });
    return Promise.all(rows.map((row) => this.openOrRest(sql, this.place(row), signing)));
  }

  /** The row as it counts: the sandbox' place is the operator's setting, its row only stands for it. */
  place(row: SmtpAccountRow): SmtpAccountRow {
    if (row.kind !== 'sandbox') return row;
    const host = this.settings.get('SANDBOX_HOST');
    return {
      ...row,
      host,
      port: this.settings.get('SANDBOX_SMTP_PORT'),
      returnPathDomain: this.settings.get('INBOUND_DOMAIN'),
      enabled: row.enabled && host !== '',
    };
  }

  /**
   * How to reach the server of a placed row.
   * @throws DomainError SECRET_REQUIRED when the stored password does not open
   */
  target(row: SmtpAccountRow): SmtpTarget {
    const secret = row.authSecret ? this.unseal(row.authSecret, row.id) : undefined;
    return {
      ...this.unsavedTarget(row),
      auth: { method: row.authMethod, user: row.authUser, ...(secret === undefined ? {} : { secret }) },
      egress: row.kind === 'sandbox' ? this.local : this.egress,
    };
  }

  /** The same for settings that are not stored, without credentials. */
  unsavedTarget({ host, port, security }: Pick<SmtpAccountRow, 'host' | 'port' | 'security'>): SmtpTarget {
    return {
      ...{ host, port, security },
      auth: { method: 'none', user: '' },
      name: ehloName(this.settings.get('PUBLIC_URL')),
      egress: this.egress,
      timeouts: SMTP_TIMEOUTS,
    };
  }

  private async openOrRest(sql: Sql, row: SmtpAccountRow, signing: Signing | DomainError): Promise<SendingAccount> {
    try {
      if (signing instanceof DomainError) throw signing;
      return this.open(row, signing);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const rested = row.lastError !== error.message || row.retryAt === null || row.retryAt.getTime() <= Date.now();
      if (rested) await markAccountFailing(sql, row.id, error.message, UNREADABLE_REST_SECONDS);
      const account = this.open({ ...row, authSecret: null }, { id: '', keys: [] });
      const retryAt = new Date(Date.now() + UNREADABLE_REST_SECONDS * 1000);
      return Object.defineProperty({ ...account, health: 'failing', retryAt }, 'target', {
        enumerable: true,
        get: () => {
          throw error;
        },
      });
    }
  }

  private unseal(sealed: Buffer, id: string): string {
    try {
      return this.vault.open(sealed, passwordRow(id));
    } catch {
      throw new DomainError(
        'SECRET_REQUIRED',
        `The stored password can't be opened: it was stored with another master key. Enter it again, or restore master.key.`,
        { property: 'auth.password' },
      );
    }
  }

  /**
   * Where an account that names no place for its VERP addresses gets them: the domain of the inbound listener, unless
   * that is still the reserved one of the default, to which nobody outside can send.
   */
  private inboundDomain({ returnPath, returnPathAddress }: SmtpAccountRow): string | null {
    const domain = this.settings.get('INBOUND_DOMAIN');
    return returnPath === 'verp' && returnPathAddress === null && !isReservedDomain(domain) ? domain : null;
  }

  private open(row: SmtpAccountRow, signing: Signing): SendingAccount {
    const { id, workspaceId, version, kind, enabled, weight, limits, connections, messagesPerConnection } = row;
    const { fromDomains, health, retryAt, returnPath, returnPathAddress, warmup, warmupStop, warmupSince } = row;
    const returnPathDomain = row.returnPathDomain ?? this.inboundDomain(row);
    return {
      ...{ id, workspaceId, version, kind, enabled, weight, limits, connections, messagesPerConnection },
      ...{ fromDomains, health, retryAt, warmup, warmupStop, warmupSince },
      target: this.target(row),
      render: { returnPath, returnPathDomain, returnPathAddress, keys: signing.keys },
      renderKey: `${id}.${version}.${signing.id}`,
    };
  }
}

/** What the password of an SMTP account is bound to: moved to another row it does not open. */
export function passwordRow(id: string): string {
  return `smtp_accounts:${id}:password`;
}

/** RFC 5321 section 4.1.4: our fully qualified name, else an address literal. */
function ehloName(publicUrl: string): string {
  const own = hostname();
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(own)) return own;
  const name = new URL(publicUrl).hostname;
  return name.includes('.') && !/^[\d.]+$/.test(name) ? name : '[127.0.0.1]';
}
