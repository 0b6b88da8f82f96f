import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { NestFactory } from '@nestjs/core';
import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { Settings, loadSettings } from '#platform/config';
import { Vault } from '#platform/crypto';
import { Database } from '#platform/database';
import { serveHealth } from '#platform/http';
import { LOGGER, PlatformModule } from '#platform/nest';
import type { Logger } from '#platform/nest';
import { announceReady, onStop } from '#platform/process';
import { JobQueue, startWorkers } from '#platform/queue';
import { openSharedState } from '#platform/shared-state';
import { CampaignsService } from '#domain/campaigns';
import { SendingAccountLoader } from '#domain/senders';
import {
  DeliveryModule,
  FrozenCampaigns,
  Journal,
  Leases,
  RenderPool,
  Sender,
  SendingAccounts,
  prepareCampaign,
  replayAbandoned,
} from '#domain/delivery';

/** The process that puts messages on the wire. */
@Module({})
class SenderModule {
  static forRoot(settings: Settings): DynamicModule {
    return { module: SenderModule, imports: [PlatformModule.forRoot('sender', settings), DeliveryModule] };
  }
}

const settings = loadSettings();
const app = await NestFactory.createApplicationContext(SenderModule.forRoot(settings), { logger: ['error', 'warn'] });
const db = app.get(Database);
const log = app.get<Logger>(LOGGER);
const queue = app.get(JobQueue);

const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
const journal = new Journal(settings.get('SENDER_JOURNAL_DIR') || settings.dataPath('senders', '1'), bootId);
await journal.lock();
const pace = openSharedState(settings.get('QUEUE_URL'), db);
const prepare = (campaignId: string) => prepareCampaign(db, queue, campaignId);
const sender = new Sender(
  {
    db,
    log,
    journal,
    leases: new Leases(db, journal.owner, log),
    campaigns: new FrozenCampaigns(db),
    accounts: new SendingAccounts(db, pace, app.get(SendingAccountLoader)),
    renderer: new RenderPool(Math.max(1, availableParallelism() - 1)),
    trackingUrl: settings.get('TRACKING_URL'),
    tokenKeys: app.get(Vault).tokenKeys,
  },
  app.get(CampaignsService),
  prepare,
  settings.get('SENDER_BATCHES'),
);
const abandoned = settings.get('SENDER_JOURNALS_ABANDONED').map((dir) => new Journal(dir, bootId));
const settled = await replayAbandoned(db, abandoned);
if (settled > 0) log.warn({ batches: settled }, 'settled what senders left behind that no longer run');
await sender.start();

const workers = startWorkers(
  'sender',
  {
    'campaign.prepare': { concurrency: 2, handle: ({ campaignId }) => prepare(campaignId) },
    'batch.ready': { concurrency: 1, handle: async () => sender.ready() },
  },
  { queueUrl: settings.get('QUEUE_URL'), databaseUrl: settings.get('DATABASE_URL') },
  log,
);
const health = await serveHealth({
  host: settings.get('HOST'),
  port: settings.get('SENDER_PORT'),
  ready: () => db.first('SELECT 1').then(() => undefined),
});
announceReady();
log.info({ owner: journal.owner }, 'sender ready');

// Two phases: take nothing new, then let what is on the wire finish.
onStop(async () => {
  await workers.close();
  await sender.stop();
  await health.close();
  await pace.close();
  await app.close();
});
