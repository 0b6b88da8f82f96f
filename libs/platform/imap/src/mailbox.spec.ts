import { createServer as createHttpServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Egress } from '#platform/egress';
import { createTestAuthority, freePort, startDovecot, startScriptedServer } from '#platform/testing';
import type { Dovecot, TestAuthority } from '#platform/testing';
import { IMAP_VERIFY_TIMEOUTS, openMailbox, verifyMailbox } from './index.js';
import type { FetchedMail, ImapMailbox, ImapTarget } from './index.js';

let authority: TestAuthority;
let dovecot: Dovecot;
let users = 0;
const running: (() => Promise<unknown>)[] = [];
const names = Array.from({ length: 40 }, (_, n) => `user${n}`);

beforeAll(async () => {
  authority = createTestAuthority();
  const certificate = authority.issue('localhost');
  dovecot = await startDovecot({ users: Object.fromEntries(names.map((name) => [name, 'geheim'])), certificate });
});
afterAll(async () => {
  await dovecot.close();
  authority.remove();
});
afterEach(async () => {
  for (const close of running.splice(0)) await close();
});

/** A user nobody has used yet. */
const freshUser = () => names[(users += 1)] as string;

function targetOf(user: string, change: Partial<ImapTarget> = {}): ImapTarget {
  return {
    host: 'localhost',
    port: dovecot.imapsPort,
    security: 'tls',
    auth: { method: 'password', user, secret: 'geheim' },
    egress: new Egress('127.0.0.0/8', authority.ca),
    timeouts: { ...IMAP_VERIFY_TIMEOUTS, greeting: 500, command: 5_000 },
    ...change,
  };
}

async function open(user: string, change: Partial<ImapTarget> = {}): Promise<ImapMailbox> {
  const opened = await openMailbox(targetOf(user, change));
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
  running.push(() => opened.mailbox.close());
  return opened.mailbox;
}

async function collect(mails: AsyncGenerator<FetchedMail>): Promise<FetchedMail[]> {
  const all: FetchedMail[] = [];
  for await (const mail of mails) all.push(mail);
  return all;
}

const mail = (subject: string, body = 'hello') => `Subject: ${subject}\r\n\r\n${body}\r\n`;

describe('reading', () => {
  it.each(['tls', 'starttls', 'none'] as const)(
    'fetches what lies in a folder, byte by byte (%s)',
    async (security) => {
      const user = freshUser();
      dovecot.append(user, 'INBOX', mail('one', '你好'));
      const port = security === 'tls' ? dovecot.imapsPort : dovecot.imapPort;
      const mailbox = await open(user, { security, port });
      expect(await mailbox.select('INBOX')).toMatchObject({ ok: true, messages: 1, uidNext: 2 });
      const [fetched, ...rest] = await collect(mailbox.fetchSince(0));
      expect(rest).toEqual([]);
      expect(fetched).toMatchObject({ uid: 1, cut: false });
      expect(fetched?.raw.toString()).toBe(mail('one', '你好'));
    },
  );

  it('goes on after the last UID, in order and in batches, and never answers an old mail again', async () => {
    const user = freshUser();
    for (let n = 1; n <= 130; n += 1) dovecot.append(user, 'INBOX', mail(`n${n}`));
    const mailbox = await open(user);
    await mailbox.select('INBOX');
    const seen: number[] = [];
    for (;;) {
      const batch = await collect(mailbox.fetchSince(seen.at(-1) ?? 0, { limit: 60 }));
      if (batch.length === 0) break;
      expect(batch.length).toBeLessThanOrEqual(60);
      seen.push(...batch.map(({ uid }) => uid));
    }
    expect(seen).toEqual(Array.from({ length: 130 }, (_, n) => n + 1));
    expect(await collect(mailbox.fetchSince(130))).toEqual([]);
  });

  it('finds mail that came after the folder was opened', async () => {
    const user = freshUser();
    const mailbox = await open(user);
    await mailbox.select('INBOX');
    dovecot.append(user, 'INBOX', mail('late'));
    await mailbox.noop();
    expect(await collect(mailbox.fetchSince(0))).toHaveLength(1);
  });

  it('reads the beginning of a text that is too large, and its neighbours whole', async () => {
    const user = freshUser();
    dovecot.append(user, 'INBOX', mail('small'));
    dovecot.append(user, 'INBOX', mail('large', 'x'.repeat(1_000_000)));
    dovecot.append(user, 'INBOX', mail('small again'));
    const mailbox = await open(user);
    await mailbox.select('INBOX');
    const fetched = await collect(mailbox.fetchSince(0, { wholeBytes: 500_000 }));
    expect(fetched.map(({ cut }) => cut)).toEqual([false, true, false]);
    expect(fetched[1]?.raw.toString()).toMatch(/^Subject: large\r\nX-Hongyan-Left-Out: \d{6} octets\r\n\r\nx{262144}$/);
    expect(fetched[1]?.size).toBeGreaterThan(1_000_000);
  });

  it('leaves \\Seen as it is', async () => {
    const user = freshUser();
    dovecot.append(user, 'INBOX', mail('unread'));
    const mailbox = await open(user);
    await mailbox.select('INBOX');
    await collect(mailbox.fetchSince(0));
    const again = await startScriptedSearch(user);
    expect(again).toContain('* SEARCH 1');
  });

  it('lists folders and moves mail into one that it makes', async () => {
    const user = freshUser();
    dovecot.append(user, 'INBOX', mail('a'));
    dovecot.append(user, 'INBOX', mail('b'));
    dovecot.append(user, 'Junk', mail('c'));
    const mailbox = await open(user);
    expect((await mailbox.folders()).map(({ path }) => path).sort()).toEqual(['INBOX', 'Junk']);
    await mailbox.select('INBOX');
    expect(await mailbox.move([1], '已处理')).toMatchObject({ ok: true, uids: new Map([[1, 1]]) });
    expect(await mailbox.select('INBOX')).toMatchObject({ messages: 1 });
    expect(await mailbox.select('已处理')).toMatchObject({ ok: true, messages: 1 });
  });

  it('names a folder that does not exist', async () => {
    const mailbox = await open(freshUser());
    expect(await mailbox.select('Nowhere')).toMatchObject({
      ok: false,
      failure: { step: 'folders', diagnosis: 'folder-not-found' },
    });
  });
});

/** Asks the server itself for unread mail. */
async function startScriptedSearch(user: string): Promise<string> {
  const egress = new Egress('127.0.0.0/8');
  const dialed = await egress.dial(['127.0.0.1'], dovecot.imapPort, 2_000);
  if (!dialed.ok) throw new Error(dialed.detail);
  const { socket } = dialed;
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  socket.write(`a LOGIN ${user} geheim\r\nb SELECT INBOX\r\nc SEARCH UNSEEN\r\nd LOGOUT\r\n`);
  await once(socket, 'close');
  return text;
}

describe('waiting', () => {
  it('hears of a new mail at once by IDLE', async () => {
    const user = freshUser();
    const mailbox = await open(user);
    await mailbox.select('INBOX');
    expect(mailbox.canIdle).toBe(true);
    const waiting = mailbox.waitForChange();
    dovecot.append(user, 'INBOX', mail('news'));
    const started = performance.now();
    expect(await waiting).toBe('changed');
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(await collect(mailbox.fetchSince(0))).toHaveLength(1);
  });

  it('comes back when IDLE is due to be renewed, and the connection still works', async () => {
    const timeouts = { ...IMAP_VERIFY_TIMEOUTS, idle: { min: 200, max: 300 } };
    const mailbox = await open(freshUser(), { timeouts });
    await mailbox.select('INBOX');
    expect(await mailbox.waitForChange()).toBe('nothing');
    expect(await mailbox.waitForChange()).toBe('nothing');
    expect(mailbox.usable).toBe(true);
  });

  it('tells that the server is gone', async () => {
    const own = await startDovecot({ users: { anna: 'geheim' }, certificate: authority.issue('localhost') });
    running.push(() => own.close());
    const mailbox = await open('anna', { port: own.imapsPort });
    await mailbox.select('INBOX');
    const waiting = mailbox.waitForChange();
    await own.kill();
    expect(await waiting).toBe('closed');
    expect(mailbox.usable).toBe(false);
  });

  it('asks from time to time where there is no IDLE, and gives up a server that no longer answers', async () => {
    let noops = 0;
    const server = await startScriptedServer(async (peer) => {
      peer.say('* OK ready\r\n');
      for (;;) {
        const [tag, verb] = (await peer.line()).split(' ');
        if (verb === 'NOOP' && (noops += 1) === 2) return;
        if (verb === 'CAPABILITY') peer.say('* CAPABILITY IMAP4rev1\r\n');
        if (verb === 'SELECT') peer.say('* 0 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 1] x\r\n');
        if (verb === 'NOOP') peer.say('* 1 EXISTS\r\n');
        peer.say(`${tag} OK done\r\n`);
      }
    });
    running.push(() => server.close());
    const timeouts = { ...IMAP_VERIFY_TIMEOUTS, poll: 100, command: 400 };
    const mailbox = await open('anna', { port: server.port, security: 'none', timeouts });
    await mailbox.select('INBOX');
    expect(mailbox.canIdle).toBe(false);
    expect(await mailbox.waitForChange()).toBe('changed');
    expect(await mailbox.waitForChange()).toBe('closed');
    expect(mailbox.usable).toBe(false);
  });
});

describe('NetEase', () => {
  const netease = (needsId: boolean) =>
    startScriptedServer(async (peer) => {
      let identified = false;
      peer.say('* OK Coremail ready\r\n');
      for (;;) {
        const [tag, verb] = (await peer.line()).split(' ');
        if (verb === 'ID') identified = true;
        if (verb === 'CAPABILITY') peer.say(`* CAPABILITY IMAP4rev1${needsId ? ' ID' : ''}\r\n`);
        if (verb === 'SELECT' && !identified) {
          peer.say(`${tag} NO SELECT Unsafe Login. Please contact kefu@188.com for help\r\n`);
          continue;
        }
        if (verb === 'SELECT') peer.say('* 0 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 1] x\r\n');
        peer.say(`${tag} OK done\r\n`);
        if (verb === 'LOGOUT') return peer.end();
      }
    });

  it('gets to know who we are before SELECT', async () => {
    const server = await netease(true);
    running.push(() => server.close());
    const mailbox = await open('anna', { port: server.port, security: 'none' });
    expect(await mailbox.select('INBOX')).toMatchObject({ ok: true, uidValidity: '7' });
  });

  it('that still refuses is diagnosed as unsafe-login', async () => {
    const server = await netease(false);
    running.push(() => server.close());
    const steps = await verifyMailbox(targetOf('anna', { port: server.port, security: 'none' }), ['INBOX'], 200);
    expect(steps.at(-1)).toMatchObject({ name: 'folders', ok: false, diagnosis: 'unsafe-login' });
  });
});

describe('verifyMailbox', () => {
  async function outcome(change: Partial<ImapTarget>, folders = ['INBOX'], user = 'user0') {
    const steps = await verifyMailbox(targetOf(user, change), folders, 200);
    expect(steps.slice(0, -1).every(({ ok }) => ok)).toBe(true);
    const last = steps.at(-1)!;
    expect(last.ok).toBe(last.diagnosis === 'ok');
    return `${last.name}: ${last.diagnosis}`;
  }

  it('shows every step of a mailbox that works', async () => {
    const steps = await verifyMailbox(targetOf(freshUser()), ['INBOX'], 200);
    expect(steps.map(({ name, ok }) => `${name} ${ok}`)).toEqual([
      ...['resolve true', 'connect true', 'tls true', 'greeting true', 'auth true', 'folders true'],
    ]);
  });

  it.each([
    ['name-not-found', { host: 'imap.no-such-host.invalid' }, 'resolve'],
    ['address-not-allowed', { egress: new Egress('') }, 'resolve'],
    ['auth-failed', { auth: { method: 'password', user: 'user0', secret: 'wrong' } }, 'auth'],
    ['certificate-untrusted', { egress: new Egress('127.0.0.0/8') }, 'tls'],
  ] as const)('%s', async (diagnosis, change, step) => {
    expect(await outcome(change as Partial<ImapTarget>)).toBe(`${step}: ${diagnosis}`);
  });

  it('connection-refused', async () => {
    expect(await outcome({ port: await freePort() })).toBe('connect: connection-refused');
  });

  it('tls-on-plain-port and plain-on-tls-port', async () => {
    expect(await outcome({ port: dovecot.imapPort })).toBe('tls: tls-on-plain-port');
    expect(await outcome({ security: 'starttls' })).toBe('greeting: plain-on-tls-port');
  });

  it('certificates: expired, self-signed, of another name', async () => {
    for (const [diagnosis, certificate] of [
      ['certificate-expired', authority.issue('localhost', -1)],
      ['certificate-self-signed', authority.selfSigned('localhost')],
      ['certificate-wrong-name', authority.issue('other.example')],
    ] as const) {
      const own = await startDovecot({ users: { user0: 'geheim' }, certificate });
      running.push(() => own.close());
      expect(await outcome({ port: own.imapsPort })).toBe(`tls: ${diagnosis}`);
      expect(await outcome({ port: own.imapPort, security: 'starttls' })).toBe(`tls: ${diagnosis}`);
    }
  });

  it('starttls-not-offered', async () => {
    const server = await startScriptedServer(async (peer) => {
      peer.say('* OK ready\r\n');
      for (;;) {
        const [tag, verb] = (await peer.line().catch(() => '* GONE')).split(' ');
        if (verb === 'GONE') return;
        if (verb === 'CAPABILITY') peer.say('* CAPABILITY IMAP4rev1\r\n');
        peer.say(`${tag} OK done\r\n`);
      }
    });
    running.push(() => server.close());
    expect(await outcome({ port: server.port, security: 'starttls' })).toBe('tls: starttls-not-offered');
  });

  it('not-the-protocol: an SMTP server, a web server', async () => {
    const smtp = await startScriptedServer((peer) => peer.say('220 mx.test ESMTP\r\n'));
    running.push(() => smtp.close());
    expect(await outcome({ port: smtp.port, security: 'none' })).toBe('greeting: not-the-protocol');
    const web = createHttpServer((_request, response) => response.end('hello'));
    web.listen(0, '127.0.0.1');
    await once(web, 'listening');
    running.push(() => new Promise((resolve) => web.close(resolve)));
    const { port } = web.address() as AddressInfo;
    expect(await outcome({ port, security: 'none' })).toBe('greeting: not-the-protocol');
    expect(await outcome({ port })).toBe('tls: not-the-protocol');
  });

  it('timed-out', async () => {
    const silent = await startScriptedServer(() => undefined);
    running.push(() => silent.close());
    expect(await outcome({ port: silent.port, security: 'none' })).toBe('greeting: timed-out');
    const mute = await startScriptedServer((peer) => peer.say('* OK ready\r\n'));
    running.push(() => mute.close());
    const timeouts = { ...IMAP_VERIFY_TIMEOUTS, idle: { min: 100, max: 100 }, command: 300 };
    expect(await outcome({ port: mute.port, security: 'none', timeouts })).toBe('greeting: timed-out');
  });

  it('service-unavailable, with the words of the server that sends us away', async () => {
    const full = await startScriptedServer((peer) => {
      peer.say('* BYE [UNAVAILABLE] Too many connections from your address\r\n');
      peer.end();
    });
    running.push(() => full.close());
    const steps = await verifyMailbox(targetOf(freshUser(), { port: full.port, security: 'none' }), ['INBOX'], 200);
    expect(steps.at(-1)).toEqual({
      ...{ name: 'greeting', ok: false, diagnosis: 'service-unavailable' },
      detail: '[UNAVAILABLE] Too many connections from your address',
    });
  });

  it('folder-not-found, with the folders there are', async () => {
    const user = freshUser();
    dovecot.append(user, 'Junk', mail('x'));
    const steps = await verifyMailbox(targetOf(user), ['INBOX', 'Spam'], 200);
    expect(steps.at(-1)).toMatchObject({ name: 'folders', diagnosis: 'folder-not-found' });
    expect(steps.at(-1)?.detail).toContain('Junk');
  });
});
