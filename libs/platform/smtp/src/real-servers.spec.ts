import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions } from 'smtp-server';
import { Egress } from '#platform/egress';
import { createTestAuthority, startPostfixSink } from '#platform/testing';
import type { TestAuthority, TestCertificate } from '#platform/testing';
import { SmtpPool, VERIFY_TIMEOUTS, openSession } from './index.js';
import type { MailSession, SmtpTarget } from './index.js';

const BODY = Buffer.from('Subject: hello\r\n\r\nbody\r\n');
const ENVELOPE = { from: 'bounce@news.example', to: 'anna@qq.test' };
const GO = { beforeBody: () => true };

let authority: TestAuthority;
let certificate: TestCertificate;
const running: { close(): Promise<void> | void }[] = [];

beforeAll(() => {
  authority = createTestAuthority();
  certificate = authority.issue('localhost');
});
afterAll(() => authority.remove());
afterEach(async () => {
  for (const each of running.splice(0).reverse()) await each.close();
});

function targetOf(port: number, change: Partial<SmtpTarget> = {}): SmtpTarget {
  return {
    host: 'localhost',
    port,
    security: 'none',
    auth: { method: 'none', user: '' },
    name: 'sender.example',
    egress: new Egress('127.0.0.0/8', authority.ca),
    timeouts: VERIFY_TIMEOUTS,
    ...change,
  };
}

/** smtp-server on a free port; `messages` are the bodies it took. */
async function startServer(options: SMTPServerOptions) {
  const messages: string[] = [];
  const server = new SMTPServer({
    ...certificate,
    authOptional: true,
    disableReverseLookup: true,
    closeTimeout: 1_000,
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        messages.push(Buffer.concat(chunks).toString());
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  running.push({ close: () => new Promise<void>((resolve) => server.close(() => resolve())) });
  return { port, messages };
}

/** Waits for what the server sees a moment after the client. */
async function until(holds: () => boolean): Promise<void> {
  for (let left = 500; !holds() && left > 0; left -= 1) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(holds()).toBe(true);
}

/** Opens a session that is closed after the test. */
async function open(target: SmtpTarget): Promise<MailSession> {
  const opened = await openSession(target);
  if (!opened.ok) throw new Error(opened.outcome.text);
  running.push(opened.session);
  return opened.session;
}

const credentials = (method: 'plain' | 'login' | 'cram-md5' | 'xoauth2', secret = 'geheim') =>
  ({ method, user: 'anna', secret }) as const;

const checksPassword: SMTPServerOptions = {
  authMethods: ['PLAIN', 'LOGIN', 'CRAM-MD5', 'XOAUTH2'],
  allowInsecureAuth: true,
  authOptional: false,
  onAuth(auth, _session, done) {
    const secret = auth.password ?? auth.accessToken;
    const good = secret === undefined ? auth.validatePassword('geheim') : secret === 'geheim';
    if (good) done(null, { user: auth.username });
    else done(null, { data: { status: '400', schemes: 'bearer' } } as never);
  },
};

/** Both ways of speaking, by what the server offers. */
const WAYS: Array<[string, { hidePIPELINING: boolean }, string[]]> = [
  ['in groups', { hidePIPELINING: false }, []],
  ['command by command', { hidePIPELINING: true }, ['-p']],
];

describe.each(WAYS)('a session with smtp-server, %s', (_way, offers) => {
  it('verifies TLS from the start and by STARTTLS, then sends', async () => {
    for (const security of ['tls', 'starttls'] as const) {
      const server = await startServer({ secure: security === 'tls', ...offers });
      const session = await open(targetOf(server.port, { security }));
      for (let n = 0; n < 3; n += 1) expect((await session.send(ENVELOPE, BODY, GO)).kind).toBe('accepted');
      expect(server.messages).toEqual([BODY, BODY, BODY].map(String));
    }
  });

  it.each(['plain', 'login', 'cram-md5', 'xoauth2'] as const)(
    'authenticates by %s, sends, and tells a wrong secret',
    async (method) => {
      const server = await startServer({ ...checksPassword, ...offers });
      const session = await open(targetOf(server.port, { auth: credentials(method) }));
      expect((await session.send(ENVELOPE, BODY, GO)).kind).toBe('accepted');
      const bad = await openSession(targetOf(server.port, { auth: credentials(method, 'wrong') }));
      expect(bad).toMatchObject({ ok: false, failure: { step: 'auth', diagnosis: 'auth-failed' } });
    },
  );
});

describe('a session with smtp-server', () => {
  it('never says a password in clear where TLS was asked for and is not offered', async () => {
    let auths = 0;
    const server = await startServer({
      ...checksPassword,
      hideSTARTTLS: true,
      disabledCommands: ['STARTTLS'],
      onAuth: (_auth, _session, done) => done(null, { user: String((auths += 1)) }),
    });
    const opened = await openSession(targetOf(server.port, { security: 'starttls', auth: credentials('plain') }));
    expect(opened).toMatchObject({ ok: false, failure: { step: 'tls', diagnosis: 'starttls-not-offered' } });
    expect(auths).toBe(0);
  });
});

describe.each(WAYS)('with Postfix’ smtp-sink, %s', (_way, _offers, way) => {
  const sinkOf = async (flags: string[]) => {
    const sink = await startPostfixSink([...way, ...flags]);
    running.push(sink);
    return targetOf(sink.port);
  };

  it('a hundred messages go over one connection', async () => {
    const session = await open(await sinkOf([]));
    const kinds = new Set<string>();
    for (let n = 0; n < 100; n += 1) kinds.add((await session.send(ENVELOPE, BODY, GO)).kind);
    expect([...kinds]).toEqual(['accepted']);
    expect(session.sent).toBe(100);
  });

  it.each([
    // The session's or the account's fault, and nothing was transferred.
    ['-r mail', 'unreachable'],
    ['-f mail', 'unreachable'],
    ['-q mail', 'unreachable'],
    ['-q rcpt', 'unreachable'],
    ['-q data', 'unreachable'],
    // The recipient's or the message's.
    ['-r rcpt', 'deferred'],
    ['-f rcpt', 'rejected'],
    ['-r data', 'deferred'],
    ['-f data', 'rejected'],
    ['-r .', 'deferred'],
    ['-f .', 'rejected'],
    // Taken or not: nobody knows.
    ['-q .', 'uncertain'],
  ])('%s makes a message %s', async (flags, kind) => {
    const session = await open(await sinkOf(flags.split(' ')));
    expect((await session.send(ENVELOPE, BODY, GO)).kind).toBe(kind);
  });

  it.each(['-r connect', '-q connect', '-q ehlo'])('%s is no connection', async (flags) => {
    expect(await openSession(await sinkOf(flags.split(' ')))).toMatchObject({
      ok: false,
      outcome: { kind: 'unreachable' },
    });
  });

  it('a server that takes a second over each message is waited for', async () => {
    const session = await open(await sinkOf(['-w', '1']));
    expect((await session.send(ENVELOPE, BODY, GO)).kind).toBe('accepted');
  });
});

describe('SmtpPool', () => {
  it('keeps to its connections, renews them after so many messages, and sends everything once', async () => {
    let open = 0;
    let most = 0;
    let total = 0;
    const server = await startServer({
      onConnect(_session, done) {
        most = Math.max(most, (open += 1));
        total += 1;
        done();
      },
      onClose: () => void (open -= 1),
    });
    const pool = new SmtpPool(targetOf(server.port), { connections: 3, messagesPerConnection: 5, idleMs: 60_000 });
    const sends = Array.from({ length: 40 }, (_, n) => pool.send(ENVELOPE, Buffer.from(`X: ${n}\r\n\r\n`), GO));
    const outcomes = await Promise.all(sends);
    expect(outcomes.filter((outcome) => outcome?.kind === 'accepted')).toHaveLength(40);
    expect(new Set(server.messages).size).toBe(40);
    expect(most).toBeLessThanOrEqual(4);
    expect(total).toBeGreaterThanOrEqual(8);
    await pool.drain();
  });

  it('makes do with the connections that a server takes, and nobody hears of those it refuses', async () => {
    let open = 0;
    let refused = 0;
    const server = await startServer({
      onConnect: (_session, done) => {
        if (open < 2) return void ((open += 1), done());
        refused += 1;
        const words = '4.7.0 Too many concurrent SMTP connections from this IP address';
        done(Object.assign(new Error(words), { responseCode: 421 }));
      },
    });
    const pool = new SmtpPool(targetOf(server.port), { connections: 8, messagesPerConnection: 100, idleMs: 60_000 });
    const sends = await Promise.all(Array.from({ length: 200 }, () => pool.send(ENVELOPE, BODY, GO)));
    expect(new Set(sends.map((outcome) => outcome?.kind))).toEqual(new Set(['accepted']));
    expect(server.messages).toHaveLength(200);
    expect(refused).toBeGreaterThan(0);
    expect(refused).toBeLessThanOrEqual(8);
    await pool.drain();
  });

  it('made smaller closes what is too many once it is through, made larger opens more', async () => {
    let open = 0;
    let most = 0;
    const server = await startServer({
      onConnect(_session, done) {
        most = Math.max(most, (open += 1));
        done();
      },
      onClose: () => void (open -= 1),
    });
    const pool = new SmtpPool(targetOf(server.port), { connections: 4, messagesPerConnection: 100, idleMs: 60_000 });
    const send = (count: number) => Promise.all(Array.from({ length: count }, () => pool.send(ENVELOPE, BODY, GO)));
    const first = send(40);
    await until(() => open === 4);
    pool.resize(1);
    await first;
    await until(() => open === 1);
    most = 0;
    await send(10);
    expect(most).toBe(0);
    pool.resize(2);
    await send(20);
    // Nobody waits for the new one: it may come when the first has sent everything.
    await until(() => most === 2);
    expect(server.messages).toHaveLength(70);
    await pool.drain();
  });

  it('replaces a kept connection that the server has closed meanwhile', async () => {
    let closed: () => void;
    const serverClosed = new Promise<void>((resolve) => (closed = resolve));
    const server = await startServer({ socketTimeout: 500, onClose: () => closed() });
    const pool = new SmtpPool(targetOf(server.port), { connections: 1, messagesPerConnection: 100, idleMs: 60_000 });
    expect(await pool.send(ENVELOPE, BODY, GO)).toMatchObject({ kind: 'accepted' });
    await serverClosed;
    expect(await pool.send(ENVELOPE, BODY, GO)).toMatchObject({ kind: 'accepted' });
    expect(server.messages).toHaveLength(2);
    await pool.drain();
  });

  it('tries a password that is refused once, however many messages wait for the connection', async () => {
    let tries = 0;
    const server = await startServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth(_auth, _session, done) {
        tries += 1;
        done(new Error('535 5.7.8 wrong password'));
      },
    });
    const auth = { method: 'login' as const, user: 'shop', secret: 'wrong' };
    const options = { connections: 10, messagesPerConnection: 100, idleMs: 60_000 };
    const pool = new SmtpPool({ ...targetOf(server.port), auth }, options);
    const closed = await Promise.all(Array.from({ length: 5 }, () => pool.warm()));
    expect(closed).toEqual(
      Array.from({ length: 5 }, () => expect.objectContaining({ kind: 'unreachable', code: 535 })),
    );
    expect(tries).toBe(1);
    const sends = await Promise.all(Array.from({ length: 200 }, () => pool.send(ENVELOPE, BODY, GO)));
    expect(new Set(sends.map((outcome) => outcome?.kind))).toEqual(new Set(['unreachable']));
    // As many as connections may open side by side, and not one more.
    expect(tries).toBeLessThanOrEqual(11);
    await pool.drain();
  });

  it('drains: what is on the wire finishes, what comes after is not sent', async () => {
    const server = await startServer({
      onData(stream, _session, done) {
        stream.resume();
        stream.on('end', () => setTimeout(() => done(), 200));
      },
    });
    const pool = new SmtpPool(targetOf(server.port), { connections: 1, messagesPerConnection: 100, idleMs: 60_000 });
    let begun: () => void;
    const onWire = new Promise<void>((resolve) => (begun = resolve));
    const first = pool.send(ENVELOPE, BODY, { beforeBody: () => (begun(), true) });
    // Its envelope may travel with the first body; the one behind it has no room.
    const ahead = pool.send(ENVELOPE, BODY, GO);
    const waiting = pool.send(ENVELOPE, BODY, GO);
    await onWire;
    await pool.drain();
    expect(await first).toMatchObject({ kind: 'accepted' });
    expect(await ahead).toMatchObject({ kind: 'accepted' });
    expect(await waiting).toBeNull();
  });
});
