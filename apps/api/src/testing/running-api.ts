import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { parseSettings } from '#platform/config';
import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { createApi } from '../create-api.js';
import { closeGracefully } from '../http/shutdown.js';

export const OWNER = {
  email: 'owner@example.com',
  password: 'correct horse battery',
  name: '王小明',
  workspace: '鸿雁商店',
  locale: 'zh-CN',
  timezone: 'Asia/Shanghai',
};

export interface Call {
  body?: unknown;
  /** `name=value` of a session cookie; state-changing calls then send the API's own origin, unless headers say else. */
  cookie?: string;
  key?: string;
  headers?: Record<string, string>;
}
export interface Answer {
  status: number;
  headers: Headers;
  /** Parsed JSON, or undefined where the answer is none. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
  text: string;
}

/** The API, listening on a free port over a database of its own. */
export class RunningApi {
  private constructor(
    readonly app: NestExpressApplication,
    readonly test: TestDatabase,
    readonly url: string,
    readonly dataDir: string,
  ) {}

  static async start(env: Record<string, string> = {}): Promise<RunningApi> {
    const test = await createTestDatabase();
    const dataDir = await mkdtemp(path.join(tmpdir(), 'hongyan-api-'));
    const settings = parseSettings({
      DATABASE_URL: test.url,
      DATA_DIR: dataDir,
      MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
      LOG_LEVEL: 'silent',
      ...env,
    });
    const app = await createApi(settings);
    await app.listen(0, '127.0.0.1');
    const { port } = (app.getHttpServer() as Server).address() as AddressInfo;
    return new RunningApi(app, test, `http://127.0.0.1:${port}`, dataDir);
  }

  async stop(): Promise<void> {
    await closeGracefully(this.app, 1_000);
    await this.test.drop();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  setupToken(): Promise<string> {
    return readFile(path.join(this.dataDir, 'setup-token'), 'utf8').then((text) => text.trim());
  }

  /** Makes the owner and answers their session cookie. */
  async setUp(): Promise<string> {
    const answer = await this.post('/setup', { body: { ...OWNER, token: await this.setupToken() } });
    if (answer.status !== 200) throw new Error(`set-up answered ${answer.text}`);
    return cookieOf(answer);
  }

  get = (route: string, call?: Call) => this.call('GET', route, call);
  post = (route: string, call?: Call) => this.call('POST', route, call);
  patch = (route: string, call?: Call) => this.call('PATCH', route, call);
  delete = (route: string, call?: Call) => this.call('DELETE', route, call);

  /** @param route below /api/v1 */
  async call(method: string, route: string, { body, cookie, key, headers }: Call = {}): Promise<Answer> {
    const response = await fetch(`${this.url}/api/v1${route}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(cookie ? { cookie, ...(method === 'GET' ? {} : { origin: this.url }) } : {}),
        ...(key ? { authorization: `Bearer ${key}` } : {}),
        ...headers,
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json');
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : undefined, text };
  }
}

/** The session cookie an answer sets, as a client sends it back. */
export function cookieOf(answer: Answer): string {
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
  if (!cookie) throw new Error(`no cookie in the answer: ${answer.text}`);
  return cookie;
}
