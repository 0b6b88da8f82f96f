import type { HoldUp, SendOutcome } from '#contracts';
import { readAnswer, warmupStop, warmupVolume } from '#engine/pace';
import type { Database } from '#platform/database';
import type { SharedState } from '#platform/shared-state';
import { SmtpPool } from '#platform/smtp';
import { markAccountFailing, markAccountOk, stopWarmup } from '#domain/senders';
import type { SendingAccount, SendingAccountLoader } from '#domain/senders';
import { AccountPace } from './account-pace.js';
import type { Leave } from './account-pace.js';
import { byWeight, carriers } from './choose-account.js';
import type { Outgoing } from './choose-account.js';
import type { ClaimedBatch, Resting } from './claim-batch.js';
import { lateBounces } from './late-bounces.js';
import { KnownAccounts } from './known-accounts.js';
import { laneConnections } from './lane-connections.js';
import { CAMPAIGN_LANE, laneLimits } from './lane-limits.js';
import type { SendingLane } from './lane-limits.js';
import { PaceStore } from './pace-store.js';
import { ProviderPaces } from './provider-paces.js';
import type { Senders } from './senders-at-work.js';
import { roomAt } from './provider-room.js';
import type { Room } from './provider-room.js';

const IDLE_CONNECTION_MS = 15_000;
/** A failing account is tried again after this. */
const RETRY_SECONDS = 30;
/**
 * A server that loses so many replies in a row gets no more: each message would be one more whose fate nobody knows.
 */
export const UNANSWERED_MAX = 5;
/** Before accounts are looked at again where none may be used at this moment. */
const LOOK_AGAIN_MS = 50;

/** What holds mail up, in English; the admin UI words the codes. */
export const HOLD_UPS: Record<HoldUp, string> = {
  WARMUP_STOPPED: 'the warm-up of every SMTP account has stopped itself',
  ACCOUNTS_FAILING: 'every SMTP account is failing',
  AT_LIMIT: 'every SMTP account is at its rate limit',
  PROVIDER_SLOW: 'the mailbox provider has asked to slow down',
};

export interface Wait {
  waitMs: number;
  reason: HoldUp;
  /** The wait is the provider's: a lane has better things to do, so the batch goes back at once. */
  handBack?: true;
}

/** An SMTP account with its connections in this process. */
export interface OpenAccount extends SendingAccount {
  pool: SmtpPool;
  /** At its limit until then (`performance.now()`). */
  restsUntil: number;
  /** Replies after the final dot that were lost in a row. */
  unanswered: number;
  /** Most messages of a slice: one less for each that did not begin to leave while its last check was believed. */
  sliceMost: number;
  /** Leave that was not used; given back when the next is asked for. */
  unused: number;
}

/** The SMTP accounts of this process: which one takes the next slice, at what pace, and how they fare. */
export class SendingAccounts {
  private readonly open = new Map<string, OpenAccount>();
  private readonly pace: PaceStore;
  private readonly accountPace: AccountPace;
  private readonly providers: ProviderPaces;
  private readonly known: KnownAccounts;
  /** Providers without room at any account of a campaign, by both, until when (`performance.now()`). */
  private readonly resting = new Map<string, Resting & { until: number }>();

  constructor(
    private readonly db: Database,
    shared: SharedState,
    loader: SendingAccountLoader,
    private readonly senders: Senders,
    private readonly lane: SendingLane = CAMPAIGN_LANE,
  ) {
    this.known = new KnownAccounts(db, loader);
    // Half of an equal part: whoever has not been seen yet stays below the limit too.
    this.pace = new PaceStore(shared, () => 1 / (2 * senders.count));
    senders.onChange(() => this.resize());
    this.accountPace = new AccountPace(this.pace);
    this.providers = new ProviderPaces(this.pace, (accountId) => {
      // Where it fails, the next answers ask again.
      this.mindWarmup(accountId).catch(() => undefined);
    });
  }

  /**
   * Picks an account by weight and soundness among the healthy ones that may send for this campaign and are not at their
   * limit, nor at the pace of the batch's provider. Reserved domains go to the sandbox; everyone else to real accounts, or
   * to the sandbox while none has been added.
   * @param except accounts that have turned out to have no room for it
   * @returns null when no account may ever send this as things stand
   */
  async pick(
    campaign: Outgoing,
    batch: Pick<ClaimedBatch, 'reserved'> & Partial<Pick<ClaimedBatch, 'provider' | 'campaignId'>>,
    except: ReadonlySet<string> = new Set(),
  ): Promise<OpenAccount | Wait | null> {
    let candidates = carriers(await this.known.of(campaign.workspaceId), campaign, batch);
    if (candidates.length === 0) {
      // What somebody has just put right must not count as missing.
      this.known.forget(campaign.workspaceId);
      candidates = carriers(await this.known.of(campaign.workspaceId), campaign, batch);
    }
    if (candidates.length === 0) return null;
    candidates = candidates.filter((account) => account.warmupStop === null);
    if (candidates.length === 0) return { waitMs: 5_000, reason: 'WARMUP_STOPPED' };
    const healthy = candidates.filter((account) => account.retryAt === null || account.retryAt.getTime() <= Date.now());
    if (healthy.length === 0) return { waitMs: 5_000, reason: 'ACCOUNTS_FAILING' };
    const sound = (account: SendingAccount) => this.providers.soundness(account.id);
    const opened = byWeight(healthy, sound).map((account) => this.opened(account));
    // Lost replies that nobody could note (Postgres was away) are noted now: it must not wait for answers it can't get.
    for (const account of opened) {
      if (account.unanswered >= UNANSWERED_MAX && account.health !== 'failing') await this.fared(account, []);
    }
    const now = performance.now();
    const rest = (account: OpenAccount) =>
      Math.max(account.restsUntil, this.providers.restsUntil(account.id, batch.provider ?? ''));
    // One that lost replies is not used before it has rested, and then tried with one message.
    const usable = ({ unanswered, health }: OpenAccount) => unanswered < UNANSWERED_MAX || health === 'failing';
    const free = opened.find((account) => rest(account) <= now && usable(account) && !except.has(account.id));
    if (free) {
      free.unanswered = Math.min(free.unanswered, UNANSWERED_MAX - 1);
      return free;
    }
    const waitMs = Math.max(LOOK_AGAIN_MS, Math.min(...opened.map(rest)) - now);
    const slowed = opened.some((account) => account.restsUntil <= now);
    if (slowed) {
      if (batch.campaignId && batch.provider) {
        const { campaignId, provider } = batch;
        this.resting.set(`${campaignId} ${provider}`, { campaignId, provider, until: now + waitMs });
      }
      return { waitMs, reason: 'PROVIDER_SLOW', handBack: true };
    }
    return { waitMs, reason: 'AT_LIMIT' };
  }

  /** Reads the accounts of a workspace again at the next choice: somebody has changed them a moment ago. */
  lookAgain(workspaceId: string): void {
    this.known.forget(workspaceId);
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

  /** Who of a slice may be sent now by the paces of their providers. */
  room<T extends { seq: number; email: string }>(
    account: OpenAccount,
    provider: string,
    recipients: T[],
  ): Promise<Room<T>> {
    return roomAt(this.providers, account.id, provider, recipients);
  }

  /** Whether a provider (not the long tail) has asked this account to slow down. */
  isSlowed(account: SendingAccount, provider: string): boolean {
    return this.providers.isRestricted(account.id, provider);
  }

  /** What the servers answered: complaints slow the provider at this account, success brings its pace back. */
  answered(
    account: SendingAccount,
    provider: string,
    answers: ReadonlyArray<{ email: string; outcome: SendOutcome }>,
  ): Promise<void> {
    return this.providers.answered(account.id, provider, answers);
  }

  /** Asks the pace that all senders share for tokens; an account at its limit is not picked until it has room. */
  async leave(account: OpenAccount, want: number): Promise<Leave | Wait> {
    const { unused } = account;
    account.unused = 0;
    const limits = laneLimits(account, this.known.sendsTriggered(account.workspaceId) ? this.lane.leavesShare : 0);
    const { waitMs, ...leave } = await this.accountPace.leave(account.id, { limits, want, unused }, this.lane);
    if (leave.granted > 0) return leave;
    account.restsUntil = performance.now() + waitMs;
    return { waitMs, reason: 'AT_LIMIT' };
  }

  /**
   * How an account fares by what became of its messages: one that can't be reached or loses replies rests, and its share
   * goes to the others at the next choice.
   */
  async fared(account: OpenAccount, outcomes: readonly SendOutcome[]): Promise<void> {
    const why = outcomes.find(isBroken)?.text ?? (account.unanswered >= UNANSWERED_MAX ? UNANSWERED : null);
    if (why !== null) {
      await markAccountFailing(this.db, account.id, why, RETRY_SECONDS);
    } else if (account.health !== 'ok' && outcomes.some(({ kind }) => kind !== 'uncertain')) {
      await markAccountOk(this.db, account.id);
    } else return;
    this.known.forget(account.workspaceId);
  }

  async drain(): Promise<void> {
    await Promise.all([...this.open.values()].map(({ pool }) => pool.drain()));
    await this.providers.drain();
    this.pace.close();
  }

  /** A warm-up stops itself when the answers of the day say that more volume would do harm. */
  private async mindWarmup(accountId: string): Promise<void> {
    const account = this.open.get(accountId);
    if (!account?.warmup || account.warmupStop || warmupVolume(account.warmup, Date.now()) === null) return;
    const day = this.providers.lastDay(accountId, account.warmupSince?.getTime() ?? 0);
    // What was taken and then came back is a refusal that came late.
    const late = await lateBounces(this.db, account, account.warmupSince);
    const why = warmupStop({ ...day, refused: day.refused + late });
    // While it was counted the answers of another second may have stopped it.
    if (!why || account.warmupStop) return;
    // Known here at once: who lets the plan go on must not have it stopped again by the same answers.
    account.warmupStop = why;
    await stopWarmup(this.db, accountId, why);
    this.known.forget(account.workspaceId);
  }

  private connectionsOf({ connections, workspaceId }: SendingAccount): number {
    return laneConnections(this.lane, connections, this.senders.count, this.known.sendsTriggered(workspaceId));
  }

  /** Connections that are another sender's now are given up, also where nothing is sent at the moment. */
  private resize(): void {
    for (const account of this.open.values()) account.pool.resize(this.connectionsOf(account));
  }

  /** Keyed by version: a changed account gets new connections, the old ones drain. */
  private opened(account: SendingAccount): OpenAccount {
    const current = this.open.get(account.id);
    const connections = this.connectionsOf(account);
    if (current?.version === account.version) {
      current.pool.resize(connections);
      return Object.assign(current, account);
    }
    if (current) void current.pool.drain();
    const { messagesPerConnection } = account;
    const pool = new SmtpPool(account.target, { connections, messagesPerConnection, idleMs: IDLE_CONNECTION_MS });
    const opened = { ...account, pool, restsUntil: 0, unanswered: 0, sliceMost: Infinity, unused: 0 };
    this.open.set(account.id, opened);
    return opened;
  }
}

const UNANSWERED = `The connection was lost after the final dot of ${UNANSWERED_MAX} messages in a row.`;

/** Nothing was transferred, and not because the server asked to slow down, which its pace heeds. */
function isBroken(outcome: SendOutcome): boolean {
  return outcome.kind === 'unreachable' && readAnswer(outcome) !== 'slowed';
}
