import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { NestFactory } from '@nestjs/core';
import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { Settings, loadSettings } from '#platform/config';
import { Vault } from '#platform/crypto';
import { Database } from '#platform/database';
import { serveHealth } from '#platform/http';
import { LOGGER, PlatformModule } from '#platform/nest';
import type { Logger } from '#platform/nest';
import { announceReady, onStop, startHeartbeat } from '#platform/process';
import { JobQueue, startWorkers } from '#platform/queue';
import { openSharedState } from '#platform/shared-state';
import { CampaignsService } from '#domain/campaigns';
import { SendingAccountLoader, SendingDomainWatch, SendingDomainsService } from '#domain/senders';
import {
  DeliveryModule,
  DomainWatch,
  FrozenCampaigns,
  Journal,
  Leases,
  RenderPool,
  Sender,
  SendersAtWork,
  SendingAccounts,
  TRIGGERED_CONNECTIONS,
  prepareCampaign,
  renewLeases,
  replayAbandoned,
  runRehearsal,
} from '#domain/delivery';
import { MessageLane, MessageRenderer, StoredContents, renewClaims, replayAbandonedMessages } from '#domain/messages';

/** Triggered mail: a few connections of its own, and leave before any campaign (a second is the most there is). */
const TRIGGERED = { connections: TRIGGERED_CONNECTIONS, leadMs: 0, aheadMs: 1_000, leavesShare: 0 };

/** Where the journals of triggered mail lie, beside those of the batches. */
const messagesOf = (dir: string) => path.join(dir, 'messages');

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
const journalDir = settings.get('SENDER_JOURNAL_DIR') || settings.dataPath('senders', '1');
const journal = new Journal(journalDir, bootId);
await journal.lock();
const messageJournal = new Journal(messagesOf(journalDir), bootId);
await messageJournal.lock();
const pace = openSharedState(settings.get('QUEUE_URL'), db);
const senders = new SendersAtWork(pace, journal.owner);
const prepare = (campaignId: string) => prepareCampaign(db, queue, campaignId);
const sender = new Sender(
  {
    db,
    log,
    journal,
    leases: new Leases((batches) => renewLeases(db, journal.owner, batches), log),
    campaigns: new FrozenCampaigns(db),
    accounts: new SendingAccounts(db, pace, app.get(SendingAccountLoader), senders),
    renderer: new RenderPool(Math.max(1, availableParallelism() - 1)),
    trackingUrl: settings.get('TRACKING_URL'),
    tokenKeys: app.get(Vault).tokenKeys,
  },
  app.get(CampaignsService),
  prepare,
  settings.get('SENDER_BATCHES'),
);
const messages = new MessageLane({
  db,
  log,
  journal: messageJournal,
  leases: new Leases((claims) => renewClaims(db, messageJournal.owner, claims), log),
  accounts: new SendingAccounts(db, pace, app.get(SendingAccountLoader), senders, TRIGGERED),
  renderer: new MessageRenderer(),
  contents: new StoredContents(db),
  tokenKeys: app.get(Vault).tokenKeys,
});
const rehearsals = {
  db,
  loader: app.get(SendingAccountLoader),
  trackingUrl: settings.get('TRACKING_URL'),
  tokenKeys: app.get(Vault).tokenKeys,
  openRenderer: () => new RenderPool(1),
};
const abandoned = settings.get('SENDER_JOURNALS_ABANDONED');
const settled =
  (await replayAbandoned(
    db,
    abandoned.map((dir) => new Journal(dir, bootId)),
  )) +
  (await replayAbandonedMessages(
    db,
    abandoned.map((dir) => new Journal(messagesOf(dir), bootId)),
  ));
if (settled > 0) log.warn({ batches: settled }, 'settled what senders left behind that no longer run');
await senders.join();
await sender.start();
await messages.start();
const domains = settings.get('MX_LOOKUPS') ? new DomainWatch(db, log) : null;
domains?.start();
const ownDomains = settings.get('MX_LOOKUPS') ? new SendingDomainWatch(app.get(SendingDomainsService), log) : null;
ownDomains?.start();

const workers = startWorkers(
  'sender',
  {
    'campaign.prepare': { concurrency: 2, handle: ({ campaignId }) => prepare(campaignId) },
    'batch.ready': { concurrency: 1, handle: async () => sender.ready() },
    'message.ready': { concurrency: 1, handle: async () => messages.ready() },
    'rehearsal.run': { concurrency: 1, handle: ({ rehearsalId }) => runRehearsal(rehearsals, rehearsalId) },
  },
  { queueUrl: settings.get('QUEUE_URL'), databaseUrl: settings.get('DATABASE_URL') },
  log,
);
const health = await serveHealth({
  host: settings.get('HOST'),
  port: settings.get('SENDER_PORT'),
  ready: () => db.first('SELECT 1').then(() => undefined),
});
const heartbeat = startHeartbeat(db, 'sender', settings.get('SENDER_PORT'));
announceReady();
log.info({ owner: journal.owner }, 'sender ready');

// Two phases: take nothing new, then let what is on the wire finish.
onStop(async () => {
  await heartbeat.stop();
  await workers.close();
  await Promise.all([domains?.stop(), ownDomains?.stop()]);
  await Promise.all([sender.stop(), messages.stop()]);
  await senders.leave();
  await health.close();
  await pace.close();
  await app.close();
});
