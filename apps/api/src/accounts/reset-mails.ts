import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { SystemMails } from '#domain/messages';
import { PasswordResetsService, RESET_MINUTES } from '#domain/workspaces';
import type { ResetLetter } from '#domain/workspaces';
import { Settings } from '#platform/config';
import { LOGGER } from '#platform/nest';
import type { Logger } from '#platform/nest';
import { resetLetter } from './reset-letter.js';

/** People wait for this mail. */
const SWEEP_MS = 1_000;

/** Brings people their links to a new password. */
@Injectable()
export class ResetMails implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    @Inject(PasswordResetsService) private readonly resets: PasswordResetsService,
    @Inject(SystemMails) private readonly mails: SystemMails,
    @Inject(Settings) private readonly settings: Settings,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.working = this.run();
    }, SWEEP_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.working;
  }

  private async run(): Promise<void> {
    try {
      await this.resets.work((letter) => this.deliver(letter));
    } catch (error) {
      this.log.warn({ err: error }, 'a link to a new password waits; it is tried again');
    }
    this.onApplicationBootstrap();
  }

  private async deliver({ email, locale, token, workspaceIds }: ResetLetter): Promise<void> {
    const publicUrl = this.settings.get('PUBLIC_URL');
    const letter = resetLetter(locale, { publicUrl, token, minutes: RESET_MINUTES });
    const { kind, text } = await this.mails.send({ to: email, ...letter, workspaceIds });
    if (kind === 'deferred' || kind === 'unreachable') throw new Error(`not sent: ${text}`);
    // What is refused once is refused again.
    if (kind === 'rejected') this.log.warn({ answer: text }, 'a link to a new password was refused by the mail server');
  }
}
