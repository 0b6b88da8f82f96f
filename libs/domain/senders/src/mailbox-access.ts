import { Inject, Injectable } from '@nestjs/common';
import { Settings } from '#platform/config';
import { Vault } from '#platform/crypto';
import type { Sql } from '#platform/database';
import { Egress } from '#platform/egress';
import { IMAP_TIMEOUTS } from '#platform/imap';
import type { ImapTarget } from '#platform/imap';
import { claimMailboxRows } from './mailbox.repository.js';
import type { MailboxRow } from './mailbox.repository.js';

/** A mailbox that is ours to read until the lease ends. Never log or queue it: the password is open. */
export interface ClaimedMailbox {
  id: string;
  workspaceId: string;
  name: string;
  /** Every write names it; a reader that has lost its claim changes nothing. */
  fence: string;
  folders: string[];
  /** Folder for processed mail; null leaves it where it is. */
  moveTo: string | null;
  target: ImapTarget;
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

  /** Claims up to `limit` enabled mailboxes that nobody reads. */
  async claim(sql: Sql, owner: string, leaseSeconds: number, limit: number): Promise<ClaimedMailbox[]> {
    const rows = await claimMailboxRows(sql, owner, leaseSeconds, limit);
    return rows.map((row) => {
      const { id, workspaceId, name, fence, folders, moveTo } = row;
      return { id, workspaceId, name, fence, folders, moveTo, target: this.target(row) };
    });
  }

  /** How to reach a stored mailbox. */
  target(row: MailboxRow): ImapTarget {
    const secret = row.authSecret ? this.vault.open(row.authSecret, mailboxSecretRow(row.id)) : undefined;
    const auth = { method: row.authMethod, user: row.authUser, ...(secret === undefined ? {} : { secret }) };
    return { ...this.unsavedTarget(row), auth };
  }

  /** The same for settings that are not stored, without credentials. */
  unsavedTarget({ host, port, security }: Pick<MailboxRow, 'host' | 'port' | 'security'>): ImapTarget {
    const auth = { method: 'password', user: '' } as const;
    return { host, port, security, auth, egress: this.egress, timeouts: IMAP_TIMEOUTS };
  }
}

/** What a mailbox' password is bound to: moved to another row it does not open. */
export function mailboxSecretRow(id: string): string {
  return `mailboxes:${id}:password`;
}
