import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SettingsError, parseSettings } from '#platform/config';
import { MasterKeyError } from '#platform/crypto';
import { EmbeddedPostgresError, migrateDatabase } from '#platform/database';
import { migrations } from '../../../migrations/index.js';
import { ChildRegister } from './child-register.js';
import { InstanceLock } from './instance-lock.js';
import { abandonedJournals, journalDir } from './journals.js';
import { requireSoundKey, settleKey } from './key-check.js';
import { OptionError, readOptions } from './options.js';
import type { LauncherOptions } from './options.js';
import { findTakenPorts } from './ports.js';
import { PostgresWatch } from './postgres-watch.js';
import { waitUntilReady } from './readiness.js';
import { StartError } from './start-error.js';
import { SupervisedProcess } from './supervised-process.js';

const READY_TIMEOUT_MS = 60_000;
/**
 * Who reads mailboxes and files of any size works on bounded batches, of which V8 would keep hundreds of MB before it
 * looks: the smaller the bound, the sooner it does. An import of a million rows took 359 MB without one, 245 MB so.
 */
const HEAP_MB: Record<string, number> = { api: 512, inbound: 160 };
/** A migration under way when the start is cut short may end in order; longer it is not waited for. */
const CUT_SHORT_MS = 30_000;
/** Their messages are for the operator; of anything else the stack is printed. */
const KNOWN = [StartError, SettingsError, MasterKeyError, EmbeddedPostgresError];
const isKnown = (error: unknown): error is Error => KNOWN.some((kind) => error instanceof kind);
const say = (line: string) => process.stdout.write(`${line}\n`);

/** Ends with one sentence: what is wrong and what to do. */
function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

const options = await readOrFail();
const lock = takeLock(options.dataDir);
const register = new ChildRegister(options.dataDir);
let preparing: Promise<void> | undefined;
let postgres: Promise<PostgresWatch> | undefined;
const processes: SupervisedProcess[] = [];

process.on('SIGINT', () => void stop());
process.on('SIGTERM', () => void stop());
// The terminal was closed: nobody reads any more, and the processes still have to be stopped in order.
process.on('SIGHUP', () => void stop());
process.stdout.on('error', () => undefined);

let stopping = false;
async function stop(exitCode = 0): Promise<void> {
  if (stopping) return;
  stopping = true;
  say('Stopping …');
  await Promise.all(processes.map((child) => child.stop()));
  register.clear();
  await Promise.race([preparing?.catch(() => undefined), sleep(CUT_SHORT_MS)]);
  // Also one that is only just starting: it would outlive us.
  const watch = await postgres?.catch(() => undefined);
  await watch?.stop().catch((error: unknown) => say(`Postgres did not stop cleanly: ${(error as Error).message}`));
  lock.release();
  say('Stopped.');
  process.exit(exitCode);
}

try {
  await start(options);
} catch (error) {
  if (stopping) await new Promise(() => undefined); // a start cut short by Ctrl-C; stop() ends the process
  process.stderr.write(`${isKnown(error) ? error.message : ((error as Error).stack ?? String(error))}\n`);
  await stop(1);
}

async function start(options: LauncherOptions): Promise<void> {
  const startedAt = Date.now();
  preparing = prepare(options);
  await preparing;
  if (stopping) return;
  const { dataDir, env } = options;
  const logDir = path.join(dataDir, 'logs');
  launchProcesses(options, logDir);
  const late = await waitUntilReady(processes, READY_TIMEOUT_MS);
  if (stopping) return;
  const wait = `not ready after ${READY_TIMEOUT_MS / 1000} s`;
  if (late.some(({ name }) => name === 'api')) {
    throw new StartError(`${late.map(({ name }) => name).join(', ')}: ${wait}; see the logs in ${logDir}.`);
  }
  lock.announce(env.PUBLIC_URL ?? '');
  greet(env, dataDir, Date.now() - startedAt);
  for (const process of late) {
    say(`${process.name} is ${wait}; everything else runs without it. Its log: ${process.log}`);
    void process.ready().then(() => say(`${process.name} is ready now.`));
  }
}

/** Everything before the first process. Ctrl-C lets the step under way end and begins no other. */
async function prepare({ dataDir, env, ports, host, newMasterKey }: LauncherOptions): Promise<void> {
  const left = await register.endLeftovers();
  if (stopping) return;
  if (left > 0) say(`Ended ${left} process${left > 1 ? 'es' : ''} that an earlier run had left behind.`);
  const embedded = !env.DATABASE_URL && !env.DATABASE_URL_FILE;
  const settings = parseSettings(embedded ? { ...env, DATABASE_URL: 'embedded' } : env);
  requireSoundKey(settings);
  const { sender, ...single } = ports;
  const taken = await findTakenPorts(host, {
    ...single,
    ...Object.fromEntries(sender.map((port, i) => [`sender ${i + 1}`, port])),
  });
  if (taken) throw new StartError(taken);
  if (stopping) return;
  let url = settings.get('DATABASE_URL');
  if (embedded) {
    postgres = PostgresWatch.start(dataDir, say, (url) => {
      env.DATABASE_URL = url;
      for (const child of processes) child.renew();
    });
    ({ url } = await postgres);
    env.DATABASE_URL = url;
  }
  if (stopping) return;
  await migrateDatabase(url, migrations);
  if (stopping) return;
  const notice = await settleKey(settings, url, newMasterKey);
  if (notice && !stopping) say(notice);
}

function launchProcesses({ dataDir, env, ports, senders }: LauncherOptions, logDir: string): void {
  mkdirSync(logDir, { recursive: true });
  const onSpawn = (child: string, pid: number) => register.set(child, pid);
  const launch = (name: string, app: string, extra: NodeJS.ProcessEnv = {}) => {
    const heapMb = HEAP_MB[app];
    processes.push(
      new SupervisedProcess({ name, app, heapMb, env: () => ({ ...env, ...extra }), logDir, say, onSpawn }),
    );
  };
  for (const app of ['sandbox', 'api', 'tracker', 'inbound']) launch(app, app);
  for (let n = 1; n <= senders; n += 1) {
    launch(`sender-${n}`, 'sender', {
      SENDER_PORT: String(ports.sender[n - 1]),
      SENDER_JOURNAL_DIR: journalDir(dataDir, n),
      // Nobody else looks into them: those who were on the wire of a sender that is gone are settled by the first.
      SENDER_JOURNALS_ABANDONED: n === 1 ? abandonedJournals(dataDir, senders).join(path.delimiter) : '',
    });
  }
}

function greet(env: NodeJS.ProcessEnv, dataDir: string, ms: number): void {
  const tokenFile = path.join(dataDir, 'setup-token');
  say(`Hongyan 鸿雁 is ready after ${(ms / 1000).toFixed(1)} s: ${env.PUBLIC_URL}`);
  if (existsSync(tokenFile)) {
    say(`Set it up once at: ${env.PUBLIC_URL}/setup?token=${readFileSync(tokenFile, 'utf8').trim()}`);
  }
  say('Ctrl-C stops everything.');
}

async function readOrFail(): Promise<LauncherOptions> {
  try {
    return readOptions(process.argv.slice(2), process.env);
  } catch (error) {
    if (error instanceof OptionError) fail(error.message);
    throw error;
  }
}

function takeLock(dataDir: string): InstanceLock {
  try {
    return InstanceLock.take(dataDir);
  } catch (error) {
    fail((error as Error).message);
  }
}
