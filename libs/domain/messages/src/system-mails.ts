import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '#contracts';
import type { SendOutcome } from '#contracts';
import { domainOf, isReservedDomain, parseAddress } from '#engine/address';
import type { ParsedAddress } from '#engine/address';
import { composeMessage, readDkimKey, returnPathOf, signDkim, signingKeyFor } from '#engine/message';
import { providerOf } from '#engine/pace';
import { MAIL_NAME_PREFIX } from '#engine/token';
import { Database } from '#platform/database';
import { openSession } from '#platform/smtp';
import { DirectAccounts, HOLD_UPS, leaveForTest } from '#domain/delivery';
import { SendingAccountLoader } from '#domain/senders';
import type { SendingAccount } from '#domain/senders';
import { checkFrom, defaultFrom, readParty } from './message-parties.js';
import type { Party } from './message-parties.js';

/** A mail of the product itself to somebody who uses it. */
export interface SystemMail {
  to: string;
  subject: string;
  html: string;
  text: string;
  /** Workspaces whose accounts may carry it, best first. */
  workspaceIds: readonly string[];
}

/** The product's own name, as such mail is from it and not from a brand. */
const FROM_NAME = 'Hongyan 鸿雁';
/** No token is this short: what comes back under it acts on nobody. */
const TOKEN_OF_NOBODY = 'system';
/** So long it waits for its place. */
const PATIENCE_MS = 8_000;

/**
 * Mail of the product to its own users, such as a link to a new password: put on the wire at once by the accounts that
 * carry all other mail, and kept nowhere, since what it holds opens an account.
 */
@Injectable()
export class SystemMails {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(SendingAccountLoader) private readonly loader: SendingAccountLoader,
    @Inject(DirectAccounts) private readonly direct: DirectAccounts,
  ) {}

  /**
   * @returns what the server answered
   * @throws DomainError UPSTREAM_UNAVAILABLE where no account may or can send it now, ADDRESS_INVALID
   */
  async send(mail: SystemMail): Promise<SendOutcome> {
    const parsed = parseAddress(mail.to);
    if (!parsed.ok) throw new DomainError('ADDRESS_INVALID', parsed.message);
    const to = parsed.value;
    // Mail to a reserved domain goes nowhere but to the sandbox.
    if (isReservedDomain(to.domain)) throw nobody();
    const { workspaceId, from, smtpAccounts } = await this.senderFor(mail.workspaceIds);
    const accounts = this.direct.open();
    const outgoing = { workspaceId, smtpAccounts, fromDomain: from.domain };
    const account = await leaveForTest(accounts, outgoing, to, performance.now() + PATIENCE_MS);
    if (account === null) throw nobody();
    if (typeof account === 'string') throw new DomainError('UPSTREAM_UNAVAILABLE', `Not sent: ${HOLD_UPS[account]}.`);
    const opened = await openSession(account.target);
    if (!opened.ok) return opened.outcome;
    try {
      const { returnPath, bytes } = compose(mail, from, to, account, new Date());
      const envelope = { from: returnPath, to: to.address, smtpUtf8: to.international };
      const outcome = await opened.session.send(envelope, bytes, { beforeBody: () => true });
      await accounts.answered(account, providerOf(to.domain), [{ email: to.address, outcome }]);
      return outcome;
    } finally {
      opened.session.close();
    }
  }

  /** Never the sandbox: all who read the test inbox could open the account of whoever asks for a new password. */
  private async senderFor(
    workspaceIds: readonly string[],
  ): Promise<{ workspaceId: string; from: Party; smtpAccounts: string[] }> {
    for (const workspaceId of workspaceIds) {
      const accounts = await this.loader.load(this.db, workspaceId);
      const carriers = accounts.filter(({ kind, enabled }) => kind === 'smtp' && enabled);
      const from = defaultFrom(FROM_NAME, carriers) ?? (await this.brandAddress(workspaceId, carriers));
      if (from) return { workspaceId, from, smtpAccounts: carriers.map(({ id }) => id) };
    }
    throw nobody();
  }

  /** Where a login is no address: what the last campaign was from, else a name at a domain the account may use. */
  private async brandAddress(workspaceId: string, carriers: SendingAccount[]): Promise<Party | null> {
    const last = await this.db.first<{ address: string }>(
      `SELECT from_address AS address FROM campaigns WHERE workspace_id = $1 AND from_address <> ''
       ORDER BY id DESC LIMIT 1`,
      [workspaceId],
    );
    const own = carriers.flatMap(({ fromDomains }) => fromDomains.map((domain) => `noreply@${domain}`));
    for (const address of [...(last ? [last.address] : []), ...own]) {
      const party = readParty({ address, name: FROM_NAME }, 'from', []);
      const problems: Parameters<typeof checkFrom>[3] = [];
      if (party) checkFrom(party, 'from', carriers, problems);
      if (party && problems.length === 0) return party;
    }
    return null;
  }
}

function compose(
  { subject, html, text }: SystemMail,
  from: Party,
  to: ParsedAddress,
  { render }: SendingAccount,
  date: Date,
): { returnPath: string; bytes: Buffer } {
  const id = randomUUID();
  const message = composeMessage({
    from: { name: from.name, address: from.address },
    to: { address: to.address },
    ...{ subject, html, text, date },
    messageId: `<${TOKEN_OF_NOBODY}.${id}@${from.domain}>`,
    // A vacation reply is not wanted (RFC 3834).
    headers: [['Auto-Submitted', 'auto-generated']],
    boundarySeed: id,
  });
  const key = signingKeyFor(render.keys, domainOf(from.address));
  return {
    returnPath: returnPathOf(render, `${MAIL_NAME_PREFIX.bounce}${TOKEN_OF_NOBODY}`, from.address),
    bytes: key ? signDkim(message, [readDkimKey(key)], date) : message,
  };
}

function nobody(): DomainError {
  return new DomainError('UPSTREAM_UNAVAILABLE', 'No enabled SMTP account may carry mail to this person.', {
    help: 'Add an SMTP account, or make a link with npm run hongyan -- user:reset-password.',
  });
}
