import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { parseSettings, renderEnvExample, settingsSchema } from '../../libs/platform/config/src/index.js';

// No Docker engine can be assumed where the tests run: what is checked here is everything about the files that does not
// need one, and the script that a sender container starts with is run for real.

interface Service {
  image: string;
  profiles?: string[];
  command: string[];
  environment?: Record<string, string>;
  ports?: string[];
  volumes?: string[];
  secrets?: string[];
  init?: boolean;
  restart: string;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[]; interval: string };
}
const file = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
  secrets: Record<string, { file: string }>;
};
const names = Object.keys(file.services);
const service = (name: string) => file.services[name] as Service;
const ours = names.filter((name) => service(name).image.startsWith('hongyan:'));
const running = ours.filter((name) => name !== 'migrate');

/** What the process would read: `${NAME:-default}` as it is where nobody sets NAME. */
function environmentOf(name: string): Record<string, string> {
  const entries = Object.entries(service(name).environment ?? {});
  return Object.fromEntries(entries.map(([key, value]) => [key, String(value).replace(/\$\{\w+:-([^}]*)\}/g, '$1')]));
}

it('has every process of the product, and migrates before any of them', () => {
  expect(names.sort()).toEqual(
    ['api', 'inbound', 'migrate', 'postgres', 'sandbox', 'sender', 'tracker', 'valkey'].sort(),
  );
  expect(service('sandbox').profiles).toEqual(['dev']);
  expect(names.filter((name) => service(name).profiles)).toEqual(['sandbox']);
  expect(service('migrate').depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
  for (const name of running) {
    expect(service(name).depends_on).toMatchObject({ migrate: { condition: 'service_completed_successfully' } });
    expect(service(name).restart).toBe('unless-stopped');
  }
});

it('runs only programs that the build makes', () => {
  for (const name of ours) {
    const program = service(name).command.at(-1) as string;
    expect(readFileSync(program.replace(/^dist\//, '').replace(/\.js$/, '.ts'), 'utf8')).not.toBe('');
    expect(service(name).command).toContain('node');
  }
});

it.each(ours)('%s gets only settings that exist, all it needs, and values that are valid', (name) => {
  const environment = environmentOf(name);
  for (const key of Object.keys(environment)) {
    expect(Object.keys(settingsSchema.shape)).toContain(key.replace(/_FILE$/, ''));
  }
  const dir = mkdtempSync(path.join(tmpdir(), 'hongyan-compose-'));
  try {
    for (const [key, value] of Object.entries(environment).filter(([each]) => each.endsWith('_FILE'))) {
      expect(value).toBe(`/run/secrets/${path.basename(value)}`);
      expect(service(name).secrets).toContain(path.basename(value));
      environment[key] = path.join(dir, path.basename(value));
      writeFileSync(environment[key], 'postgres://hongyan:secret@postgres:5432/hongyan');
    }
    const settings = parseSettings(environment);
    expect(settings.get('DATABASE_URL')).toContain('@postgres:5432');
    expect(settings.get('MASTER_KEY')).not.toBe('');
    expect(settings.get('QUEUE_URL')).toBe('redis://valkey:6379');
    expect(settings.get('SANDBOX_HOST')).toBe(name === 'sandbox' ? 'sandbox' : '');
  } finally {
    rmSync(dir, { recursive: true });
  }
});

it('publishes the web, the tracker and the inbound listener, and no database', () => {
  expect(names.filter((name) => service(name).ports).sort()).toEqual(['api', 'inbound', 'tracker']);
  const inside = (name: string, setting: 'API_PORT' | 'TRACKER_PORT' | 'INBOUND_SMTP_PORT') => {
    const port = parseSettings({ ...environmentOf(name), ...inline }).get(setting);
    expect(service(name).ports).toEqual([expect.stringMatching(new RegExp(`:${port}$`))]);
  };
  const inline = { DATABASE_URL_FILE: '', MASTER_KEY_FILE: '', DATABASE_URL: 'postgres://x' };
  inside('api', 'API_PORT');
  inside('tracker', 'TRACKER_PORT');
  inside('inbound', 'INBOUND_SMTP_PORT');
});

it('asks every process at the port it listens on whether it is ready', () => {
  const settings = parseSettings({ DATABASE_URL: 'postgres://x' });
  const ports = {
    api: settings.get('API_PORT'),
    tracker: settings.get('TRACKER_PORT'),
    sender: settings.get('SENDER_PORT'),
    inbound: settings.get('INBOUND_PORT'),
    sandbox: settings.get('SANDBOX_HTTP_PORT'),
  };
  expect(running.sort()).toEqual(Object.keys(ports).sort());
  for (const [name, port] of Object.entries(ports)) {
    const { test, interval } = service(name).healthcheck ?? { test: [] };
    expect(test.slice(0, 3)).toEqual(['CMD', 'node', '-e']);
    expect(test[3]).toContain(`:${port}/health/ready`);
    expect(interval).toBe('10s');
  }
  for (const name of ['postgres', 'valkey']) expect(service(name).healthcheck?.test[0]).toBe('CMD');
});

it('keeps databases, journals and secrets on volumes and in files, and declares each of them', () => {
  const mounted = names.flatMap((name) => (service(name).volumes ?? []).map((volume) => volume.split(':')[0]));
  expect(mounted.sort()).toEqual(Object.keys(file.volumes).sort());
  expect(service('sender').volumes).toEqual([`senders:${environmentOf('sender').DATA_DIR}/senders`]);
  const secrets = new Set(names.flatMap((name) => service(name).secrets ?? []));
  expect([...secrets].sort()).toEqual(Object.keys(file.secrets).sort());
  for (const { file: place } of Object.values(file.secrets)) expect(place).toMatch(/^\.\/secrets\//);
  expect(readFileSync('.dockerignore', 'utf8').split('\n')).toEqual(
    expect.arrayContaining(['secrets', '.data', '.env']),
  );
  expect(readFileSync('.gitignore', 'utf8').split('\n')).toContain('secrets/');
});

it('builds an image whose processes are nobody special', () => {
  const lines = readFileSync('Dockerfile', 'utf8').split('\n');
  expect(lines.filter((line) => line.startsWith('FROM'))).toEqual(['FROM node:20-slim AS build', 'FROM node:20-slim']);
  const user = lines.findLastIndex((line) => line.startsWith('USER '));
  expect(lines[user]).toBe('USER node');
  expect(user).toBeGreaterThan(lines.lastIndexOf('FROM node:20-slim'));
  for (const name of ours) expect(service(name).init).toBe(true);
  const copied = lines
    .filter((line) => line.startsWith('COPY ') && !line.includes('--from'))
    .flatMap((line) => line.split(' ').slice(1, -1));
  for (const source of copied) expect(source === '.' || readFileSync(source, 'utf8').length > 0).toBe(true);
});

it('.env.example is what the settings schema says', () => {
  expect(readFileSync('.env.example', 'utf8')).toBe(renderEnvExample());
});

describe('the start of a sender container', () => {
  let root: string;
  let children: ChildProcess[];
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'hongyan-senders-'));
    children = [];
  });
  afterEach(async () => {
    await Promise.all(children.map(kill));
    rmSync(root, { recursive: true });
  });

  /** Starts a stand-in for the sender, which says its journal folder and stays. */
  async function start(): Promise<{ child: ChildProcess; slot: string }> {
    const program = 'console.log(process.env.SENDER_JOURNAL_DIR); setInterval(() => {}, 1000)';
    const child = spawn('sh', ['scripts/run-sender.sh', process.execPath, '-e', program], {
      env: { PATH: process.env.PATH, DATA_DIR: root },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    const slot = await new Promise<string>((resolve, reject) => {
      child.stdout?.once('data', (line) => resolve(path.relative(root, String(line).trim())));
      child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
    });
    return { child, slot };
  }

  it('gives each replica a journal folder of its own, and that of a killed one to its successor', async () => {
    const first = await start();
    const second = await start();
    expect([first.slot, second.slot]).toEqual(['senders/1', 'senders/2']);
    await kill(first.child);
    expect((await start()).slot).toBe('senders/1');
    expect((await start()).slot).toBe('senders/3');
    expect(readdirSync(path.join(root, 'senders')).sort()).toEqual(['1.lock', '2.lock', '3.lock']);
  });

  it('is a script that sh reads', () => {
    expect(execFileSync('sh', ['-n', 'scripts/run-sender.sh'], { encoding: 'utf8' })).toBe('');
  });
});

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGKILL');
  await ended;
}
