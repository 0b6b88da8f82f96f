import { DomainError } from '#contracts';
import type { StopReason } from '#contracts';
import { isConnectionFailure } from '#platform/database';
import type { Logger } from '#platform/nest';
import { findDueCampaigns } from './campaign.repository.js';
import { failToStart } from './stop-campaign.js';
import { startCampaign } from './start-campaign.js';
import type { StartDependencies } from './start-campaign.js';

const SCHEDULE = { type: 'system', name: 'schedule' } as const;
/** A fault of ours may pass by itself (a restart, a busy machine): so often it is tried, with 2, 4, 8 … seconds between. */
const TRIES = 5;
const FIRST_WAIT_MS = 2_000;
const OUR_FAULT = { code: 'START_FAILED', message: 'It could not be started: something went wrong on our side.' };

interface Trouble {
  tries: number;
  /** Not tried before then, in milliseconds of a clock that only goes forward. */
  notBefore: number;
}

/**
 * Starts scheduled campaigns whose time has come. One that can't be started never holds up another: what it lacks, or
 * a fault that stays, makes it `failed` with the reason, and while it waits for its next try it is not looked at.
 */
export class DueCampaigns {
  private readonly troubles = new Map<string, Trouble>();

  constructor(
    private readonly tools: StartDependencies,
    private readonly log: Pick<Logger, 'warn'>,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** @throws when Postgres is away: that is nobody's campaign's fault */
  async start(): Promise<void> {
    const now = this.now();
    const waiting = [...this.troubles].filter(([, { notBefore }]) => notBefore > now).map(([id]) => id);
    const due = await findDueCampaigns(this.tools.db, waiting);
    this.forget(new Set([...waiting, ...due.map(({ id }) => id)]));
    for (const { id, workspaceId } of due) {
      try {
        await startCampaign(this.tools, workspaceId, id, SCHEDULE);
        this.troubles.delete(id);
      } catch (error) {
        if (isConnectionFailure(error)) throw error;
        await this.refused(id, error);
      }
    }
  }

  private async refused(id: string, error: unknown): Promise<void> {
    // Another process was faster, or a person took it back or changed it: nothing to say, it is looked at again.
    if (error instanceof DomainError && ['CAMPAIGN_NOT_STARTABLE', 'NOT_FOUND'].includes(error.code)) return;
    this.log.warn({ err: error, campaign: id }, 'a scheduled campaign could not be started');
    if (error instanceof DomainError) {
      return this.fail(id, error.errors?.length ? error.errors : [{ code: error.code, message: error.message }]);
    }
    const tries = (this.troubles.get(id)?.tries ?? 0) + 1;
    if (tries >= TRIES) return this.fail(id, [OUR_FAULT]);
    this.troubles.set(id, { tries, notBefore: this.now() + FIRST_WAIT_MS * 2 ** (tries - 1) });
  }

  /** What is neither waiting nor due has been taken back or started elsewhere. */
  private forget(present: ReadonlySet<string>): void {
    for (const id of this.troubles.keys()) if (!present.has(id)) this.troubles.delete(id);
  }

  private async fail(id: string, reasons: readonly StopReason[]): Promise<void> {
    const told = reasons.map(({ code, message, params }) => ({ code, message, ...(params ? { params } : {}) }));
    await failToStart(this.tools.db, id, told);
    this.troubles.delete(id);
  }
}
