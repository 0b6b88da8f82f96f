import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { ApiClient } from './api-client.js';
import { until } from './until.js';

/** A running Hongyan, started as an operator starts it. */
export interface Product {
  url: string;
  trackingUrl: string;
  dataDir: string;
  ports: { api: number; tracker: number; sandboxSmtp: number; sandboxHttp: number; inboundSmtp: number };
  /** Everything the supervisor printed so far. */
  output(): string;
  /** The product's own database. */
  databaseUrl(): string;
  /** One statement in it, for checks that must not trust the product's services. */
  sql<T extends pg.QueryResultRow = pg.QueryResultRow>(text: string, values?: unknown[]): Promise<T[]>;
  /** Process ids by name, as the supervisor registered them. */
  pids(): Record<string, number>;
  /** Process id of the supervisor. */
  pid(): number;
  /** Process id of the embedded Postgres. */
  postgresPid(): number;
  /** Sends SIGKILL to the supervisor and to every process of the product; to Postgres only where asked. */
  killEverything(options?: { postgres?: boolean }): Promise<void>;
  /** Sends a signal to the supervisor alone. */
  signal(signal: NodeJS.Signals): void;
  /** Waits for the supervisor to end by itself and returns its exit code. */
  ended(): Promise<number | null>;
  /** Starts it again over the same data folder, with another number of senders where asked. */
  restart(senders?: number): Promise<void>;
  stop(): Promise<void>;
}

export interface ProductOptions {
  senders?: number;
  env?: NodeJS.ProcessEnv;
  /** Starts it as this user, who then owns the data folder (only root may ask for another than itself). */
  user?: { uid: number; gid: number };
}

/** Starts the product on free ports over a new data folder; `stop()` ends it and removes the folder. */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'hongyan-test-'));
  await chmod(dataDir, 0o755); // Postgres' own user walks through it
  if (options.user) await chown(dataDir, options.user.uid, options.user.gid);
  const base = await freePortBase();
  const running = new RunningProduct(dataDir, base, options);
  try {
    await running.launch();
  } catch (error) {
    await running.stop();
    throw error;
  }
  return running;
}

/** Finishes the set-up by its link and returns a client that is signed in as the owner. */
export async function setUp(product: Product): Promise<ApiClient> {
  const token = readFileSync(path.join(product.dataDir, 'setup-token'), 'utf8').trim();
  const client = new ApiClient(product.url);
  await client.post('/setup', {
    token,
    email: 'owner@example.com',
    password: 'correct horse battery',
    name: '王小明',
    workspace: '鸿雁测试',
    locale: 'zh-CN',
    timezone: 'Asia/Shanghai',
    postalAddress: '上海市浦东新区世纪大道 100 号',
  });
  await client.post('/auth/login', { email: 'owner@example.com', password: 'correct horse battery' });
  return client;
}

class RunningProduct implements Product {
  readonly url: string;
  readonly trackingUrl: string;
  readonly ports: Product['ports'];
  private child: ChildProcess | undefined;
  private printed = '';

  constructor(
    readonly dataDir: string,
    private readonly base: number,
    private options: ProductOptions,
  ) {
    this.url = `http://localhost:${base}`;
    this.trackingUrl = `http://localhost:${base + 1}`;
    this.ports = { api: base, tracker: base + 1, sandboxSmtp: base + 4, sandboxHttp: base + 5, inboundSmtp: base + 6 };
  }

  async launch(): Promise<void> {
    const args = ['--port', String(this.base), '--data', this.dataDir, '--senders', String(this.options.senders ?? 1)];
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      EGRESS_ALLOW: '127.0.0.0/8',
      MX_LOOKUPS: 'off',
      LINK_CHECKS: 'off',
      ...this.options.env,
    };
    delete env.DATABASE_URL;
    this.printed = '';
    const child = spawn(process.execPath, ['dist/apps/launcher/src/main.js', ...args], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...this.options.user,
    });
    this.child = child;
    child.stdout?.on('data', (chunk) => (this.printed += String(chunk)));
    child.stderr?.on('data', (chunk) => (this.printed += String(chunk)));
    await until(
      () => {
        if (child.exitCode !== null) throw new Error(`the product ended while starting:\n${this.printed}`);
        return this.printed.includes('is ready after');
      },
      { what: 'the product to be ready', timeoutMs: 60_000, detail: () => this.printed },
    );
  }

  output(): string {
    return this.printed;
  }

  databaseUrl(): string {
    const { port, password } = JSON.parse(readFileSync(path.join(this.dataDir, 'postgres.json'), 'utf8')) as {
      port: number;
      password: string;
    };
    return `postgres://hongyan:${password}@127.0.0.1:${port}/hongyan`;
  }

  async sql<T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> {
    const client = new pg.Client({ connectionString: this.databaseUrl() });
    await client.connect();
    try {
      return (await client.query<T>(text, values)).rows;
    } finally {
      await client.end();
    }
  }

  pids(): Record<string, number> {
    const marks = JSON.parse(readFileSync(path.join(this.dataDir, 'children.json'), 'utf8')) as Record<
      string,
      { pid: number }
    >;
    return Object.fromEntries(Object.entries(marks).map(([name, mark]) => [name, mark.pid]));
  }

  pid(): number {
    return this.child?.pid ?? 0;
  }

  postgresPid(): number {
    return Number(readFileSync(path.join(this.dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  }

  signal(signal: NodeJS.Signals): void {
    this.child?.kill(signal);
  }

  async ended(): Promise<number | null> {
    const { child } = this;
    await until(() => child?.exitCode !== null || child?.signalCode !== null, {
      what: 'the supervisor to end',
      timeoutMs: 60_000,
      detail: () => this.printed,
    });
    return child?.exitCode ?? null;
  }

  async killEverything(options: { postgres?: boolean } = {}): Promise<void> {
    const { child } = this;
    const pids = Object.values(this.pids());
    if (options.postgres) pids.push(this.postgresPid());
    child?.kill('SIGKILL');
    for (const pid of pids) killQuietly(pid);
    await until(() => child?.exitCode !== null || child?.signalCode !== null, { what: 'the supervisor to be dead' });
    await until(() => pids.every(isDead), { what: 'every process to be dead' });
  }

  /** A test that failed between a kill and a restart leaves nothing running either. */
  private async endWhatIsLeft(): Promise<void> {
    const pids: number[] = [];
    if (existsSync(path.join(this.dataDir, 'children.json'))) pids.push(...Object.values(this.pids()));
    if (existsSync(path.join(this.dataDir, 'postgres', 'postmaster.pid'))) pids.push(this.postgresPid());
    for (const pid of pids) killQuietly(pid);
    await until(() => pids.every(isDead), { what: 'every process to be dead' });
  }

  restart(senders?: number): Promise<void> {
    if (senders !== undefined) this.options = { ...this.options, senders };
    return this.launch();
  }

  async stop(): Promise<void> {
    const { child } = this;
    if (child && child.exitCode === null && child.signalCode === null) {
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill('SIGTERM');
      await ended;
    } else {
      await this.endWhatIsLeft();
    }
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

/** A process that is gone, or only waits for its parent to read its exit code. */
export function isDead(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
  } catch {
    return true;
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // gone already
  }
}

/**
 * The first port of a block of twenty that are all free. Below those that Linux gives to outgoing connections (32768 and
 * up): a port of a product that is down for a moment must not become somebody's.
 */
async function freePortBase(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    // Chromium refuses to open 10080 (Amanda's), the only port of this range that it does not trust.
    const base = 10_100 + Math.floor(Math.random() * 1_100) * 20;
    const offsets = [0, 1, 3, 4, 5, 6, 10, 11, 12, 13];
    if ((await Promise.all(offsets.map((offset) => isFree(base + offset)))).every(Boolean)) return base;
  }
  throw new Error('no block of free ports found');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
