import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { SetupService } from '#domain/workspaces';
import { Settings } from '#platform/config';
import { LOGGER } from '#platform/nest';
import type { Logger } from '#platform/nest';

/**
 * Keeps the token of the set-up link in DATA_DIR/setup-token (0600) until it is used, for the launcher to print and for
 * whoever lost the print. Never in the log: logs are shipped elsewhere.
 */
@Injectable()
export class SetupLink implements OnApplicationBootstrap {
  private readonly file: string;

  constructor(
    private readonly setup: SetupService,
    @Inject(Settings) settings: Settings,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    this.file = settings.dataPath('setup-token');
  }

  async onApplicationBootstrap(): Promise<void> {
    const current = await readFile(this.file, 'utf8').then(
      (text) => text.trim() || null,
      () => null,
    );
    const token = await this.setup.ensureToken(current);
    if (!token) return this.remove();
    if (token !== current) await this.write(token);
    this.log.info({ file: this.file }, 'set-up waits for its owner; the file holds the token of the link');
  }

  async remove(): Promise<void> {
    await rm(this.file, { force: true });
  }

  private async write(token: string): Promise<void> {
    await mkdir(path.dirname(this.file), { recursive: true });
    const draft = `${this.file}.${process.pid}`;
    await writeFile(draft, `${token}\n`, { mode: 0o600 });
    await chmod(draft, 0o600);
    await rename(draft, this.file);
  }
}
