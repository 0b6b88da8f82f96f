import { setTimeout as sleep } from 'node:timers/promises';
import { claimMessages } from './claim-messages.js';
import { forgetOldMessages } from './forget-messages.js';
import { replayMessages, sweepExpiredClaims } from './recover-messages.js';
import { sendClaim } from './send-claim.js';
import type { MessageTools } from './send-claim.js';

/** Messages of one claim: all that is uncertain at most should their owner vanish with its journal. */
const CLAIM_MAX = 20;
/** Messages between their claim and their answer, in this process. */
const IN_FLIGHT_MAX = 100;
/** Of these for one workspace, so that the backlog of one does not hold up another. */
const WORKSPACE_MAX = 40;
/** A hint that got lost costs this much; a look at an empty index costs nothing. */
const IDLE_MS = 200;
const SWEEP_MS = 5_000;
const FORGET_MS = 3_600_000;
/** Claims leave a workspace alone for at most this long: its accounts may have room again sooner. */
const REST_MAX_MS = 1_000;

/** The lane of triggered mail in one sender process: its own claims, connections and render threads. */
export class MessageLane {
  private stopped = false;
  /** A hint came that no claim has followed yet. */
  private hinted = false;
  private wake: () => void = () => undefined;
  private readonly inFlight = new Map<string, number>();
  private readonly restingUntil = new Map<string, number>();
  private readonly sending = new Set<Promise<void>>();
  private running: Promise<unknown>[] = [];
  private readonly tools: MessageTools;

  constructor(tools: Omit<MessageTools, 'stopping' | 'resting'>) {
    this.tools = {
      ...tools,
      stopping: () => this.stopped,
      resting: (workspaceId, waitMs) => {
        this.restingUntil.set(workspaceId, performance.now() + Math.min(waitMs, REST_MAX_MS));
      },
    };
  }

  /** Settles what a dead predecessor left, then claims and sweeps. */
  async start(): Promise<void> {
    const { db, journal, log, leases, renderer } = this.tools;
    const settled = await replayMessages(db, journal);
    if (settled > 0) log.warn({ claims: settled }, 'settled triggered mail that the last run left behind');
    leases.start();
    void renderer.warm();
    this.running = [this.claimOn(), this.sweepOn()];
  }

  /** A message became due. */
  ready(): void {
    this.hinted = true;
    this.wake();
  }

  /** Stops claiming, lets what is on the wire finish, hands the rest back. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    await Promise.all([...this.running, ...this.sending]);
    this.tools.leases.stop();
    await this.tools.accounts.drain();
    await this.tools.renderer.close();
  }

  private async claimOn(): Promise<void> {
    const { db, journal, log } = this.tools;
    while (!this.stopped) {
      this.hinted = false;
      const room = Math.min(CLAIM_MAX, IN_FLIGHT_MAX - this.total());
      const claimedAt = performance.now();
      const claim =
        room > 0
          ? await claimMessages(db, journal.owner, room, this.leftAlone()).catch((error: unknown) => {
              log.warn({ err: error }, 'no triggered mail claimed');
              return undefined;
            })
          : undefined;
      if (!claim) await this.idle();
      else this.send(claim, claimedAt);
    }
  }

  private send(claim: Parameters<typeof sendClaim>[1], claimedAt: number): void {
    const count = (by: 1 | -1) => {
      for (const { workspaceId } of claim.messages) {
        const now = (this.inFlight.get(workspaceId) ?? 0) + by;
        if (now === 0) this.inFlight.delete(workspaceId);
        else this.inFlight.set(workspaceId, now);
      }
    };
    count(1);
    const sending = sendClaim(this.tools, claim, claimedAt)
      .catch((error: unknown) => this.tools.log.error({ err: error, claim: claim.id }, 'left to the next start'))
      .finally(() => {
        count(-1);
        this.sending.delete(sending);
        this.wake();
      });
    this.sending.add(sending);
  }

  private total(): number {
    let total = 0;
    for (const count of this.inFlight.values()) total += count;
    return total;
  }

  /** Workspaces whose accounts have no room, or that have their share of this process. */
  private leftAlone(): string[] {
    const now = performance.now();
    for (const [workspaceId, until] of this.restingUntil) if (until <= now) this.restingUntil.delete(workspaceId);
    const full = [...this.inFlight].filter(([, count]) => count >= WORKSPACE_MAX).map(([workspaceId]) => workspaceId);
    return [...new Set([...this.restingUntil.keys(), ...full])];
  }

  private async sweepOn(): Promise<void> {
    const { db, log, journal } = this.tools;
    for (let forgetAt = performance.now() + FORGET_MS; !this.stopped;) {
      await sweepExpiredClaims(db, journal.owner).catch((error: unknown) =>
        log.warn({ err: error }, 'sweep of triggered mail'),
      );
      if (performance.now() >= forgetAt) {
        forgetAt = performance.now() + FORGET_MS;
        await forgetOldMessages(db).catch((error: unknown) => log.warn({ err: error }, 'old triggered mail'));
      }
      for (let waited = 0; waited < SWEEP_MS && !this.stopped; waited += IDLE_MS) await sleep(IDLE_MS);
    }
  }

  /** Waits for a hint, for room, or for a moment, whichever comes first. */
  private async idle(): Promise<void> {
    if (this.hinted || this.stopped) return;
    const controller = new AbortController();
    this.wake = () => controller.abort();
    const now = performance.now();
    const rested = Math.min(...[...this.restingUntil.values()].map((until) => Math.max(1, until - now)));
    await sleep(Math.min(IDLE_MS, rested), undefined, { signal: controller.signal }).catch(() => undefined);
    this.wake = () => undefined;
  }
}
