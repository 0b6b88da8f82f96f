import { Inject, Injectable } from '@nestjs/common';
import type { Security } from '#contracts';
import { Settings } from '#platform/config';
import { Vault } from '#platform/crypto';
import type { Sql } from '#platform/database';
import { Egress } from '#platform/egress';
import { IMAP_TIMEOUTS } from '#platform/imap';
import type { ImapTarget } from '#platform/imap';

/** How long the lease of a mailbox lasts unless it is renewed. */
export const MAILBOX_LEASE_SECONDS = 30;

/** A mailbox one process reads, with its secret opened. */
export interface ReadingMailbox {
  id: string;
  workspaceId: string;
  version: number;
  name: string;
  folders: string[];
  /** Folder for processed mail; null leaves it where it is. */
  moveTo: string | null;
  /** Number of this claim. */
  fence: string;
  target: ImapTarget;
}

interface Row extends Omit<ReadingMailbox, 'target'> {
  host: string;
  port: number;
  security: Security;
  authMethod: 'password' | 'xoauth2';
  authUser: string;
  authSecret: Buffer | null;
}

/** Which process reads which mailbox, from where on, and how it fares. One reader a mailbox, by lease and fence. */
@Injectable()
export class MailboxReading {
  private readonly egress: Egress;

  constructor(
    @Inject(Settings) settings: Settings,
    @Inject(Vault) private readonly vault: Vault,
  ) {
    this.egress = new Egress(settings.get('EGRESS_ALLOW'));
  }

  /** Takes every enabled mailbox that nobody reads. */
  async claim(sql: Sql, owner: string): Promise<ReadingMailbox[]> {
    const rows = await sql.rows<Row>(
      `UPDATE mailboxes SET lease_owner = $1, fence = fence + 1, lease_until = now() + make_interval(secs => $2)
       WHERE id IN (SELECT id FROM mailboxes WHERE enabled AND (lease_until IS NULL OR lease_until < now())
                    ORDER BY id LIMIT 20 FOR UPDATE SKIP LOCKED)
       RETURNING id, workspace_id AS "workspaceId", version, name, folders, move_to AS "moveTo", fence, host, port,
         security, auth_method AS "authMethod", auth_user AS "authUser", auth_secret AS "authSecret"`,
      [owner, MAILBOX_LEASE_SECONDS],
    );
    return rows.map((row) => this.open(row));
  }

  /** Keeps the lease; false when it is lost, or the mailbox was changed, switched off or deleted. */
  async renew(sql: Sql, { id, fence, version }: ReadingMailbox): Promise<boolean> {
    const renewed = await sql.run(
      `UPDATE mailboxes SET lease_until = now() + make_interval(secs => $4)
       WHERE id = $1 AND fence = $2 AND version = $3 AND enabled`,
      [id, fence, version, MAILBOX_LEASE_SECONDS],
    );
    return renewed === 1;
  }

  /** @param restSeconds how long nobody should try again (a wrong password must not be hammered) */
  async release(sql: Sql, { id, fence }: ReadingMailbox, restSeconds: number): Promise<void> {
    await sql.run(
      `UPDATE mailboxes SET lease_owner = NULL, lease_until = now() + make_interval(secs => $3) WHERE id = $1 AND fence = $2`,
      [id, fence, restSeconds],
    );
  }

  async noteState(
    sql: Sql,
    mailbox: ReadingMailbox,
    state: 'connecting' | 'idle' | 'polling' | 'error',
    error: string | null,
  ) {
    await sql.run(`UPDATE mailboxes SET state = $3, last_error = $4 WHERE id = $1 AND fence = $2`, [
      mailbox.id,
      mailbox.fence,
      state,
      error?.slice(0, 500) ?? null,
    ]);
  }

  /** Where reading goes on: 0 for a folder never read, or one whose UIDVALIDITY changed. */
  async cursor(sql: Sql, mailboxId: string, folder: string, uidValidity: string): Promise<number> {
    const row = await sql.first<{ lastUid: string }>(
      `SELECT last_uid AS "lastUid" FROM mailbox_cursors WHERE mailbox_id = $1 AND folder = $2 AND uid_validity = $3`,
      [mailboxId, folder, uidValidity],
    );
    return Number(row?.lastUid ?? 0);
  }

  /** In the transaction that stored the mails up to `lastUid`. */
  async advance(
    sql: Sql,
    mailbox: ReadingMailbox,
    folder: string,
    uidValidity: string,
    lastUid: number,
    stored: number,
  ) {
    await sql.run(
      `INSERT INTO mailbox_cursors (mailbox_id, folder, uid_validity, last_uid) VALUES ($1, $2, $3, $4)
       ON CONFLICT (mailbox_id, folder) DO UPDATE SET uid_validity = excluded.uid_validity, last_uid = excluded.last_uid`,
      [mailbox.id, folder, uidValidity, lastUid],
    );
    await sql.run('UPDATE mailboxes SET processed = processed + $2, last_read_at = now() WHERE id = $1', [
      mailbox.id,
      stored,
    ]);
  }

  private open({ host, port, security, authMethod, authUser, authSecret, ...mailbox }: Row): ReadingMailbox {
    const secret = authSecret ? this.vault.open(authSecret, mailboxSecretRow(mailbox.id)) : undefined;
    const auth = { method: authMethod, user: authUser, ...(secret === undefined ? {} : { secret }) };
    return { ...mailbox, target: { host, port, security, auth, egress: this.egress, timeouts: IMAP_TIMEOUTS } };
  }
}

/** What the secret of a mailbox is bound to: moved to another row it does not open. */
export function mailboxSecretRow(id: string): string {
  return `mailboxes:${id}:password`;
}
