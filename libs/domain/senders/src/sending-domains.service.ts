import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError, invalid, notFound } from '#contracts';
import type { Page, PageQuery, SendingDomain, SendingDomainBody } from '#contracts';
import { statusOf } from '#engine/sender-auth';
import type { ExpectedRecord } from '#engine/sender-auth';
import { Settings } from '#platform/config';
import { Vault } from '#platform/crypto';
import { Database, toPage } from '#platform/database';
import type { Sql } from '#platform/database';
import { DnsRecords } from '#platform/egress';
import { decodeIdCursor } from '#domain/contacts';
import { audit } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { requireDomain } from './account-input.js';
import { checkRecords, secondsUntilNextCheck } from './check-domain.js';
import { generateDkimKey, readDkimKey } from './dkim-key.js';
import { asJudged, recordsToPublish } from './domain-set-up.js';
import { SendingAccountLoader } from './sending-account.js';
import {
  DOMAINS_MAX,
  activateNextKey,
  countSendingDomains,
  deleteSendingDomain,
  dropSpareKeys,
  findDkimKeys,
  findSendingDomain,
  findSendingDomains,
  insertDkimKey,
  insertSendingDomain,
  storeCheck,
  takeDueDomains,
} from './sending-domain.repository.js';
import type { DkimKeyRow, SendingDomainRow } from './sending-domain.repository.js';
import { keySeal } from './signing-keys.js';
import { ACCOUNTS_MAX, findSmtpAccounts } from './smtp-account.repository.js';

type View = z.output<typeof SendingDomain>;

const DNS_TIMEOUT_MS = 3_000;
/** Domains a round of the watch looks at. */
const ROUND = 20;
/** A rotation goes back and forth between them. */
const SELECTORS = ['hy1', 'hy2'] as const;

/** The domains mail comes from: their keys, what they need in the DNS, and whether it is there. */
@Injectable()
export class SendingDomainsService {
  private readonly dns: DnsRecords;

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(Settings) private readonly settings: Settings,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(SendingAccountLoader) private readonly accounts: SendingAccountLoader,
  ) {
    this.dns = new DnsRecords(DNS_TIMEOUT_MS, settings.get('DNS_SERVERS'));
  }

  async list(ctx: RequestContext, query: PageQuery): Promise<Page<View>> {
    const q = query.q || null;
    const after = decodeIdCursor(query.cursor);
    const rows = await findSendingDomains(this.db, ctx.workspaceId, { after, limit: query.limit + 1, q });
    const keys = await findDkimKeys(this.db, { workspaceId: ctx.workspaceId });
    const accounts = await this.accountsOf(this.db, ctx.workspaceId);
    const page: Page<View> = toPage(
      rows,
      query.limit,
      (row) => [row.id],
      (row) => {
        const own = keys.filter(({ domainId }) => domainId === row.id);
        return toView(row, own, recordsToPublish(row.domain, own, accounts, this.hosts()));
      },
    );
    if (query.count) page.total = await countSendingDomains(this.db, ctx.workspaceId, q);
    return page;
  }

  async get(ctx: RequestContext, id: string): Promise<View> {
    const row = await this.find(this.db, ctx.workspaceId, id);
    return toView(row, ...(await this.setUpOf(this.db, row)));
  }

  /** @throws DomainError ALREADY_EXISTS, VALIDATION_FAILED naming the field */
  async create(ctx: RequestContext, body: z.output<typeof SendingDomainBody>): Promise<View> {
    const domain = requireDomain('domain', body.domain);
    const pair = body.privateKey ? readDkimKey(body.privateKey) : await generateDkimKey();
    return this.db.transaction(async (tx) => {
      if ((await countSendingDomains(tx, ctx.workspaceId, null)) >= DOMAINS_MAX) {
        throw invalid('domain', 'TOO_MANY', `A workspace has at most ${DOMAINS_MAX} sending domains.`);
      }
      const row = await insertSendingDomain(tx, ctx.workspaceId, domain);
      if (!row) throw new DomainError('ALREADY_EXISTS', `${domain} is there already.`, { property: 'domain' });
      await this.insertKey(tx, row.id, body.selector, 'active', pair);
      await audit(tx, ctx, 'sending_domain.created', `sending_domain:${row.id}`, null, { domain });
      return toView(row, ...(await this.setUpOf(tx, row)));
    });
  }

  async remove(ctx: RequestContext, id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const { domain } = await this.find(tx, ctx.workspaceId, id, true);
      await deleteSendingDomain(tx, ctx.workspaceId, id);
      await audit(tx, ctx, 'sending_domain.removed', `sending_domain:${id}`, { domain }, null);
    });
  }

  /** Makes the next key; the present one signs until the record of the next is published. */
  async rotate(ctx: RequestContext, id: string): Promise<View> {
    const pair = await generateDkimKey();
    return this.db.transaction(async (tx) => {
      const row = await this.find(tx, ctx.workspaceId, id, true);
      const keys = await findDkimKeys(tx, { workspaceId: ctx.workspaceId, domainId: id });
      const active = keys.find(({ state }) => state === 'active')?.selector;
      const selector = SELECTORS.find((each) => each !== active) ?? SELECTORS[0];
      await dropSpareKeys(tx, id, selector);
      await this.insertKey(tx, id, selector, 'next', pair);
      await audit(tx, ctx, 'sending_domain.key-made', `sending_domain:${id}`, null, { domain: row.domain, selector });
      return toView(row, ...(await this.setUpOf(tx, row)));
    });
  }

  /** Asks the DNS now. */
  async check(ctx: RequestContext, id: string): Promise<View> {
    await this.checkOne(ctx.workspaceId, id);
    return this.get(ctx, id);
  }

  /** Looks at what is due; for the process that keeps the clock. @returns how many were looked at */
  async checkDue(): Promise<number> {
    const due = await takeDueDomains(this.db, ROUND);
    await Promise.all(due.map(({ id, workspaceId }) => this.checkOne(workspaceId, id)));
    return due.length;
  }

  private async checkOne(workspaceId: string, id: string): Promise<void> {
    const row = await this.find(this.db, workspaceId, id);
    const [, expected] = await this.setUpOf(this.db, row);
    const judged = await checkRecords(this.dns, row.domain, expected, row.records);
    await this.db.transaction(async (tx) => {
      // Deleted meanwhile, or rotated: then what was found is of a key that is no more, and says nothing.
      const now = await findSendingDomain(tx, workspaceId, id, true);
      if (!now) return;
      const published = judged.find(({ kind }) => kind === 'dkim-next');
      const next = (await findDkimKeys(tx, { workspaceId, domainId: id })).find(({ state }) => state === 'next');
      const takesOver = published?.state === 'ok' && published.value === next?.record;
      if (takesOver) await activateNextKey(tx, id);
      const records = takesOver ? judged.filter(({ kind }) => kind !== 'dkim').map(asActive) : judged;
      const status = statusOf(records);
      const againSeconds = secondsUntilNextCheck(status, (Date.now() - row.createdAt.getTime()) / 1000);
      await storeCheck(tx, id, { status, records, againSeconds });
    });
  }

  private async setUpOf(sql: Sql, row: SendingDomainRow): Promise<[DkimKeyRow[], ExpectedRecord[]]> {
    const keys = await findDkimKeys(sql, { workspaceId: row.workspaceId, domainId: row.id });
    const accounts = await this.accountsOf(sql, row.workspaceId);
    return [keys, recordsToPublish(row.domain, keys, accounts, this.hosts())];
  }

  private async accountsOf(sql: Sql, workspaceId: string) {
    const rows = await findSmtpAccounts(sql, workspaceId, { after: null, limit: ACCOUNTS_MAX, q: null });
    return rows.map((row) => this.accounts.place(row));
  }

  private hosts() {
    const host = (url: string) => new URL(url).hostname;
    return { inbound: host(this.settings.get('PUBLIC_URL')), tracking: host(this.settings.get('TRACKING_URL')) };
  }

  private insertKey(
    sql: Sql,
    domainId: string,
    selector: string,
    state: 'active' | 'next',
    pair: { privateKeyPem: string; dnsRecord: string },
  ): Promise<void> {
    const secret = this.vault.seal(pair.privateKeyPem, keySeal({ domainId, selector }));
    return insertDkimKey(sql, { domainId, selector, state, secret, record: pair.dnsRecord });
  }

  private async find(sql: Sql, workspaceId: string, id: string, lock = false): Promise<SendingDomainRow> {
    const row = await findSendingDomain(sql, workspaceId, id, lock);
    if (!row) throw notFound('sending domain', id);
    return row;
  }
}

const asActive = <R extends { kind: string }>(record: R): R =>
  record.kind === 'dkim-next' ? { ...record, kind: 'dkim' } : record;

function toView(row: SendingDomainRow, keys: readonly DkimKeyRow[], expected: readonly ExpectedRecord[]): View {
  const records = asJudged(expected, row.records);
  return {
    ...{ id: row.id, domain: row.domain, status: statusOf(records), records },
    keys: keys.map(({ selector, state, createdAt }) => ({ selector, state, createdAt: createdAt.toISOString() })),
    checkedAt: row.checkedAt?.toISOString() ?? null,
    nextCheckAt: row.nextCheckAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
  };
}
