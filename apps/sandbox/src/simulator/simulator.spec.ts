import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import type { Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { SandboxOptions } from '../options.js';
import type { Sandbox } from '../sandbox.js';
import { startSandbox } from '../sandbox.js';
import { sendOverSmtp } from './smtp-client.js';

interface Received {
  from: string;
  to: string;
  mail: Email;
}

interface Visit {
  method: string;
  path: string;
  agent: string;
  body: string;
}

/** Things that arrive from outside; `next` waits for one that fits. */
class Arrivals<T> {
  readonly all: T[] = [];
  private waiting: (() => void)[] = [];

  push(item: T): void {
    this.all.push(item);
    for (const wake of this.waiting.splice(0)) wake();
  }

  async next(fits: (item: T) => boolean = () => true): Promise<T> {
    for (;;) {
      const found = this.all.find(fits);
      if (found) return found;
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }
}

const SENDER = 'b.token@bounces.brand.test';
let dir: string;
let sandbox: Sandbox;
let inbound: SMTPServer;
let tracker: Server;
let mails: Arrivals<Received>;
let visits: Arrivals<Visit>;
/** How many mails the inbound listener turns away before it takes one. */
let turnAway = 0;

function listenInbound(): Promise<number> {
  inbound = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 100,
    onMailFrom: (_address, _session, done) =>
      turnAway-- > 0 ? done(Object.assign(new Error('4.3.2 busy'), { responseCode: 451 })) : done(),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        void PostalMime.parse(Buffer.concat(chunks), { forceRfc822Attachments: true }).then((mail) => {
          mails.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo[0]!.address, mail });
          done();
        });
      });
    },
  });
  return new Promise((resolve) => {
    const server = inbound.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function listenTracker(): Promise<number> {
  tracker = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      visits.push({ method: request.method!, path: request.url!, agent: request.headers['user-agent'] ?? '', body });
      response.writeHead(request.url!.startsWith('/c/') ? 302 : 200, { location: 'http://example.test/' }).end();
    });
  });
  return new Promise((resolve) =>
    tracker.listen(0, '127.0.0.1', () => resolve((tracker.address() as AddressInfo).port)),
  );
}

let inboundPort: number;
let trackerPort: number;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sandbox-sim-'));
  mails = new Arrivals();
  visits = new Arrivals();
  turnAway = 0;
  [inboundPort, trackerPort] = await Promise.all([listenInbound(), listenTracker()]);
});

afterEach(async () => {
  await sandbox.close();
  await new Promise<void>((resolve) => inbound.close(resolve));
  tracker.closeAllConnections();
  await new Promise((resolve) => tracker.close(resolve));
  await rm(dir, { recursive: true, force: true });
});

async function start(options: Partial<SandboxOptions> = {}): Promise<void> {
  const target = { host: '127.0.0.1', port: inboundPort };
  sandbox = await startSandbox({ dir, smtpPort: 0, httpPort: 0, timeScale: 0, inbound: target, ...options });
}

function campaignMail(): Buffer {
  const at = `http://127.0.0.1:${trackerPort}`;
  return Buffer.from(
    [
      'From: Brand <news@brand.test>',
      'Subject: Spring',
      'Message-ID: <m1@brand.test>',
      `List-Unsubscribe: <${at}/u/tok>, <mailto:leave@brand.test?subject=leave>`,
      'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
      'Content-Type: text/html; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      `<a href=3D"${at}/c/tok/1">Shop</a> <a href=3D"${at}/u/tok">=E9=80=80=E8=AE=A2</a>`,
      `<a href=3D"http://outside.example/x">Outside</a><img src=3D"${at}/o/tok.gif">`,
      '',
    ].join('\r\n'),
  );
}

const submit = (to: string, from = SENDER) =>
  sendOverSmtp({ host: '127.0.0.1', port: sandbox.smtpPort }, { from, to }, campaignMail());

const getJson = async <T>(path: string): Promise<T> =>
  (await fetch(`http://127.0.0.1:${sandbox.httpPort}${path}`)).json() as Promise<T>;

describe('simulated recipients', () => {
  it('bounce hard by a report to the inbound listener that returns our Message-ID', async () => {
    await start();
    expect(await submit('hard-bounce+1@simulator.test')).toMatchObject({ outcome: 'accepted' });
    const { from, to, mail } = await mails.next();
    expect([from, to]).toEqual(['', SENDER]);
    const returned = mail.attachments.find((one) => one.mimeType === 'text/rfc822-headers')!;
    expect(Buffer.from(returned.content as ArrayBuffer).toString()).toContain('Message-ID: <m1@brand.test>');
    const page = await getJson<{ items: { simulated: string[] }[] }>('/messages');
    expect(page.items[0]!.simulated).toEqual(['hard-bounce']);
  });

  it('send the report again, with the same Message-ID, while the listener turns it away', async () => {
    turnAway = 2;
    await start();
    await submit('mailbox-full@simulator.test');
    const { mail } = await mails.next();
    expect(mail.messageId).toMatch(/^<[0-9a-f]{24}@mx\.simulator\.test>$/);
    const stats = await getJson<{ simulator: { retried: number } }>('/stats');
    expect(stats.simulator.retried).toBe(2);
  });

  it('are refused in the session with the provider’s words, which the log keeps', async () => {
    await start();
    expect(await submit('refuse-7@simulator.test')).toMatchObject({
      outcome: 'refused',
      reply: expect.stringMatching(/^550 5\.1\.1 <refuse-7@simulator\.test>: .*User unknown/) as string,
    });
    expect(await submit('block@simulator.test')).toMatchObject({
      outcome: 'refused',
      reply: expect.stringContaining('550 5.7.1') as string,
    });
    const { items, total } = await getJson<{ total: number; items: { to: string[]; reply: string }[] }>('/refusals');
    expect(total).toBe(2);
    expect(items[1]).toMatchObject({
      to: ['refuse-7@simulator.test'],
      reply: expect.stringContaining('550 5.1.1') as string,
    });
    expect((await getJson<{ total: number }>('/messages')).total).toBe(0);
  });

  it('are greylisted at the first attempt only', async () => {
    await start();
    expect(await submit('greylist@simulator.test')).toMatchObject({
      outcome: 'retry',
      reply: expect.stringMatching(/^451 4\.7\.1 /) as string,
    });
    expect(await submit('greylist@simulator.test')).toMatchObject({ outcome: 'accepted' });
    expect(await submit('greylist@simulator.test', 'other@brand.test')).toMatchObject({ outcome: 'retry' });
  });

  it('open and click by real requests with a browser’s name, never leaving the allowed origins', async () => {
    await start();
    await submit('click@simulator.test');
    const click = await visits.next((visit) => visit.path.startsWith('/c/'));
    const open = await visits.next((visit) => visit.path.startsWith('/o/'));
    expect(click).toMatchObject({
      method: 'GET',
      path: '/c/tok/1',
      agent: expect.stringContaining('AppleWebKit') as string,
    });
    expect(open.path).toBe('/o/tok.gif');
    expect(visits.all.some((visit) => visit.path.startsWith('/u/'))).toBe(false);
  });

  it('are scanned by machines: HEAD and GET of every link and the pixel', async () => {
    await start();
    await submit('scanner@simulator.test');
    for (const [method, path] of [
      ['HEAD', '/c/tok/1'],
      ['GET', '/c/tok/1'],
      ['GET', '/u/tok'],
      ['GET', '/o/tok.gif'],
    ]) {
      const visit = await visits.next((one) => one.method === method && one.path === path);
      expect(visit.agent).toContain('Scanner');
    }
  });

  it('unsubscribe with one click, or by mail to the mailto', async () => {
    await start();
    await submit('unsubscribe@simulator.test');
    expect(await visits.next()).toMatchObject({ method: 'POST', path: '/u/tok', body: 'List-Unsubscribe=One-Click' });
    await submit('unsubscribe-mail@simulator.test');
    expect(await mails.next()).toMatchObject({ from: 'unsubscribe-mail@simulator.test', to: 'leave@brand.test' });
  });

  it('complain, answer and are away', async () => {
    await start();
    await submit('complaint@simulator.test');
    await submit('reply+en@simulator.test');
    await submit('out-of-office+en@simulator.test');
    const [complaint, reply, away] = await Promise.all([
      mails.next(({ from }) => from === 'feedback@simulator.test'),
      mails.next(({ from }) => from.startsWith('reply+en@')),
      mails.next(({ mail }) => mail.subject === 'Automatic reply: Spring'),
    ]);
    expect(complaint.to).toBe(SENDER);
    expect(reply).toMatchObject({ to: 'news@brand.test', mail: { inReplyTo: '<m1@brand.test>' } });
    expect(away).toMatchObject({ from: '', to: SENDER });
  });

  it('do nothing while the simulation is paused', async () => {
    await start();
    await fetch(`http://127.0.0.1:${sandbox.httpPort}/simulate/pause`, { method: 'POST' });
    await submit('reply@simulator.test');
    expect(await getJson('/stats')).toMatchObject({ messages: 1, simulator: { paused: true, waiting: 1 } });
    await fetch(`http://127.0.0.1:${sandbox.httpPort}/simulate/resume`, { method: 'POST' });
    expect((await mails.next()).to).toBe('news@brand.test');
  });

  it('hold back the final reply when they are slow, although the message is logged', async () => {
    const held: (() => void)[] = [];
    const clock = { now: () => 0, after: (_ms: number, task: () => void) => (held.push(task), () => undefined) };
    await start({ clock });
    const answer = submit('slow@simulator.test');
    for (let total = 0; total === 0;) total = (await getJson<{ total: number }>('/messages')).total;
    expect(held).toHaveLength(1);
    held[0]!();
    expect(await answer).toMatchObject({ outcome: 'accepted' });
  });

  it('are refused in QQ’s words once its limit is passed', async () => {
    await start({ limits: { qq: { messagesPerMinute: 10 }, netease: { connectionsPerMinute: 1 } } });
    expect(await submit('first@qq.test')).toMatchObject({ outcome: 'accepted' });
    expect(await submit('second@qq.test')).toMatchObject({
      outcome: 'refused',
      reply: expect.stringContaining('550 Domain frequency limited') as string,
    });
    expect(await submit('first@163.test')).toMatchObject({ outcome: 'accepted' });
    expect(await submit('second@126.test')).toMatchObject({
      outcome: 'retry',
      reply: expect.stringContaining('421 HL:IFC 126.test') as string,
    });
    const { items } = await getJson<{ items: { simulated: string[] }[] }>('/refusals');
    expect(items.map(({ simulated }) => simulated[0])).toEqual([
      'limit:connectionsPerMinute',
      'limit:messagesPerMinute',
    ]);
  });
});
