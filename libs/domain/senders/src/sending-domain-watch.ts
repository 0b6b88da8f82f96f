import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '#platform/logging';
import type { SendingDomainsService } from './sending-domains.service.js';

const PAUSE_MS = 15_000;

/** Looks at sending domains by itself, so that a record that was published, or has gone, is noticed. */
export class SendingDomainWatch {
  private readonly stopped = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly domains: Pick<SendingDomainsService, 'checkDue'>,
    private readonly log: Logger,
  ) {}

  start(): void {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      await this.domains.checkDue().catch((error: unknown) => this.log.warn({ err: error }, 'domains not checked'));
      await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
