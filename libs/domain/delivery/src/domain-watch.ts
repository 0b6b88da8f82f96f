import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '#platform/database';
import type { Logger } from '#platform/logging';
import { MailExchangerLookup } from '#platform/egress';
import { lookUpDomains } from '#domain/contacts';

const TIMEOUT_MS = 3_000;
/** Between two looks at what waits. */
const PAUSE_MS = 5_000;
/** After a round without any answer: the DNS is not to be reached. */
const OFFLINE_PAUSE_MS = 600_000;

/** Looks up companies' domains beside the sending, which never waits for it. */
export class DomainWatch {
  private readonly stopped = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private readonly exchangers = new MailExchangerLookup(TIMEOUT_MS);

  constructor(
    private readonly db: Database,
    private readonly log: Logger,
  ) {}

  start(): void {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    this.exchangers.cancel();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      let pauseMs = PAUSE_MS;
      try {
        const { tried, silent } = await lookUpDomains(this.db, (domain) => this.exchangers.lookUp(domain));
        if (tried > 0 && silent === tried) pauseMs = OFFLINE_PAUSE_MS;
      } catch (error) {
        this.log.warn({ err: error }, 'domains not looked up');
      }
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
