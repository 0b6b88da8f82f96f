import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { rollUp } from '#domain/reporting';
import { Database } from '#platform/database';
import { LOGGER } from '#platform/nest';
import type { Logger } from '#platform/nest';

/** So that what is read is never more than five seconds old, whoever reads first. */
const EVERY_MS = 2_000;

/** Rolls up what changed, one round after the other; several processes may do so. */
@Injectable()
export class RollUpTimer implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setTimeout(() => {
      this.round = this.run();
    }, EVERY_MS);
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.round;
  }

  private async run(): Promise<void> {
    try {
      await rollUp(this.db);
    } catch (error) {
      this.log.warn({ err: error }, 'reports were not rolled up; they are next time');
    }
    if (!this.stopped) this.onApplicationBootstrap();
  }
}
