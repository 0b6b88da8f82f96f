import { appendFile, mkdtemp, readFile, readdir, rm, stat, truncate } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sandbox } from './sandbox.js';
import { startSandbox } from './sandbox.js';
import type { SandboxOptions } from './options.js';
import { sendOverSmtp } from './simulator/smtp-client.js';

interface Page {
  items: { id: string; to: string[]; subject: string; from: string; messageId: string; size: number }[];
  nextCursor: string | null;
  total: number;
}

let dir: string;
let sandbox: Sandbox | undefined;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sandbox-'));
});

afterEach(async () => {
  await sandbox?.close();
  sandbox = undefined;
  await rm(dir, { recursive: true, force: true });
});

async function start(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  sandbox = await startSandbox({ dir, smtpPort: 0, httpPort: 0, simulate: false, ...options });
  return sandbox;
}

function message(subject: string, body = 'Hello'): Buffer {
  const head = `From: =?utf-8?B?6bi/6ZuB?= <news@brand.example>\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@brand.example>\r\n`;
  return Buffer.from(`${head}\r\n${body}\r\n`);
}

function submit(to: string, raw: Buffer): ReturnType<typeof sendOverSmtp> {
  return sendOverSmtp({ host: '127.0.0.1', port: sandbox!.smtpPort }, { from: 'bounce@brand.example', to }, raw);
}

const url = (path: string): string => `http://127.0.0.1:${sandbox!.httpPort}${path}`;
const list = async (query = ''): Promise<Page> => (await fetch(url(`/messages${query}`))).json() as Promise<Page>;

async function segmentPath(): Promise<string> {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.log')).sort();
  return join(dir, names.at(-1)!);
}

describe('sandbox mail server', () => {
  it('takes a message for any domain and gives back its bytes unchanged', async () => {
    await start();
    const raw = message('one', '.leading dot\r\n..two\r\n\r\nlast');
    expect(await submit('somebody@anywhere.example', raw)).toMatchObject({ outcome: 'accepted' });
    const { items, total } = await list();
    expect(total).toBe(1);
    expect(items[0]).toMatchObject({
      id: '1',
      to: ['somebody@anywhere.example'],
      subject: 'one',
      from: '鸿雁 <news@brand.example>',
      messageId: '<one@brand.example>',
      size: raw.length,
    });
    const answer = await fetch(url('/messages/1/raw'));
    expect(answer.headers.get('content-type')).toBe('message/rfc822');
    expect(Buffer.from(await answer.arrayBuffer()).equals(raw)).toBe(true);
  });

  it('lists newest first in pages and finds by text and by recipient', async () => {
    await start();
    for (const name of ['ann', 'bob', 'cid']) await submit(`${name}@x.example`, message(`hello-${name}`));
    const first = await list('?limit=2');
    expect(first.items.map((item) => item.subject)).toEqual(['hello-cid', 'hello-bob']);
    const second = await list(`?limit=2&cursor=${first.nextCursor}`);
    expect(second.items.map((item) => item.subject)).toEqual(['hello-ann']);
    expect(second.nextCursor).toBeNull();
    expect((await list('?q=LO-BO')).items.map((item) => item.id)).toEqual(['2']);
    expect(await list('?to=CID@x.example')).toMatchObject({ total: 1, items: [{ id: '3' }] });
    expect((await list('?to=id@x.example')).total).toBe(0);
  });

  it('shows one message parsed, and 404 for one that is not there', async () => {
    await start();
    await submit('a@x.example', message('parsed', 'Body text'));
    const parsed = (await (await fetch(url('/messages/1'))).json()) as { text: string; headers: { name: string }[] };
    expect(parsed.text).toContain('Body text');
    expect(parsed.headers.map((header) => header.name)).toContain('Message-ID');
    expect((await fetch(url('/messages/99'))).status).toBe(404);
    expect((await fetch(url('/messages/99/raw'))).status).toBe(404);
    expect((await fetch(url('/messages?limit=0'))).status).toBe(400);
  });

  it('keeps all messages over a restart and goes on counting ids', async () => {
    await start();
    await submit('a@x.example', message('kept'));
    await sandbox!.close();
    await start();
    await submit('a@x.example', message('new'));
    expect((await list()).items.map(({ id, subject }) => [id, subject])).toEqual([
      ['2', 'new'],
      ['1', 'kept'],
    ]);
  });

  it.each([
    ['in the message', 40],
    ['before its closing line feed', 1],
    ['in the header line', 240],
  ])('cuts off a last record torn %s and keeps the ones before it', async (_where, missing) => {
    await start();
    await submit('a@x.example', message('whole'));
    const whole = (await stat(await segmentPath())).size;
    await submit('a@x.example', message('torn'));
    await sandbox!.close();
    const path = await segmentPath();
    await truncate(path, (await stat(path)).size - missing);
    await start();
    expect((await list()).items.map((item) => item.subject)).toEqual(['whole']);
    expect((await stat(path)).size).toBe(whole);
    await submit('a@x.example', message('after'));
    expect((await list()).items.map((item) => item.subject)).toEqual(['after', 'whole']);
  });

  it('starts with garbage at the end of the log', async () => {
    await start();
    await submit('a@x.example', message('whole'));
    await sandbox!.close();
    await appendFile(await segmentPath(), Buffer.alloc(3000));
    await start();
    expect((await list()).items.map((item) => item.subject)).toEqual(['whole']);
  });

  it('writes documented records: a JSON line, the message, a line feed', async () => {
    await start();
    const raw = message('format');
    await submit('a@x.example', raw);
    const bytes = await readFile(await segmentPath());
    const end = bytes.indexOf(10);
    const header = JSON.parse(bytes.subarray(0, end).toString()) as { size: number; envelopeFrom: string };
    expect(header).toMatchObject({ v: 1, id: '1', kind: 'message', envelopeFrom: 'bounce@brand.example' });
    expect(bytes.subarray(end + 1, end + 1 + header.size).equals(raw)).toBe(true);
    expect(bytes.subarray(end + 1 + header.size).toString()).toBe('\n');
  });

  it('drops the oldest segments beyond its size and forgets their messages', async () => {
    await start({ segmentBytes: 9000, maxBytes: 20_000 });
    for (let n = 0; n < 12; n++) await submit('a@x.example', message(`m${n}`, 'x'.repeat(4000)));
    const { total, items } = await list();
    expect(items[0]!.subject).toBe('m11');
    expect(total).toBeLessThan(9);
    expect(total).toBeGreaterThan(2);
    expect((await fetch(url('/messages/1'))).status).toBe(404);
  });

  it('clears the log on request without using an id twice', async () => {
    await start();
    await submit('a@x.example', message('gone'));
    await fetch(url('/messages'), { method: 'DELETE' });
    expect(await list()).toMatchObject({ items: [], total: 0 });
    await sandbox!.close();
    await start();
    await submit('a@x.example', message('next'));
    expect((await list()).items.map((item) => item.id)).toEqual(['2']);
  });

  it('refuses web pages: another Host name, or a write with an Origin', async () => {
    await start();
    const cross = await fetch(url('/messages'), { method: 'DELETE', headers: { origin: 'http://evil.example' } });
    expect(cross.status).toBe(403);
    const status = await new Promise<string>((resolve) => {
      const socket = connect(sandbox!.httpPort, '127.0.0.1', () =>
        socket.write('GET /messages HTTP/1.1\r\nHost: evil.example\r\n\r\n'),
      );
      socket.once('data', (data: Buffer) => {
        resolve(data.toString().split('\r\n')[0]!);
        socket.destroy();
      });
    });
    expect(status).toBe('HTTP/1.1 403 Forbidden');
  });

  it('offers what a relay offers and accepts any login', async () => {
    await start();
    const lines: string[] = [];
    await new Promise<void>((resolve) => {
      const send = ['EHLO me', `AUTH PLAIN ${Buffer.from('\0any\0thing').toString('base64')}`, 'QUIT'];
      const socket = connect(sandbox!.smtpPort, '127.0.0.1');
      socket.on('data', (data: Buffer) => {
        lines.push(...data.toString().trim().split('\r\n'));
        const next = send.shift();
        if (next) socket.write(next + '\r\n');
      });
      socket.on('close', () => resolve());
    });
    const offered = lines.map((line) => line.slice(4).split(' ')[0]);
    expect(offered).toEqual(expect.arrayContaining(['PIPELINING', '8BITMIME', 'SMTPUTF8', 'AUTH', 'SIZE']));
    expect(lines.some((line) => line.startsWith('235'))).toBe(true);
  });

  it('fails on a taken port without touching the log of the one that runs', async () => {
    await start();
    await submit('a@x.example', message('first'));
    await expect(startSandbox({ dir, smtpPort: 0, httpPort: sandbox!.httpPort })).rejects.toThrow('EADDRINUSE');
    await submit('a@x.example', message('second'));
    expect((await list()).total).toBe(2);
  });

  it('finds personalised subjects and counts refusals apart', async () => {
    await start({ simulate: true });
    await submit('refuse@simulator.test', message('never'));
    await submit('a@x.example', message('Offer-for-Ann'));
    expect(await list('?q=for-ann')).toMatchObject({ total: 1, items: [{ id: '2', subject: 'Offer-for-Ann' }] });
    expect(await (await fetch(url('/stats'))).json()).toMatchObject({ messages: 1, refused: 1, segments: 1 });
  });
});
