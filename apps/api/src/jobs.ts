import { Inject, Injectable, Module } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { cleaningJobHandlers, holdBouncingImports, resumeStaleCleanings, runSunsets } from '#domain/cleaning';
import { preflightJobHandlers, resumeStalePreflights } from '#domain/campaigns';
import { importJobHandlers, resumeStaleImports } from '#domain/contacts';
import { resumeMissedCounts, segmentJobHandlers } from '#domain/segments';
import { Settings } from '#platform/config';
import { Database } from '#platform/database';
import { Egress, MailExchangerLookup, askLink } from '#platform/egress';
import { LOGGER } from '#platform/nest';
import type { Logger } from '#platform/nest';
import { JobQueue, startWorkers } from '#platform/queue';
import type { RunningWorkers } from '#platform/queue';

const SWEEP_MS = 30_000;
const DNS_MS = 3_000;

/** The jobs this process works on, and the sweep that finds work whose job was lost. */
@Injectable()
export class ApiJobs implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private workers: RunningWorkers | undefined;
  private sweeping: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private readonly exchangers = new MailExchangerLookup(DNS_MS);

  constructor(
    @Inject(Settings) private readonly settings: Settings,
    @Inject(Database) private readonly db: Database,
    @Inject(JobQueue) private readonly queue: JobQueue,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    const location = { queueUrl: this.settings.get('QUEUE_URL'), databaseUrl: this.settings.get('DATABASE_URL') };
    const { signal } = this.stopping;
    const lookUp = this.settings.get('MX_LOOKUPS') ? (domain: string) => this.exchangers.lookUp(domain) : null;
    const egress = new Egress(this.settings.get('EGRESS_ALLOW'));
    const ask = this.settings.get('LINK_CHECKS') ? (url: string) => askLink(egress, url) : null;
    const handlers = {
      ...importJobHandlers(this.db, lookUp, signal),
      ...cleaningJobHandlers(this.db, lookUp, signal),
      ...preflightJobHandlers(this.db, ask),
      ...segmentJobHandlers(this.db),
    };
    this.workers = startWorkers('api', handlers, location, this.log);
    this.sweep();
    this.timer = setInterval(() => this.sweep(), SWEEP_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    this.exchangers.cancel();
    clearInterval(this.timer);
    await this.sweeping;
    await this.workers?.close();
  }

  private sweep(): void {
    this.sweeping = this.sweeping
      .then(async () => {
        await resumeStaleImports(this.db, this.queue);
        await resumeStaleCleanings(this.db, this.queue);
        await runSunsets(this.db, this.queue);
        await resumeStalePreflights(this.db, this.queue);
        await resumeMissedCounts(this.db, this.queue);
        await holdBouncingImports(this.db);
      })
      .catch((error: unknown) => this.log.warn({ err: error }, 'the sweep for lost jobs failed; it comes again'));
  }
}

@Module({ providers: [ApiJobs] })
export class JobsModule {}
