import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions } from 'smtp-server';
import { Egress } from '#platform/egress';
import { createTestAuthority, freePort, startScriptedServer } from '#platform/testing';
import type { TestAuthority, TestCertificate } from '#platform/testing';
import { verifySmtp } from './index.js';
import type { SmtpTarget } from './index.js';

const PROBE = { from: 'bounce@news.example', to: 'postmaster@news.example' };
const TIMEOUTS = { connect: 2_000, greeting: 400, command: 2_000, dataStart: 400, bodyStall: 400, dataEnd: 400 };

let authority: TestAuthority;
let good: TestCertificate;
const running: (() => Promise<unknown>)[] = [];

beforeAll(() => {
  authority = createTestAuthority();
  good = authority.issue('localhost');
});
afterAll(() => authority.remove());
afterEach(async () => {
  for (const close of running.splice(0)) await close();
});

async function verify(port: number, change: Partial<SmtpTarget> = {}, probe: typeof PROBE | null = PROBE) {
  const target: SmtpTarget = {
    host: 'localhost',
    port,
    security: 'none',
    auth: { method: 'none', user: '' },
    name: 'sender.example',
    egress: new Egress('127.0.0.0/8', authority.ca),
    timeouts: TIMEOUTS,
    ...change,
  };
  return verifySmtp(target, probe, 300);
}

/** Name and diagnosis of the last step; all before it must be ok. */
async function outcome(port: number, change: Partial<SmtpTarget> = {}) {
  const steps = await verify(port, change);
  expect(steps.slice(0, -1).every(({ ok, diagnosis }) => ok && diagnosis === 'ok')).toBe(true);
  const { name, diagnosis, ok, detail } = steps.at(-1)!;
  expect(ok).toBe(diagnosis === 'ok');
  expect(detail).not.toBe('');
  return `${name}: ${diagnosis}`;
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  running.push(() => new Promise((resolve) => server.close(resolve)));
  return (server.address() as AddressInfo).port;
}

async function smtp(options: SMTPServerOptions = {}): Promise<number> {
  const server = new SMTPServer({
    ...good,
    authOptional: true,
    disableReverseLookup: true,
    closeTimeout: 500,
    ...options,
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  running.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return (server.server.address() as AddressInfo).port;
}

/** A server that answers the commands after EHLO with these replies and counts DATA. */
async function scripted(replies: Record<string, string>, greeting = '220 mx.test\r\n') {
  const asked: string[] = [];
  const server = await startScriptedServer(async (peer) => {
    peer.say(greeting);
    for (;;) {
      const command = await peer.line().catch(() => 'QUIT');
      asked.push(command);
      if (command === 'QUIT') return peer.end();
      const verb = command.split(/[ :]/)[0] ?? '';
      peer.say(verb === 'EHLO' ? '250-mx.test\r\n250 PIPELINING\r\n' : `${replies[verb] ?? '250 ok'}\r\n`);
    }
  });
  running.push(() => server.close());
  return { port: server.port, asked };
}

describe('a working account', () => {
  it('shows every step, and never says DATA', async () => {
    const { port, asked } = await scripted({});
    const steps = await verify(port);
    expect(steps.map(({ name, diagnosis }) => `${name} ${diagnosis}`)).toEqual([
      'resolve ok',
      'connect ok',
      'greeting ok',
      'from ok',
      'recipient ok',
    ]);
    expect(asked).toEqual([
      'EHLO sender.example',
      'MAIL FROM:<bounce@news.example>',
      'RCPT TO:<postmaster@news.example>',
      'RSET',
      'QUIT',
    ]);
  });

  it.each(['tls', 'starttls'] as const)('has its TLS and its password checked (%s)', async (security) => {
    const port = await smtp({
      secure: security === 'tls',
      authOptional: false,
      onAuth: (auth, _session, done) => done(null, { user: auth.username }),
    });
    const auth = { method: 'plain', user: 'anna', secret: 'geheim' } as const;
    const steps = await verify(port, { security, auth });
    expect(steps.every(({ ok }) => ok)).toBe(true);
    expect(steps.map(({ name }) => name).sort()).toEqual([
      'auth',
      'connect',
      'from',
      'greeting',
      'recipient',
      'resolve',
      'tls',
    ]);
  });

  it('is one that greylists, or that has no such user: it would take mail for others', async () => {
    expect(await outcome((await scripted({ RCPT: '450 4.7.1 greylisted' })).port)).toBe('recipient: ok');
    expect(await outcome((await scripted({ RCPT: '550 5.1.1 User unknown' })).port)).toBe('recipient: ok');
  });
});

describe('the way to the server', () => {
  it('name-not-found', async () => {
    expect(await outcome(25, { host: 'smtp.no-such-host.invalid' })).toBe('resolve: name-not-found');
  });

  it('address-not-allowed', async () => {
    expect(await outcome(25, { egress: new Egress('') })).toBe('resolve: address-not-allowed');
  });

  it('connection-refused', async () => {
    expect(await outcome(await freePort())).toBe('connect: connection-refused');
  });

  it('timed-out, when it takes the connection and stays silent', async () => {
    const server = await startScriptedServer(() => undefined);
    running.push(() => server.close());
    expect(await outcome(server.port)).toBe('greeting: timed-out');
  });

  it('not-the-protocol: a web server', async () => {
    const port = await listen(createHttpServer((_request, response) => response.end('hello')));
    expect(await outcome(port)).toBe('greeting: not-the-protocol');
    expect(await outcome(port, { security: 'tls' })).toBe('tls: not-the-protocol');
  });

  it('not-the-protocol: an IMAP server, in clear and by TLS', async () => {
    const { port } = await scripted({}, '* OK [CAPABILITY IMAP4rev1] Dovecot ready.\r\n');
    expect(await outcome(port)).toBe('greeting: not-the-protocol');
    expect(await outcome(port, { security: 'tls' })).toBe('tls: not-the-protocol');
    const imaps = createTlsServer(good, (socket) => socket.on('error', () => undefined).write('* OK ready\r\n'));
    expect(await outcome(await listen(imaps), { security: 'tls' })).toBe('greeting: not-the-protocol');
  });

  it('service-unavailable: 421 or 554 instead of a greeting', async () => {
    expect(await outcome((await scripted({}, '421 4.3.2 too many connections\r\n')).port)).toBe(
      'greeting: service-unavailable',
    );
    expect(await outcome((await scripted({}, '554 5.7.1 your host is blocked\r\n')).port)).toBe(
      'greeting: service-unavailable',
    );
  });
});

describe('TLS', () => {
  it('tls-on-plain-port', async () => {
    expect(await outcome(await smtp(), { security: 'tls' })).toBe('tls: tls-on-plain-port');
  });

  it('plain-on-tls-port', async () => {
    const port = await smtp({ secure: true });
    expect(await outcome(port, { security: 'starttls' })).toBe('greeting: plain-on-tls-port');
  });

  it('starttls-not-offered', async () => {
    const port = await smtp({ disabledCommands: ['STARTTLS'] });
    expect(await outcome(port, { security: 'starttls' })).toBe('tls: starttls-not-offered');
  });

  it.each([
    ['certificate-expired', () => authority.issue('localhost', -1)],
    ['certificate-self-signed', () => authority.selfSigned('localhost')],
    ['certificate-wrong-name', () => authority.issue('mail.other.example')],
  ])('%s, from the start and by STARTTLS', async (diagnosis, make) => {
    const certificate = make();
    expect(await outcome(await smtp({ ...certificate, secure: true }), { security: 'tls' })).toBe(`tls: ${diagnosis}`);
    expect(await outcome(await smtp(certificate), { security: 'starttls' })).toBe(`tls: ${diagnosis}`);
  });

  it('certificate-untrusted', async () => {
    const egress = new Egress('127.0.0.0/8');
    expect(await outcome(await smtp({ secure: true }), { security: 'tls', egress })).toBe('tls: certificate-untrusted');
    expect(await outcome(await smtp(), { security: 'starttls', egress })).toBe('tls: certificate-untrusted');
  });

  it('tls-failed: only versions that are too old', async () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' } as const;
    expect(await outcome(await smtp({ secure: true, ...old }), { security: 'tls' })).toBe('tls: tls-failed');
    expect(await outcome(await smtp(old), { security: 'starttls' })).toBe('tls: tls-failed');
  });
});

describe('authentication', () => {
  const auth = { method: 'plain', user: 'anna', secret: 'geheim' } as const;

  it('auth-method-not-offered', async () => {
    const port = await smtp({ authMethods: ['LOGIN'], allowInsecureAuth: true });
    expect(await outcome(port, { auth })).toBe('auth: auth-method-not-offered');
  });

  it('auth-method-not-offered: no authentication at all before TLS', async () => {
    expect(await outcome((await scripted({})).port, { auth })).toBe('auth: auth-method-not-offered');
  });

  it('auth-failed, with the server’s words and never the password', async () => {
    const port = await smtp({
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(new Error('wrong, see https://help.example/535')),
    });
    const steps = await verify(port, { auth });
    expect(steps.at(-1)).toMatchObject({ name: 'auth', diagnosis: 'auth-failed' });
    expect(steps.at(-1)?.detail).toBe('535 wrong, see https://help.example/535');
    expect(JSON.stringify(steps)).not.toMatch(/geheim|Z2VoZWlt/);
  });

  it('auth-required', async () => {
    expect(await outcome(await smtp({ authOptional: false }))).toBe('from: auth-required');
    expect(await outcome((await scripted({ MAIL: '503 Error: need EHLO and AUTH first !' })).port)).toBe(
      'from: auth-required',
    );
  });
});

describe('sender and recipient', () => {
  it('from-refused', async () => {
    const { port } = await scripted({ MAIL: '501 Mail from address must be same as authorization user.' });
    expect(await outcome(port)).toBe('from: from-refused');
  });

  it('relay-denied', async () => {
    const { port } = await scripted({ RCPT: '554 5.7.1 <postmaster@news.example>: Relay access denied' });
    expect(await outcome(port)).toBe('recipient: relay-denied');
  });

  it('recipient-refused', async () => {
    const { port } = await scripted({ RCPT: '550 5.7.1 policy' });
    expect(await outcome(port)).toBe('recipient: recipient-refused');
  });

  it('service-unavailable: 451 to MAIL FROM, 421 to RCPT TO, and a connection that is lost', async () => {
    expect(await outcome((await scripted({ MAIL: '451 4.3.0 try later' })).port)).toBe('from: service-unavailable');
    expect(await outcome((await scripted({ RCPT: '421 4.7.0 closing' })).port)).toBe('recipient: service-unavailable');
    const server = await startScriptedServer(async (peer) => {
      peer.say('220 mx.test\r\n');
      await peer.line();
      peer.say('250 mx.test\r\n');
      await peer.line();
      peer.cut();
    });
    running.push(() => server.close());
    expect(await outcome(server.port)).toBe('from: service-unavailable');
  });
});
