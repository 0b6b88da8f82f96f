import { Global, Inject, Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationShutdown } from '@nestjs/common';
import { Settings } from '#platform/config';
import { Vault, loadMasterKey } from '#platform/crypto';
import { Database } from '#platform/database';
import { createLogger } from '#platform/logging';
import type { Logger } from '#platform/logging';
import { JobQueue } from '#platform/queue';

/** Injection token of the process' logger (pino's Logger is an interface). */
export const LOGGER = Symbol('logger');

/** The doors to the outside that every domain may ask for: Settings, Database, Vault, JobQueue, LOGGER. */
@Global()
@Module({})
export class PlatformModule implements OnApplicationShutdown {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(JobQueue) private readonly queue: JobQueue,
  ) {}

  static forRoot(processName: string, settings: Settings): DynamicModule {
    const log = createLogger(processName, settings.get('LOG_LEVEL'));
    const location = { queueUrl: settings.get('QUEUE_URL'), databaseUrl: settings.get('DATABASE_URL') };
    const database = new Database({
      url: settings.get('DATABASE_URL'),
      poolSize: settings.get('DATABASE_POOL'),
      applicationName: `hongyan ${processName}`,
    });
    const vault = new Vault(
      loadMasterKey(settings.get('MASTER_KEY'), settings.dataPath('master.key')),
      settings.get('TOKEN_KEY'),
    );
    const providers = [
      { provide: Settings, useValue: settings },
      { provide: LOGGER, useValue: log },
      { provide: Database, useValue: database },
      { provide: Vault, useValue: vault },
      { provide: JobQueue, useValue: new JobQueue(location, log) },
    ];
    return { module: PlatformModule, providers, exports: providers.map(({ provide }) => provide) };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.queue.close();
    await this.database.close();
  }
}

export type { Logger };
