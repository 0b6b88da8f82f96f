import { setTimeout as sleep } from 'node:timers/promises';
import { CampaignsService } from '#domain/campaigns';
import { decideTests } from './ab/decide-tests.js';
import { claimBatch } from './claim-batch.js';
import type { ClaimedBatch } from './claim-batch.js';
import { finishCampaigns, findUnprepared } from './finish-campaigns.js';
import { replayJournal, sweepExpiredLeases } from './recover.js';
import { sendBatch } from './send-batch.js';
import type { SendingTools } from './sending-tools.js';

const SWEEP_MS = 1_000;
const IDLE_MS = 1_000;
/** A provider that has room again is not looked for more often than this. */
const SOON_MS = 20;

/** One sender process: claims batches and sends them, and keeps the ledger's clock. */
export class Sender {
  private stopped = false;
  private wake: () => void = () => undefined;
  private running: Promise<unknown>[] = [];

  /**
   * @param lanes batches worked on at once
   * @param prepare runs the preparation of a campaign (also a job's work)
   */
  constructor(
    private readonly tools: Omit<SendingTools, 'stopping'>,
    private readonly scheduled: Pick<CampaignsService, 'startDue'>,
    private readonly prepare: (campaignId: string) => Promise<void>,
    private readonly lanes: number,
  ) {}

  /** Settles what a dead predecessor left, then starts the lanes and the clock. */
  async start(): Promise<void> {
    const settled = await replayJournal(this.tools.db, this.tools.journal);
    if (settled > 0) this.tools.log.warn({ batches: settled }, 'settled what the last run left behind');
    this.tools.leases.start();
    this.running = [this.sweep(), ...Array.from({ length: this.lanes }, () => this.lane())];
  }

  /** A batch became claimable. */
  ready(): void {
    this.wake();
  }

  /** Stops claiming, lets the bodies on the wire finish, hands the rest back. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    await Promise.all(this.running);
    this.tools.leases.stop();
    await this.tools.accounts.drain();
    await this.tools.renderer.close();
  }

  private async lane(): Promise<void> {
    while (!this.stopped) {
      const claimedAt = performance.now();
      const { resting, nextMs } = this.tools.accounts.notNow();
      const batch = await claimBatch(this.tools.db, this.tools.journal.owner, resting).catch((error: unknown) => {
        this.tools.log.warn({ err: error }, 'no batch claimed');
        return undefined;
      });
      if (!batch) await this.idle(Math.min(IDLE_MS, Math.max(nextMs, SOON_MS)));
      else if (!(await this.send(batch, claimedAt))) return;
    }
  }

  /** @returns false when the batch could not even be settled before the stop: its journal tells the next start */
  private async send(batch: ClaimedBatch, claimedAt: number): Promise<boolean> {
    try {
      await sendBatch({ ...this.tools, stopping: () => this.stopped }, batch, claimedAt);
      return true;
    } catch (error) {
      this.tools.log.error({ err: error, batch: batch.id }, 'left to the next start');
      return false;
    }
  }

  private async sweep(): Promise<void> {
    while (!this.stopped) {
      try {
        await this.scheduled.startDue();
        for (const campaignId of await findUnprepared(this.tools.db)) await this.prepare(campaignId);
        await sweepExpiredLeases(this.tools.db);
        await decideTests(this.tools.db);
        await finishCampaigns(this.tools.db);
      } catch (error) {
        this.tools.log.warn({ err: error }, 'sweep');
      }
      if (!this.stopped) await sleep(SWEEP_MS);
    }
  }

  /** Waits for a hint or so long, whichever comes first: a lost hint costs a second, never a message. */
  private async idle(ms: number): Promise<void> {
    const controller = new AbortController();
    const before = this.wake;
    this.wake = () => {
      before();
      controller.abort();
    };
    await sleep(ms, undefined, { signal: controller.signal }).catch(() => undefined);
    this.wake = before;
  }
}
