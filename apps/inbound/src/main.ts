import { randomUUID } from 'node:crypto';
import { loadSettings } from '#platform/config';
import { Vault, loadMasterKey } from '#platform/crypto';
import { Database } from '#platform/database';
import { serveHealth } from '#platform/http';
import { createLogger } from '#platform/logging';
import { announceReady, onStop, startHeartbeat } from '#platform/process';
import {
  applyMessageRefusals,
  applyRefusals,
  findPendingRefusals,
  findStored,
  forgetTakes,
  storeInbound,
} from '#domain/feedback';
import { askForAnswered } from '#domain/replies';
import { applyDueVerdicts } from '#domain/review';
import { MailboxLoader } from '#domain/senders';
import { endExpired } from '#domain/suppressions';
import { MailReader } from './mail-reader.js';
import { startMailboxReaders } from './mailbox-readers.js';
import { processMails } from './process-mails.js';
import { startSmtpListener } from './smtp-listener.js';
import { startSweep } from './sweep.js';
import { WaitingMails } from './waiting-mails.js';

/** Stored mails the sweep looks for at a time. */
const SWEPT_MAILS = 1_000;

const settings = loadSettings();
const log = createLogger('inbound', settings.get('LOG_LEVEL'));
// By its name others see that this process is gone, and take its mailboxes.
const owner = `hongyan inbound ${randomUUID()}`;
const db = new Database({
  url: settings.get('DATABASE_URL'),
  poolSize: settings.get('DATABASE_POOL'),
  applicationName: owner,
});
const vault = new Vault(
  loadMasterKey(settings.get('MASTER_KEY'), settings.dataPath('master.key')),
  settings.get('TOKEN_KEY'),
);
const reader = new MailReader();
const ownServer = {
  recipientHeader: settings.get('INBOUND_RECIPIENT_HEADER').toLowerCase(),
  authservId: settings.get('INBOUND_AUTHSERV_ID'),
};
const tools = { db, reader, keys: vault.tokenKeys, ownServer };
const waiting = new WaitingMails((ids) => processMails(tools, ids), log);

const listener = await startSmtpListener({
  host: settings.get('INBOUND_SMTP_HOST'),
  port: settings.get('INBOUND_SMTP_PORT'),
  log,
  async store(raw, session) {
    const id = await storeInbound(db, raw, { type: 'smtp', ...session });
    if (id) waiting.add([id]);
  },
});
const readers = startMailboxReaders(
  { db, stored: (ids) => waiting.add(ids) },
  new MailboxLoader(settings, vault),
  owner,
  log,
);
// Mail that a process has stored and not processed, and refusals, which the senders write into the ledger.
const sweep = startSweep(log, async () => {
  waiting.add(await findStored(db, SWEPT_MAILS));
  await forgetTakes(db);
  for (const campaignId of await findPendingRefusals(db)) await applyRefusals(db, campaignId);
  await applyMessageRefusals(db);
  await endExpired(db);
  await applyDueVerdicts(db);
  await askForAnswered(db);
});
const health = await serveHealth({
  host: settings.get('HOST'),
  port: settings.get('INBOUND_PORT'),
  ready: () => db.first('SELECT 1').then(() => undefined),
});
const heartbeat = startHeartbeat(db, 'inbound', settings.get('INBOUND_PORT'));
announceReady();
log.info('inbound ready');

onStop(async () => {
  await heartbeat.stop();
  await listener.close();
  await readers.stop();
  await sweep.stop();
  await waiting.close();
  await reader.close();
  await health.close();
  await db.close();
});
