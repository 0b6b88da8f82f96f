import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import express from 'express';
import { serveAdmin } from './serve-admin.js';

let dir: string;
let server: Server;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'hongyan-admin-'));
  await mkdir(path.join(dir, 'built/assets'), { recursive: true });
  await writeFile(path.join(dir, 'built/index.html'), '<title>鸿雁</title>');
  await writeFile(path.join(dir, 'built/assets/app-1a2b.js'), 'start()');
  await writeFile(path.join(dir, 'secret.txt'), 'secret');
});
afterAll(() => rm(dir, { recursive: true }));
afterEach(() => new Promise((resolve) => server.close(resolve)));

async function ask(folder: string, url: string, accept = 'text/html'): Promise<{ head: string; text: string }> {
  const app = express()
    .use(serveAdmin(path.join(dir, folder)))
    .use((_request, response) => void response.status(404).send('the API'));
  server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}${url}`, { headers: { accept, connection: 'close' } });
  const text = await response.text();
  return { head: `${response.status} ${response.headers.get('cache-control')}`, text };
}

describe('the admin UI', () => {
  it.each(['/', '/campaigns/42', '/login?next=%2F'])('answers %s with the page that resolves it', async (url) => {
    expect(await ask('built', url)).toEqual({ head: '200 no-cache', text: '<title>鸿雁</title>' });
  });

  it('keeps hashed files for a year', async () => {
    const asset = await ask('built', '/assets/app-1a2b.js', '*/*');
    expect(asset).toEqual({ head: '200 public, max-age=31536000, immutable', text: 'start()' });
  });

  it.each([
    ['/assets/gone.js', '*/*'],
    ['/api/v1/contacts', 'text/html'],
    ['/metrics', 'text/html'],
    ['/campaigns', 'application/json'],
    ['/..%2fsecret.txt', '*/*;q=0'],
  ])('leaves %s (%s) to the API', async (url, accept) => {
    expect((await ask('built', url, accept)).text).not.toMatch(/鸿雁|secret/);
  });

  it('says how to build it when it is missing', async () => {
    expect((await ask('nothing', '/')).text).toContain('npm run build:admin');
  });
});
