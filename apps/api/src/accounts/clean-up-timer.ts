import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { CleanUpService } from '#domain/workspaces';
import { LOGGER } from '#platform/nest';
import type { Logger } from '#platform/nest';

const HOUR_MS = 3_600_000;

/** Removes expired sessions and kept answers once an hour. */
@Injectable()
export class CleanUpTimer implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly cleanUp: CleanUpService,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.cleanUp.run().catch((error: unknown) => this.log.warn({ err: error }, 'clean-up failed; next in an hour'));
    }, HOUR_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }
}
