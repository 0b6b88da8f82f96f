import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isDead, setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { until } from '../support/until.js';

const USER = { uid: 65_534, gid: 65_534 };

let product: Product;
beforeAll(async () => {
  // An ordinary user, as it should be started; where the tests run as one, as that one.
  product = await startProduct(process.getuid?.() === 0 ? { user: USER } : {});
});
afterAll(() => product?.stop());

/** Starts a supervisor that is expected to refuse, and returns what it said. */
async function refusal(
  args: string[],
  user: { uid?: number; gid?: number } = {},
  settings: NodeJS.ProcessEnv = {},
): Promise<string> {
  const env: NodeJS.ProcessEnv = { ...process.env, ...settings };
  delete env.DATABASE_URL;
  const child = spawn(process.execPath, ['dist/apps/launcher/src/main.js', ...args], { env, ...user });
  let said = '';
  child.stderr.on('data', (chunk) => (said += String(chunk)));
  const code = await new Promise((resolve) => child.once('exit', resolve));
  expect(code).toBe(1);
  return said;
}

it('runs as an ordinary user', async () => {
  const api = await setUp(product);
  expect((await api.get('/auth/me')).user.email).toBe('owner@example.com');
});

it('refuses a second start over the same data folder in one sentence and leaves the first one alone', async () => {
  const said = await refusal(['--port', '45000', '--data', product.dataDir]);
  expect(said).toBe(
    `Hongyan already runs over ${product.dataDir} (process ${product.pid()}). ` +
      'Use that one, stop it, or choose another folder with --data DIR.\n',
  );
  expect((await fetch(`${product.url}/health/ready`)).status).toBe(200);
});

it('names a port that somebody else holds', async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'hongyan-test-'));
  const holder = createServer().listen(product.ports.api + 18, '127.0.0.1');
  const said = await refusal(['--port', String(product.ports.api + 17), '--data', dir]);
  holder.close();
  await rm(dir, { recursive: true });
  expect(said).toBe(
    `Port ${product.ports.api + 18} (tracker) is in use by another program. ` +
      'Stop it, or start on other ports: npm start -- --port 4000\n',
  );
});

it('says of a data folder whose first start was cut short what it is and what to do', async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'hongyan-test-'));
  await chmod(dir, 0o755);
  await mkdir(path.join(dir, 'postgres'));
  const said = await refusal(['--port', String(product.ports.api + 17), '--data', dir]);
  await rm(dir, { recursive: true });
  expect(said.trim().split('\n')).toHaveLength(1);
  expect(said).toContain('the first start was cut short');
  expect(said).toContain(`delete ${path.join(dir, 'postgres')} and start again`);
});

it.each([
  ['while the database is made', (dir: string) => existsSync(path.join(dir, 'postgres'))],
  ['while Postgres starts', (dir: string) => existsSync(path.join(dir, 'postgres', 'server.log'))],
  ['while the tables are made', (dir: string) => postmasterSays(dir, 'ready')],
  ['while the processes start', (dir: string) => existsSync(path.join(dir, 'children.json'))],
])('says at Ctrl-C %s of a first start that it stops, and nothing else', async (_moment, reached) => {
  const dir = await mkdtemp(path.join(tmpdir(), 'hongyan-test-'));
  await chmod(dir, 0o755);
  const env: NodeJS.ProcessEnv = { ...process.env };
  delete env.DATABASE_URL;
  const args = ['dist/apps/launcher/src/main.js', '--port', String(product.ports.api + 17), '--data', dir];
  // Its own group, to which the signal goes as from a terminal: what it has started hears it too.
  const child = spawn(process.execPath, args, { env, detached: true });
  let said = '';
  child.stdout.on('data', (chunk) => (said += String(chunk)));
  child.stderr.on('data', (chunk) => (said += String(chunk)));
  const ended = new Promise((resolve) => child.once('close', resolve));
  await until(() => reached(dir), { what: 'the moment', detail: () => said });
  process.kill(-child.pid!, 'SIGINT');
  expect(await ended).toBe(0);
  expect(said).toBe('Stopping …\nStopped.\n');
  expect(existsSync(path.join(dir, 'postgres', 'postmaster.pid'))).toBe(false);
  await rm(dir, { recursive: true });
});

/** Line 8 of the pid file is the state of the server. */
function postmasterSays(dir: string, state: string): boolean {
  try {
    const lines = readFileSync(path.join(dir, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
    return lines[7]?.trim() === state;
  } catch {
    return false;
  }
}

it('starts a process that crashed again and says so', async () => {
  const victim = product.pids().api as number;
  process.kill(victim, 'SIGKILL');
  await until(() => product.output().includes('api ended (SIGKILL); starting it again.'), {
    what: 'the crash be told',
  });
  await until(async () => (await fetch(`${product.url}/health/ready`).catch(() => null))?.ok === true, {
    what: 'the api to answer again',
  });
  expect(product.pids().api).not.toBe(victim);
});

const WITHOUT =
  'start once with --new-master-key: stored SMTP and IMAP passwords must be entered again, ' +
  'and the links in mail that was already sent stop working.\n';

describe('without the master key the data was made with', () => {
  const keyFile = () => path.join(product.dataDir, 'master.key');
  const restart = () =>
    refusal(['--port', String(product.ports.api), '--data', product.dataDir], process.getuid?.() === 0 ? USER : {});
  let key: string;
  beforeAll(async () => {
    key = await readFile(keyFile(), 'utf8');
    product.signal('SIGINT');
    await product.ended();
  });

  it('a start ends in one sentence and makes no other key', async () => {
    await rename(keyFile(), `${keyFile()}.away`);
    expect(await restart()).toBe(
      `The master key ${keyFile()} is missing, but the database holds data that was made with it. ` +
        `Restore the file from the backup; if it is lost, ${WITHOUT}`,
    );
    expect(existsSync(keyFile())).toBe(false);
  });

  it('a start with another one ends in one sentence', async () => {
    await writeFile(keyFile(), Buffer.alloc(32, 1).toString('base64'));
    expect(await restart()).toBe(
      `The master key ${keyFile()} is not the one this database was used with. ` +
        `Restore the file from the backup; if it is lost, ${WITHOUT}`,
    );
  });

  it('a start with a damaged one ends in one sentence before anything runs', async () => {
    await writeFile(keyFile(), key.slice(0, 20));
    expect(await restart()).toBe(
      `The master key ${keyFile()} is not 32 bytes in base64. ` +
        `Restore the file from the backup; if it is lost, delete the file and ${WITHOUT}`,
    );
  });

  it('a start with the right one goes on as ever', async () => {
    await rename(`${keyFile()}.away`, keyFile());
    await product.restart();
    expect(await product.sql('SELECT email FROM users')).toEqual([{ email: 'owner@example.com' }]);
  });
});

it('names a wrong setting once instead of starting processes that end by it', async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'hongyan-test-'));
  const said = await refusal(['--port', String(product.ports.api + 17), '--data', dir], {}, { LOG_LEVEL: 'loud' });
  await rm(dir, { recursive: true });
  expect(said).toMatch(/^These settings are missing or wrong:\n {2}LOG_LEVEL {2}/);
});

it('stops everything at Ctrl-C, Postgres too, and finds all data at the next start', async () => {
  const pids = [...Object.values(product.pids()), product.postgresPid()];
  product.signal('SIGINT');
  expect(await product.ended()).toBe(0);
  expect(product.output()).toMatch(/Stopping …\nStopped\.\n$/);
  for (const pid of pids) expect({ pid, dead: isDead(pid) }).toEqual({ pid, dead: true });

  await product.restart();
  expect(product.output()).not.toContain('Set it up once');
  expect(await product.sql('SELECT email FROM users')).toEqual([{ email: 'owner@example.com' }]);
});
