import { Inject, Injectable } from '@nestjs/common';
import type { Diagnosis, MailHandling, MailboxProtocol } from '#contracts';
import { Settings } from '#platform/config';
import { Vault } from '#platform/crypto';
import type { Sql } from '#platform/database';
import { Egress } from '#platform/egress';
import type { ImapTarget } from '#platform/imap';
import { freshAccessToken, openOAuth, sealOAuth } from './mailbox-oauth.js';
import type { OAuthLogin } from './mailbox-oauth.js';
import { claimMailboxRows, releaseMailboxClaim, renewOAuthSecret } from './mailbox.repository.js';
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
  /** What is done with judged mail, by kind. */
  handling: readonly MailHandling[];
  /** POP3: days that stored mail stays on the server; null for ever. */
  deleteAfterDays: number | null;
  target: MailboxTarget;
  /** Set where the secret in `target` has to be fetched first; see {@link MailboxLoader.login}. */
  oauth: OAuthLogin | null;
}

/** A target with the secret that is good now, or why there is none. */
export type MailboxLogin = { ok: true; target: MailboxTarget } | { ok: false; diagnosis: Diagnosis; detail: string };

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
      const opened = this.open(row);
      if (opened) claimed.push({ ...row, ...opened });
      else await releaseMailboxClaim(sql, row, REST_WITHOUT_SECRET_SECONDS, 'secret-unreadable: ');
    }
    return claimed;
  }

  /** How to reach a stored mailbox; null when its secret was sealed under another master key. */
  open(row: MailboxRow): { target: MailboxTarget; oauth: OAuthLogin | null } | null {
    const { id, authMethod: method, authUser: user, authSecret, oauthSecret, oauthTokenUrl: tokenUrl } = row;
    try {
      const auth = authSecret
        ? { method, user, secret: this.vault.open(authSecret, mailboxSecretRow(id)) }
        : { method, user };
      const named = { tokenUrl: tokenUrl ?? '', clientId: row.oauthClientId ?? '', scope: row.oauthScope ?? '' };
      const oauth = tokenUrl && oauthSecret ? { ...named, ...openOAuth(this.vault, id, oauthSecret) } : null;
      return { target: { ...this.unsavedTarget(row), auth }, oauth: method === 'xoauth2' ? oauth : null };
    } catch {
      return null;
    }
  }

  /** The secret to log in with; an access token is fetched where it has ended, and kept for the next time. */
  async login(sql: Sql, { id, fence, target, oauth }: ClaimedMailbox): Promise<MailboxLogin> {
    if (!oauth) return { ok: true, target };
    const token = await freshAccessToken(this.egress, oauth, Date.now());
    if (!token.ok) return token;
    if (token.renewed) await renewOAuthSecret(sql, { id, fence }, sealOAuth(this.vault, id, token.renewed));
    return { ok: true, target: { ...target, auth: { ...target.auth, secret: token.accessToken } } };
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
