import { createHash } from 'node:crypto';
import { Egress } from '#platform/egress';
import { createTestAuthority, freePort, startDovecot, startScriptedServer } from '#platform/testing';
import type { Dovecot, ScriptedPeer, TestAuthority } from '#platform/testing';
import { POP3_VERIFY_TIMEOUTS, openPop3, verifyPop3 } from './index.js';
import type { Pop3Mailbox, Pop3Target } from './index.js';

let authority: TestAuthority;
let dovecot: Dovecot;
let users = 0;
const running: (() => unknown)[] = [];
const names = Array.from({ length: 20 }, (_, n) => `user${n}`);
const MB = 1_048_576;

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

const freshUser = () => names[(users += 1)] as string;

function targetOf(user: string, change: Partial<Pop3Target> = {}): Pop3Target {
  return {
    host: 'localhost',
    port: dovecot.pop3sPort,
    security: 'tls',
    auth: { method: 'password', user, secret: 'geheim' },
    egress: new Egress('127.0.0.0/8', authority.ca),
    timeouts: { ...POP3_VERIFY_TIMEOUTS, greeting: 500, command: 5_000 },
    ...change,
  };
}

async function open(target: Pop3Target): Promise<Pop3Mailbox> {
  const opened = await openPop3(target);
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
  running.push(() => opened.mailbox.close());
  return opened.mailbox;
}

const mail = (subject: string, body = 'hello') => `Subject: ${subject}\r\n\r\n${body}\r\n`;
const b64 = (text: string) => Buffer.from(text).toString('base64');

/** A server in words: what it answers to each command; the login is taken as it comes. */
async function scripted(answers: Record<string, (line: string, peer: ScriptedPeer) => void>, greeting = '+OK ready') {
  const server = await startScriptedServer(async (peer) => {
    peer.say(`${greeting}\r\n`);
    for (;;) {
      const line = await peer.line();
      const [verb = ''] = line.split(' ');
      if (answers[verb]) answers[verb](line, peer);
      else if (verb === 'CAPA') peer.say('-ERR unknown\r\n');
      else peer.say('+OK\r\n');
      if (verb === 'QUIT') return peer.end();
    }
  });
  running.push(() => server.close());
  return server;
}

describe('a mailbox of Dovecot', () => {
  it.each(['tls', 'starttls', 'none'] as const)('is read byte by byte (%s)', async (security) => {
    const user = freshUser();
    const raw = mail('one', '.dot\r\n..two\r\n你好\r\n.');
    dovecot.append(user, 'INBOX', raw);
    const mailbox = await open(
      targetOf(user, { security, port: security === 'tls' ? dovecot.pop3sPort : dovecot.pop3Port }),
    );
    const [entry, ...rest] = await mailbox.list();
    expect(rest).toEqual([]);
    expect(entry?.key).toMatch(/^u:/);
    expect(await mailbox.read(entry!, MB)).toEqual({ raw: Buffer.from(raw), cut: false });
  });

  it('keeps its keys, and deletes at QUIT only', async () => {
    const user = freshUser();
    for (const name of ['a', 'b', 'c']) dovecot.append(user, 'INBOX', mail(name));
    const first = await open(targetOf(user));
    const before = await first.list();
    expect(await first.delete(1)).toBe(true);
    first.close(); // a connection that is lost: nothing is deleted
    const second = await open(targetOf(user));
    expect((await second.list()).map(({ key }) => key)).toEqual(before.map(({ key }) => key));
    await second.delete(1);
    expect(await second.quit()).toBe(true);
    const third = await open(targetOf(user));
    expect((await third.list()).map(({ key }) => key)).toEqual(before.slice(1).map(({ key }) => key));
    await third.quit();
  });

  it('gives the beginning of a mail that is too large', async () => {
    const user = freshUser();
    dovecot.append(user, 'INBOX', mail('large', 'x'.repeat(70).concat('\r\n').repeat(20_000)));
    const mailbox = await open(targetOf(user));
    const [entry] = await mailbox.list();
    const { raw, cut } = await mailbox.read(entry!, 100_000);
    expect(cut).toBe(true);
    expect(raw.length).toBe(100_000);
    expect(await mailbox.count()).toBe(1); // and the session goes on
  });
});

describe('odd servers', () => {
  it('without UIDL: mails are known by size and header', async () => {
    const mails = [mail('a'), mail('b'), mail('b')];
    const server = await scripted({
      LIST: (_, peer) => peer.say('+OK\r\n1 20\r\n2 20\r\n3 20\r\n.\r\n'),
      UIDL: (_, peer) => peer.say('-ERR no such command\r\n'),
      TOP: (line, peer) => peer.say(`+OK\r\n${mails[Number(line.split(' ')[1]) - 1]}.\r\n`),
    });
    const mailbox = await open(targetOf('anna', { port: server.port, security: 'none' }));
    const keys = (await mailbox.list()).map(({ key }) => key);
    expect(keys[0]).toMatch(/^h:/);
    expect(keys[1]).not.toBe(keys[0]);
    expect(keys[2]).toBe(keys[1]);
  });

  it('that give one UIDL to several mails are not believed there', async () => {
    const server = await scripted({
      LIST: (_, peer) => peer.say('+OK\r\n1 20\r\n2 21\r\n3 22\r\n.\r\n'),
      UIDL: (_, peer) => peer.say('+OK\r\n1 same\r\n2 same\r\n3 own\r\n.\r\n'),
      TOP: (line, peer) => peer.say(`+OK\r\nSubject: ${line}\r\n.\r\n`),
    });
    const mailbox = await open(targetOf('anna', { port: server.port, security: 'none' }));
    const keys = (await mailbox.list()).map(({ key }) => key);
    expect(keys[2]).toBe('u:own');
    expect(new Set(keys).size).toBe(3);
  });

  it('that never end a line, a list or a mail', async () => {
    const endless = await scripted({ STAT: (_, peer) => peer.say('+OK '.concat('9'.repeat(10_000))) });
    const lines = await open(targetOf('anna', { port: endless.port, security: 'none' }));
    await expect(lines.count()).rejects.toThrow('4096 octets');
    expect(lines.usable).toBe(false);

    let drip: NodeJS.Timeout | undefined;
    const slow = await scripted({
      RETR: (_, peer) => {
        peer.say('+OK\r\n');
        drip = setInterval(() => peer.say('x'), 20);
      },
    });
    running.push(() => clearInterval(drip));
    const timeouts = { ...POP3_VERIFY_TIMEOUTS, transfer: 400 };
    const mailbox = await open(targetOf('anna', { port: slow.port, security: 'none', timeouts }));
    await expect(mailbox.read({ number: 1, size: 10, key: 'u:1' }, MB)).rejects.toThrow('in time');
  });

  it('that lie about a size are read up to the bound, and go on', async () => {
    const server = await scripted({
      RETR: (_, peer) => peer.say(`+OK 10 octets\r\n${'y'.repeat(3 * MB)}\r\n.\r\n`),
      STAT: (_, peer) => peer.say('+OK 7 99\r\n'),
    });
    const mailbox = await open(targetOf('anna', { port: server.port, security: 'none' }));
    const { raw, cut } = await mailbox.read({ number: 1, size: 10, key: 'u:1' }, MB);
    expect([raw.length, cut]).toEqual([MB, true]);
    expect(await mailbox.count()).toBe(7);
  });

  it('an answer in pieces of one byte reads as one', async () => {
    const server = await scripted({
      RETR: (_, peer) => {
        const bytes = [...'+OK\r\na\r\n..b\r\n.\r\n'];
        const next = () => {
          const byte = bytes.shift();
          if (byte === undefined) return;
          peer.say(byte);
          setImmediate(next);
        };
        next();
      },
    });
    const mailbox = await open(targetOf('anna', { port: server.port, security: 'none' }));
    const { raw } = await mailbox.read({ number: 1, size: 8, key: 'u:1' }, MB);
    expect(raw.toString()).toBe('a\r\n.b\r\n');
  });
});

describe('logging in', () => {
  const said: string[] = [];
  beforeEach(() => said.splice(0));
  const note = (line: string, peer: ScriptedPeer) => {
    said.push(line);
    peer.say('+OK\r\n');
  };
  const capa = (sasl: string) => (_: string, peer: ScriptedPeer) => peer.say(`+OK\r\nTOP\r\nSASL ${sasl}\r\n.\r\n`);

  it('by APOP where the server shows a time stamp and nothing is encrypted', async () => {
    const server = await scripted({ APOP: note }, '+OK <1.2@test> ready');
    await open(targetOf('anna', { port: server.port, security: 'none' }));
    expect(said).toEqual([`APOP anna ${createHash('md5').update('<1.2@test>geheim').digest('hex')}`]);
  });

  it('by USER and PASS where APOP does not work after all', async () => {
    const refuse = (_: string, peer: ScriptedPeer) => peer.say('-ERR no\r\n');
    const server = await scripted({ APOP: refuse, USER: note, PASS: note }, '+OK <1.2@test> ready');
    await open(targetOf('anna', { port: server.port, security: 'none' }));
    expect(said).toEqual(['USER anna', 'PASS geheim']);
  });

  it.each([
    ['PLAIN', '+ \r\n', [b64('\0anna\0geheim')]],
    ['LOGIN', `+ ${b64('Username:')}\r\n`, [b64('anna'), b64('geheim')]],
  ])('by AUTH %s', async (mechanism, question, replies) => {
    const server = await startScriptedServer(async (peer) => {
      peer.say('+OK ready\r\n');
      for (;;) {
        const line = await peer.line();
        if (line === 'CAPA') peer.say(`+OK\r\nSASL ${mechanism}\r\n.\r\n`);
        else if (line.startsWith('AUTH')) {
          for (const _ of replies) {
            peer.say(question);
            said.push(await peer.line());
          }
          peer.say('+OK\r\n');
        } else peer.say('+OK\r\n');
      }
    });
    running.push(() => server.close());
    await open(targetOf('anna', { port: server.port, security: 'none' }));
    expect(said).toEqual(replies);
  });

  it('by XOAUTH2, and what the provider says when it refuses a token', async () => {
    const server = await startScriptedServer(async (peer, connection) => {
      peer.say('+OK ready\r\n');
      await peer.line();
      peer.say('+OK\r\nSASL XOAUTH2\r\n.\r\n');
      await peer.line();
      peer.say('+ \r\n');
      said.push(await peer.line());
      if (connection === 1) return peer.say('+OK\r\n');
      peer.say(`+ ${b64('{"status":"401"}')}\r\n`);
      said.push(await peer.line());
      peer.say('-ERR [AUTH] Invalid credentials\r\n');
    });
    running.push(() => server.close());
    const auth = { method: 'xoauth2', user: 'anna', secret: 'token' } as const;
    const target = targetOf('anna', { port: server.port, security: 'none', auth });
    await open(target);
    expect(said).toEqual([b64('user=anna\x01auth=Bearer token\x01\x01')]);
    expect(await openPop3(target)).toMatchObject({
      failure: { step: 'auth', diagnosis: 'auth-failed', detail: expect.stringContaining('401') },
    });
    expect(said.at(-1)).toBe('');
  });

  it('names a server that offers nothing we know', async () => {
    const server = await scripted({ CAPA: capa('GSSAPI') });
    expect(await openPop3(targetOf('anna', { port: server.port, security: 'none' }))).toMatchObject({
      failure: { step: 'auth', diagnosis: 'auth-method-not-offered' },
    });
  });

  it('never lets a user’s text become a second command', async () => {
    const server = await scripted({ USER: note });
    const auth = { method: 'password', user: 'anna\r\nDELE 1', secret: 'x' } as const;
    await expect(openPop3(targetOf('', { port: server.port, security: 'none', auth }))).rejects.toThrow('line end');
    expect(said).toEqual([]);
  });
});

describe('verify names', () => {
  async function outcome(change: Partial<Pop3Target>): Promise<string> {
    const steps = await verifyPop3(targetOf('user0', change), 200);
    const last = steps.at(-1)!;
    expect(steps.slice(0, -1).every(({ ok }) => ok)).toBe(true);
    return `${last.name}: ${last.diagnosis}`;
  }

  it('every step of a mailbox that works', async () => {
    const steps = await verifyPop3(targetOf(freshUser()), 200);
    expect(steps.map(({ name, ok }) => `${name} ${ok}`)).toEqual([
      ...['resolve true', 'connect true', 'tls true', 'greeting true', 'auth true', 'folders true'],
    ]);
  });

  it.each([
    ['resolve: name-not-found', { host: 'pop.no-such-host.invalid' }],
    ['resolve: address-not-allowed', { egress: new Egress('') }],
    ['auth: auth-failed', { auth: { method: 'password', user: 'user0', secret: 'wrong' } }],
    ['tls: certificate-untrusted', { egress: new Egress('127.0.0.0/8') }],
  ] as const)('%s', async (expected, change) => {
    expect(await outcome(change as Partial<Pop3Target>)).toBe(expected);
  });

  it('ports and protocols', async () => {
    expect(await outcome({ port: await freePort() })).toBe('connect: connection-refused');
    expect(await outcome({ port: dovecot.pop3Port })).toBe('tls: tls-on-plain-port');
    expect(await outcome({ security: 'starttls' })).toBe('greeting: plain-on-tls-port');
    expect(await outcome({ port: dovecot.imapPort, security: 'none' })).toBe('greeting: not-the-protocol');
    const bare = await scripted({ CAPA: (_, peer) => peer.say('+OK\r\nUSER\r\n.\r\n') });
    expect(await outcome({ port: bare.port, security: 'starttls' })).toBe('tls: starttls-not-offered');
    const silent = await startScriptedServer(() => undefined);
    running.push(() => silent.close());
    expect(await outcome({ port: silent.port, security: 'none' })).toBe('greeting: timed-out');
  });

  it('words that were slipped in before TLS', async () => {
    const server = await scripted({ STLS: (_, peer) => peer.say('+OK begin\r\n+OK injected\r\n') });
    expect(await outcome({ port: server.port, security: 'starttls' })).toBe('tls: tls-failed');
  });

  it.each([
    ['-ERR [IN-USE] Mailbox is locked', 'mailbox-in-use'],
    ['-ERR [LOGIN-DELAY] minimum time between logins', 'service-unavailable'],
    [
      '-ERR Login fail. Account is abnormal, service is not open, password is incorrect, login frequency limited, or system is busy.',
      'auth-failed',
    ],
    ['-ERR [AUTH] Application-specific password required', 'app-password-required'],
    ['-ERR [SYS/PERM] Your account is not enabled for POP access.', 'service-disabled'],
    ['-ERR Unsafe Login. Please contact kefu@188.com for help', 'unsafe-login'],
    ['-ERR [AUTH] Plaintext authentication disallowed on non-secure (SSL/TLS) connections.', 'auth-method-not-offered'],
  ])('%s → %s', async (answer, diagnosis) => {
    const server = await scripted({ PASS: (_, peer) => peer.say(`${answer}\r\n`) });
    expect(await outcome({ port: server.port, security: 'none' })).toBe(`auth: ${diagnosis}`);
  });
});
