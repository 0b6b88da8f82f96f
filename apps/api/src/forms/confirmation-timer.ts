import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { ConfirmationMails } from '#domain/forms';
import { LOGGER } from '#platform/nest';
import type { Logger } from '#platform/nest';

/** People wait for this mail with the page still open. */
const SWEEP_MS = 2_000;

/** Sends the confirmation mails that became due on a form. */
@Injectable()
export class ConfirmationTimer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private sending: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    @Inject(ConfirmationMails) private readonly mails: ConfirmationMails,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.sweepLater();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.sending;
  }

  private sweepLater(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.sending = this.mails
        .send()
        .then(
          () => undefined,
          (error: unknown) => this.log.warn({ err: error }, 'confirmation mails wait; they are tried again'),
        )
        .then(() => this.sweepLater());
    }, SWEEP_MS).unref();
  }
}
