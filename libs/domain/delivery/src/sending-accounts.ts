import type { SendOutcome } from '#contracts';
import {
  emptyPace,
  grantTokens,
  limitsNow,
  paceUnit,
  spacingMs,
  staticShare,
  warmupStop,
  warmupVolume,
} from '#engine/pace';
import type { PaceState, RateLimits } from '#engine/pace';
import type { Database } from '#platform/database';
import type { SharedState } from '#platform/shared-state';
import { SmtpPool } from '#platform/smtp';
import { markAccountFailing, markAccountOk, stopWarmup } from '#domain/senders';
import type { SendingAccount, SendingAccountLoader } from '#domain/senders';
import type { ClaimedBatch, Resting } from './claim-batch.js';
import { PaceStore } from './pace-store.js';
import { ProviderPaces } from './provider-paces.js';

/** How long a list of accounts is believed before it is read again: a new limit holds after this at the latest. */
const REFRESH_MS = 3_000;
const IDLE_CONNECTION_MS = 15_000;
/** A failing account is tried again after this. */
const RETRY_SECONDS = 30;
/** Longest rest of an account at its limit before it is asked again: the limit may have been raised. */
const REST_MAX_MS = 60_000;
/** From the last check to the first body: a round trip to Postgres on a busy machine; who comes late has lost a place. */
export const LEAD_MS = 80;
/** Asking ahead, so that waiting costs no throughput. */
const CAMPAIGNS: SendingLane = { connections: null, leadMs: LEAD_MS, aheadMs: 250, leavesShare: 0.1 };
/** Who has no room at a provider of the long tail is looked at again after this at the earliest. */
const LATER_MS = 1_000;
/**
 * A server sees messages later or sooner than they were paced; this much of a second's limit is left free for that,
 * beside the hundredth by which engine/pace stretches the spacing: together 97.5 % of a limit are used.
 */
const JITTER = 0.015;

/** How a lane asks: triggered mail has few connections of its own and looks further ahead than any campaign may. */
export interface SendingLane {
  /** Connections per account; null: as many as the account allows. */
  connections: number | null;
  /** Time between the leave and its first message. */
  leadMs: number;
  /** Leave is asked for up to this long before the pace has room. Who looks further ahead is never behind the others. */
  aheadMs: number;
  /** Part of a minute's, hour's and day's limit left to triggered mail where the workspace has any of late; 0 to 1. */
  leavesShare: number;
}

/** What is to be sent, as far as the choice of an account goes. */
export interface Outgoing {
  workspaceId: string;
  /** Empty: every account that allows the From domain. */
  smtpAccounts: string[];
  fromDomain: string;
}

/** Leave to send: so many messages, the first at `startMs` (of `performance.now()`), then one every `spacingMs`. */
export interface Leave {
  granted: number;
  startMs: number;
  spacingMs: number;
}

export interface Wait {
  waitMs: number;
  reason: string;
  /** The wait is the provider's: a lane has better things to do, so the batch goes back at once. */
  handBack?: true;
}

/** Who of a slice may be sent now by the paces of their providers, and who waits how long. */
export interface Room<T> {
  now: T[];
  later: { seq: number; waitMs: number }[];
}

/** An SMTP account with its connections in this process. */
export interface OpenAccount extends SendingAccount {
  pool: SmtpPool;
  /** At its limit until then (`performance.now()`). */
  restsUntil: number;
  /** No message of this process leaves before then (`performance.now()`). */
  nextAt: number;
  /** Most messages of a slice: one less for each that did not begin to leave while its last check was believed. */
  sliceMost: number;
}

/** The SMTP accounts of this process: which one takes the next slice, at what pace, and how they fare. */
export class SendingAccounts {
  private readonly byWorkspace = new Map<string, { at: number; accounts: SendingAccount[]; triggers: boolean }>();
  private readonly open = new Map<string, OpenAccount>();
  private readonly pace: PaceStore;
  private readonly providers: ProviderPaces;
  /** Senders at work, this one among them. */
  private senders = 1;
  /** Providers without room at any account of a campaign, by both, until when (`performance.now()`). */
  private readonly resting = new Map<string, Resting & { until: number }>();

  constructor(
    private readonly db: Database,
    shared: SharedState,
    private readonly loader: SendingAccountLoader,
    private readonly lane: SendingLane = CAMPAIGNS,
  ) {
    // Half of an equal part: whoever has not been seen yet stays below the limit too.
    this.pace = new PaceStore(shared, () => 1 / (2 * this.senders));
    this.providers = new ProviderPaces(this.pace);
  }

  /**
   * Picks an account by weight among the healthy ones that may send for this campaign and are not at their limit, nor
   * at the pace of the batch's provider. Reserved domains go to the sandbox; everyone else to real accounts, or to the
   * sandbox while none has been added.
   * @returns null when no account may ever send this as things stand
   */
  async pick(
    campaign: Outgoing,
    batch: Pick<ClaimedBatch, 'reserved'> & Partial<Pick<ClaimedBatch, 'provider' | 'campaignId'>>,
  ): Promise<OpenAccount | Wait | null> {
    let candidates = carriers(await this.accountsOf(campaign.workspaceId), campaign, batch);
    if (candidates.length === 0) {
      // What somebody has just put right must not count as missing.
      this.byWorkspace.delete(campaign.workspaceId);
      candidates = carriers(await this.accountsOf(campaign.workspaceId), campaign, batch);
    }
    if (candidates.length === 0) return null;
    candidates = candidates.filter((account) => account.warmupStop === null);
    if (candidates.length === 0)
      return { waitMs: 5_000, reason: 'the warm-up of every SMTP account has stopped itself' };
    const healthy = candidates.filter((account) => account.retryAt === null || account.retryAt.getTime() <= Date.now());
    if (healthy.length === 0) return { waitMs: 5_000, reason: 'every SMTP account is failing' };
    const opened = byWeight(healthy).map((account) => this.opened(account));
    const now = performance.now();
    const rest = (account: OpenAccount) =>
      Math.max(account.restsUntil, this.providers.restsUntil(account.id, batch.provider ?? ''));
    const free = opened.find((account) => rest(account) <= now);
    if (free) return free;
    const waitMs = Math.min(...opened.map(rest)) - now;
    const slowed = opened.some((account) => account.restsUntil <= now);
    if (slowed) {
      if (batch.campaignId && batch.provider) {
        const { campaignId, provider } = batch;
        this.resting.set(`${campaignId} ${provider}`, { campaignId, provider, until: now + waitMs });
      }
      return { waitMs, reason: 'the mailbox provider has asked to slow down', handBack: true };
    }
    return { waitMs, reason: 'every SMTP account is at its rate limit' };
  }

  /** What need not be claimed now, and in how many milliseconds the first of it may be (Infinity where there is none). */
  notNow(): { resting: Resting[]; nextMs: number } {
    const now = performance.now();
    let next = Infinity;
    for (const [key, { until }] of this.resting) {
      if (until <= now) this.resting.delete(key);
      else next = Math.min(next, until);
    }
    return { resting: [...this.resting.values()], nextMs: next - now };
  }

  /**
   * Who of a slice may be sent now: all of them, unless their provider (in the long tail: their domain) has asked this
   * account to slow down. Those of one provider that are left over are simply asked for again.
   */
  async room<T extends { seq: number; email: string }>(
    account: OpenAccount,
    provider: string,
    recipients: T[],
  ): Promise<Room<T>> {
    await this.providers.ready(account.id);
    if (provider !== 'other') {
      const { granted } = await this.providers.grant(account.id, provider, recipients.length);
      return { now: recipients.slice(0, granted), later: [] };
    }
    const restricted = recipients.filter(({ email }) =>
      this.providers.isRestricted(account.id, paceUnit(provider, email)),
    );
    if (restricted.length === 0) return { now: recipients, later: [] };
    const room: Room<T> = { now: recipients.filter((recipient) => !restricted.includes(recipient)), later: [] };
    const domains = new Map<string, T[]>();
    for (const recipient of restricted) {
      const domain = paceUnit(provider, recipient.email);
      domains.set(domain, [...(domains.get(domain) ?? []), recipient]);
    }
    for (const [domain, those] of domains) {
      const { granted, waitMs } = await this.providers.grant(account.id, domain, those.length);
      room.now.push(...those.slice(0, granted));
      room.later.push(...those.slice(granted).map(({ seq }) => ({ seq, waitMs: Math.max(waitMs, LATER_MS) })));
    }
    return room;
  }

  /** Whether a provider (not the long tail) has asked this account to slow down. */
  isSlowed(account: SendingAccount, provider: string): boolean {
    return this.providers.isRestricted(account.id, provider);
  }

  /** What the servers answered: complaints slow the provider at this account, success brings its pace back. */
  async answered(
    account: SendingAccount,
    provider: string,
    answers: ReadonlyArray<{ email: string; outcome: SendOutcome }>,
  ): Promise<void> {
    await this.providers.answered(account.id, provider, answers);
    if (!account.warmup || account.warmupStop || warmupVolume(account.warmup, Date.now()) === null) return;
    const why = warmupStop(this.providers.lastDay(account.id, account.warmupSince?.getTime() ?? 0));
    if (!why) return;
    await stopWarmup(this.db, account.id, why);
    this.byWorkspace.delete(account.workspaceId);
  }

  /** Asks the pace that all senders share for tokens; an account at its limit is not picked until it has room. */
  async leave(account: OpenAccount, want: number): Promise<Leave | Wait> {
    const { leadMs, aheadMs, leavesShare } = this.lane;
    const { triggers } = this.byWorkspace.get(account.workspaceId) ?? { triggers: true };
    const limits = leaveShare(leaveRoom(limitsNow(account, Date.now())), triggers ? leavesShare : 0);
    // Nothing to share: no round trip, and no row that every slice of every sender locks.
    if (Object.keys(limits).length === 0) {
      return { granted: want, startMs: performance.now() + leadMs, spacingMs: 0 };
    }
    const grant = await this.pace.update<PaceState, Leave & { waitMs: number }>(
      `account:${account.id}`,
      (state, nowMs, alone) => {
        const own = alone ? staticShare(limits, alone.lost, nowMs, alone.share) : limits;
        const before = state ?? emptyPace();
        if (!own) return { state: before, result: { granted: 0, waitMs: REST_MAX_MS, startMs: 0, spacingMs: 0 } };
        const grant = grantTokens(before, own, nowMs + leadMs, want, aheadMs, true);
        const { granted, waitMs, startMs } = grant;
        return {
          state: grant.state,
          result: { granted, waitMs, startMs: startMs - nowMs, spacingMs: spacingMs(own) },
        };
      },
    );
    const now = performance.now();
    if (grant.granted > 0) {
      return { granted: grant.granted, startMs: now + grant.startMs, spacingMs: grant.spacingMs };
    }
    const waitMs = Math.min(grant.waitMs, REST_MAX_MS);
    account.restsUntil = now + waitMs;
    return { waitMs, reason: 'the SMTP account is at its rate limit' };
  }

  /** An account that could not be reached rests; its share goes to the others at the next choice. */
  async failed(account: SendingAccount, text: string): Promise<void> {
    await markAccountFailing(this.db, account.id, text, RETRY_SECONDS);
    this.byWorkspace.delete(account.workspaceId);
  }

  async succeeded(account: SendingAccount): Promise<void> {
    if (account.health === 'ok') return;
    await markAccountOk(this.db, account.id);
    this.byWorkspace.delete(account.workspaceId);
  }

  async drain(): Promise<void> {
    await Promise.all([...this.open.values()].map(({ pool }) => pool.drain()));
    await this.providers.drain();
    this.pace.close();
  }

  private async accountsOf(workspaceId: string): Promise<SendingAccount[]> {
    const known = this.byWorkspace.get(workspaceId);
    if (known && performance.now() - known.at < REFRESH_MS) return known.accounts;
    const accounts = await this.loader.load(this.db, workspaceId);
    this.senders = await countSenders(this.db);
    const triggers = this.lane.leavesShare > 0 && (await hasTriggeredMail(this.db, workspaceId));
    this.byWorkspace.set(workspaceId, { at: performance.now(), accounts, triggers });
    return accounts;
  }

  /** Keyed by version: a changed account gets new connections, the old ones drain. */
  private opened(account: SendingAccount): OpenAccount {
    const current = this.open.get(account.id);
    // The limit is the account's: senders at work have equal parts of it.
    const connections = this.lane.connections ?? Math.max(1, Math.floor(account.connections / this.senders));
    if (current?.version === account.version) {
      current.pool.resize(connections);
      return Object.assign(current, account);
    }
    if (current) void current.pool.drain();
    const { messagesPerConnection } = account;
    const pool = new SmtpPool(account.target, { connections, messagesPerConnection, idleMs: IDLE_CONNECTION_MS });
    const opened = { ...account, pool, restsUntil: 0, nextAt: 0, sliceMost: Infinity };
    this.open.set(account.id, opened);
    return opened;
  }
}

/** Senders that hold a batch now; index: send_batches_leased. */
async function countSenders(db: Database): Promise<number> {
  const row = await db.first<{ n: number }>({
    name: 'count_senders',
    text: `SELECT count(DISTINCT lease_owner)::int AS n FROM send_batches WHERE status = 'leased'`,
  });
  return Math.max(1, row?.n ?? 1);
}

/** A workspace that has triggered mail has it every week. Index: messages_page. */
async function hasTriggeredMail(db: Database, workspaceId: string): Promise<boolean> {
  const row = await db.first<{ lately: boolean }>(
    {
      name: 'has_triggered_mail',
      text: `SELECT created_at > now() - interval '7 days' AS lately FROM messages
             WHERE workspace_id = $1 ORDER BY id DESC LIMIT 1`,
    },
    [workspaceId],
  );
  return row?.lately ?? false;
}

/** Of a second nothing is left over: who asks further ahead has the next place anyway. */
function leaveShare(limits: RateLimits, share: number): RateLimits {
  if (share === 0) return limits;
  const left = { ...limits };
  for (const window of ['perMinute', 'perHour', 'perDay'] as const) {
    const limit = limits[window];
    if (limit !== undefined) left[window] = Math.max(1, Math.floor(limit * (1 - share)));
  }
  return left;
}

function leaveRoom(limits: RateLimits): RateLimits {
  return limits.perSecond === undefined ? limits : { ...limits, perSecond: limits.perSecond * (1 - JITTER) };
}

/** The accounts that may carry a batch: a real account, usable or not, ends the sandbox' standing in for one. */
export function carriers(
  accounts: SendingAccount[],
  campaign: Outgoing,
  batch: Pick<ClaimedBatch, 'reserved'>,
): SendingAccount[] {
  const sandboxOnly = batch.reserved || !accounts.some((account) => account.kind === 'smtp');
  return accounts.filter(
    (account) =>
      account.enabled &&
      (sandboxOnly
        ? account.kind === 'sandbox' && (batch.reserved || isChosen(account, campaign))
        : account.kind === 'smtp' && isChosen(account, campaign)),
  );
}

/** The sandbox carries what must stay on the machine whether or not the campaign names it. */
function isChosen(account: SendingAccount, campaign: Outgoing): boolean {
  const chosen = campaign.smtpAccounts.length === 0 || campaign.smtpAccounts.includes(account.id);
  return chosen && (account.fromDomains.length === 0 || account.fromDomains.includes(campaign.fromDomain));
}

/** Random order in which an account stands first as often as its weight says (Efraimidis and Spirakis, 2006). */
function byWeight(accounts: SendingAccount[]): SendingAccount[] {
  return accounts
    .map((account) => ({ account, key: account.weight > 0 ? Math.random() ** (1 / account.weight) : -1 }))
    .sort((a, b) => b.key - a.key)
    .map(({ account }) => account);
}
