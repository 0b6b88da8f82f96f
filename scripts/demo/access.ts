import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DemoError } from './options.js';
import type { DemoOptions } from './options.js';
import { ApiProblem, PublicApi } from './public-api.js';

/** What the demo works with. */
export interface Access {
  api: PublicApi;
  /** A login for the admin UI; only where this run did the set-up. */
  login?: { email: string; password: string };
}

/**
 * Finds the running product and a way in: HONGYAN_API_KEY, else the key of an earlier demo, else the set-up itself.
 * @throws DemoError saying what to do
 */
export async function openAccess({ url, dataDir }: DemoOptions, givenKey: string | undefined): Promise<Access> {
  await requireRunning(url);
  if (givenKey) return { api: await withKey(url, givenKey, 'HONGYAN_API_KEY') };
  const keyFile = path.join(dataDir, 'demo-key');
  const { required } = await new PublicApi(url).get<{ required: boolean }>('/setup');
  if (required) return setUp(url, dataDir, keyFile);
  if (existsSync(keyFile)) return { api: await withKey(url, readFileSync(keyFile, 'utf8').trim(), keyFile) };
  throw new DemoError(
    `${url} is set up already and ${keyFile} is missing.\n` +
      'Make an API key in the UI (Settings, API keys, all rights) and run: HONGYAN_API_KEY=… npm run demo',
  );
}

export async function requireRunning(url: string): Promise<void> {
  const health = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
  if (health?.ok) return;
  throw new DemoError(
    health
      ? `${url} answers, but is not ready (${health.status}). Look at its log in the data folder.`
      : `Nothing answers at ${url}. Start the product in another terminal with: npm start   (or name it: --url URL)`,
  );
}

async function withKey(url: string, key: string, source: string): Promise<PublicApi> {
  const api = new PublicApi(url, key);
  try {
    await api.get('/lists?limit=1');
    return api;
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 401) throw error;
    throw new DemoError(`${url} does not know the API key of ${source}. Make a new one, or name the right --data DIR.`);
  }
}

/** Does what the set-up link asks of a person, and keeps a key for the next run. */
async function setUp(url: string, dataDir: string, keyFile: string): Promise<Access> {
  const { owner, login } = await finishSetUp(url, dataDir);
  const { key } = await owner.post<{ key: string }>('/api-keys', { name: 'npm run demo', scopes: ['admin'] });
  writeFileSync(keyFile, `${key}\n`, { mode: 0o600 });
  return { api: new PublicApi(url, key), login };
}

/**
 * Makes the first account of a new instance by its set-up link.
 * @throws DemoError where the link's file is not in the data folder
 */
export async function finishSetUp(
  url: string,
  dataDir: string,
): Promise<{ owner: PublicApi; login: { email: string; password: string } }> {
  const tokenFile = path.join(dataDir, 'setup-token');
  if (!existsSync(tokenFile)) {
    throw new DemoError(
      `${url} waits for its set-up, but ${tokenFile} is missing: name the data folder of that instance with --data DIR.`,
    );
  }
  const login = { email: 'demo@hongyan.test', password: `wild-goose-${randomBytes(6).toString('hex')}` };
  const owner = new PublicApi(url);
  await owner.post('/setup', {
    ...login,
    token: readFileSync(tokenFile, 'utf8').trim(),
    name: 'Demo 演示',
    workspace: '云雀书店 Skylark Books',
    locale: 'zh-CN',
    timezone: 'Asia/Shanghai',
    postalAddress: '上海市徐汇区云雀路 18 号 · 18 Skylark Road, Shanghai',
  });
  return { owner, login };
}
