import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { RunningApi } from '../testing/running-api.js';

/** The sandbox is another process of the product, so it runs as one here too: its build is what jest's set-up made. */
const SANDBOX = path.resolve('dist/apps/sandbox/src/main.js');

let api: RunningApi;
let cookie: string;
let sandbox: ChildProcess;
let dir: string;
let smtpPort: number;
beforeAll(async () => {
  const [smtp, http, nowhere] = await freePorts(3);
  smtpPort = smtp!;
  dir = await mkdtemp(path.join(tmpdir(), 'hongyan-sandbox-'));
  sandbox = spawn(process.execPath, [SANDBOX], {
    env: {
      PATH: path.dirname(process.execPath),
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
      DATA_DIR: dir,
      SANDBOX_SMTP_PORT: String(smtp),
      SANDBOX_HTTP_PORT: String(http),
      INBOUND_SMTP_PORT: String(nowhere),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(sandbox.stdout!, 'data');
  api = await RunningApi.start({ SANDBOX_HTTP_PORT: String(http) });
  cookie = await api.setUp();
});
afterAll(async () => {
  if (sandbox.exitCode === null && sandbox.signalCode === null) {
    sandbox.kill('SIGTERM');
    await once(sandbox, 'exit');
  }
  await api.stop();
  await rm(dir, { recursive: true, force: true });
});

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

const MESSAGE = [
  'From: news@shop.example',
  'To: reader@inbox.example',
  'Subject: =?UTF-8?B?5L2g5aW9?=',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<p>您好</p>',
  '--b',
  'Content-Type: text/csv; name=price.csv',
  'Content-Disposition: attachment; filename=price.csv',
  'Content-Transfer-Encoding: base64',
  '',
  'YSxi',
  '--b--',
  '.',
].join('\r\n');

/** Hands the sandbox one message, a command at a time; each must be taken. */
async function deliver(message: string): Promise<void> {
  const socket = connect(smtpPort, '127.0.0.1');
  const replies = createInterface({ input: socket })[Symbol.asyncIterator]();
  const envelope = ['HELO test', 'MAIL FROM:<news@shop.example>', 'RCPT TO:<reader@inbox.example>', 'DATA'];
  for (const command of ['', ...envelope, message]) {
    if (command) socket.write(`${command}\r\n`);
    const { value } = await replies.next();
    if (!/^[23]\d\d /.test(String(value))) throw new Error(`${command.slice(0, 40)}: ${String(value)}`);
  }
  socket.end('QUIT\r\n');
  await once(socket, 'close');
}

describe('the sandbox inbox', () => {
  it('shows, opens, hands out and forgets what the sandbox took', async () => {
    await deliver(MESSAGE);
    const { items, nextCursor } = (await api.get('/sandbox/messages', { cookie })).body;
    expect(items).toMatchObject([{ subject: '你好', to: ['reader@inbox.example'] }]);
    expect(nextCursor).toBeNull();
    const detail = (await api.get(`/sandbox/messages/${items[0].id}`, { cookie })).body;
    expect(detail.html).toContain('您好');
    expect(detail.attachments).toEqual([{ filename: 'price.csv', contentType: 'text/csv', size: 3 }]);
    const raw = await api.get(`/sandbox/messages/${items[0].id}/raw`, { cookie });
    expect(raw.headers.get('content-type')).toBe('message/rfc822');
    expect(raw.headers.get('content-disposition')).toContain('attachment');
    expect(raw.text).toContain('Subject: =?UTF-8?');
    expect((await api.delete('/sandbox/messages', { cookie })).status).toBe(204);
    expect((await api.get('/sandbox/messages?count=true', { cookie })).body).toMatchObject({ items: [], total: 0 });
    expect((await api.get(`/sandbox/messages/${items[0].id}`, { cookie })).body.code).toBe('NOT_FOUND');
  });

  it('says that the sandbox is away instead of failing', async () => {
    sandbox.kill('SIGKILL');
    await once(sandbox, 'exit');
    const answer = await api.get('/sandbox/messages', { cookie });
    expect([answer.status, answer.body.code]).toEqual([503, 'UPSTREAM_UNAVAILABLE']);
  });
});
