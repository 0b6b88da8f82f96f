import { Inject, Injectable } from '@nestjs/common';
import type { MailboxProtocol } from '#contracts';
import { Settings } from '#platform/config';
import { Vault } from '#platform/crypto';
import type { Sql } from '#platform/database';
import { Egress } from '#platform/egress';
import type { ImapTarget } from '#platform/imap';
import { claimMailboxRows, releaseMailboxClaim } from './mailbox.repository.js';
import type { MailboxRow } from './mailbox.repository.js';

/** How to reach a mailbox and log in, whatever its protocol; the reader adds its time-outs. */
export type MailboxTarget = Omit<ImapTarget, 'timeouts'>;

/** A secret that can't be opened is a person's to enter again; it is looked at again this seldom. */
const REST_WITHOUT_SECRET_SECONDS = 900;

/** A mailbox that is ours to read until the lease ends. Never log or queue it: the password is open. */
export interface ClaimedMailbox {
  id: string;
  workspaceId: string;
  name: string;
  /** Every write names it; a reader that has lost its claim changes nothing. */
  fence: string;
  protocol: MailboxProtocol;
  /** Attempts that failed since the last that did not. */
  failures: number;
  folders: string[];
  /** Folder for processed mail; null leaves it where it is. */
  moveTo: string | null;
  /** POP3: days that stored mail stays on the server; null for ever. */
  deleteAfterDays: number | null;
  target: MailboxTarget;
}

/** Opens stored mailboxes for reading: secrets, and how we reach out. */
@Injectable()
export class MailboxLoader {
  private readonly egress: Egress;

  constructor(
    @Inject(Settings) settings: Settings,
    @Inject(Vault) private readonly vault: Vault,
  ) {
    this.egress = new Egress(settings.get('EGRESS_ALLOW'));
  }

  /** Claims up to `limit` enabled mailboxes that nobody reads. One that can't be opened says so and keeps none else. */
  async claim(sql: Sql, owner: string, leaseSeconds: number, limit: number): Promise<ClaimedMailbox[]> {
    const claimed: ClaimedMailbox[] = [];
    for (const row of await claimMailboxRows(sql, owner, leaseSeconds, limit)) {
      const target = this.target(row);
      if (target) claimed.push({ ...row, target });
      else await releaseMailboxClaim(sql, row, REST_WITHOUT_SECRET_SECONDS, 'secret-unreadable: ');
    }
    return claimed;
  }

  /** How to reach a stored mailbox; null when its secret was sealed under another master key. */
  target(row: MailboxRow): MailboxTarget | null {
    const { authMethod: method, authUser: user, authSecret } = row;
    if (!authSecret) return { ...this.unsavedTarget(row), auth: { method, user } };
    try {
      const secret = this.vault.open(authSecret, mailboxSecretRow(row.id));
      return { ...this.unsavedTarget(row), auth: { method, user, secret } };
    } catch {
      return null;
    }
  }

  /** The same for settings that are not stored, without credentials. */
  unsavedTarget({ host, port, security }: Pick<MailboxRow, 'host' | 'port' | 'security'>): MailboxTarget {
    return { host, port, security, auth: { method: 'password', user: '' }, egress: this.egress };
  }
}

/** What a mailbox' password is bound to: moved to another row it does not open. */
export function mailboxSecretRow(id: string): string {
  return `mailboxes:${id}:password`;
}
