import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { forgetUnconfirmed } from '#domain/forms';
import { forgetOldHits } from '#domain/hygiene';
import { CleanUpService } from '#domain/workspaces';
import { Database } from '#platform/database';
import { LOGGER } from '#platform/nest';
import type { Logger } from '#platform/nest';

const HOUR_MS = 3_600_000;

/** Removes expired sessions, kept answers, bounces that count no more and subscriptions nobody confirmed, once an hour. */
@Injectable()
export class CleanUpTimer implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly cleanUp: CleanUpService,
    @Inject(Database) private readonly db: Database,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.run().catch((error: unknown) => this.log.warn({ err: error }, 'clean-up failed; next in an hour'));
    }, HOUR_MS).unref();
  }

  private async run(): Promise<void> {
    await this.cleanUp.run();
    await forgetOldHits(this.db);
    await forgetUnconfirmed(this.db);
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }
}
