import { startScriptedServer } from '#platform/testing';
import type { ScriptedPeer, ScriptedServer } from '#platform/testing';
import { Egress } from '#platform/egress';
import { SMTP_TIMEOUTS, openSession } from './index.js';
import type { MailSession, SmtpTarget } from './index.js';

const BODY = Buffer.from('Subject: hello\r\n\r\n.dot first\r\nlast line\r\n');
const ENVELOPE = { from: 'bounce@news.example', to: 'anna@qq.test' };
const GO = { beforeBody: () => true };
const FAST = {
  ...SMTP_TIMEOUTS,
  connect: 2000,
  greeting: 300,
  command: 300,
  dataStart: 300,
  bodyStall: 300,
  dataEnd: 300,
};

let server: ScriptedServer;
let session: MailSession | undefined;
let offered: string[] = [];

afterEach(async () => {
  session?.close();
  session = undefined;
  await server.close();
  expect(server.failures).toEqual([]);
});

function targetOf(port: number): SmtpTarget {
  const egress = new Egress('127.0.0.0/8');
  const auth = { method: 'none', user: '' } as const;
  return { host: '127.0.0.1', port, security: 'none', auth, name: 'sender.example', egress, timeouts: FAST };
}

async function start(script: (peer: ScriptedPeer) => Promise<void> | void): Promise<void> {
  server = await startScriptedServer(script);
}

async function open(): Promise<MailSession> {
  const opened = await openSession(targetOf(server.port));
  if (!opened.ok) throw new Error(opened.outcome.text);
  session = opened.session;
  return session;
}

async function greet(peer: ScriptedPeer, extensions: string[] = []): Promise<void> {
  peer.say('220 mx.test ESMTP\r\n');
  expect(await peer.line()).toBe('EHLO sender.example');
  peer.say([...['mx.test', ...offered, ...extensions].map((line) => `250-${line}`), '250 HELP', ''].join('\r\n'));
}

/** Says yes up to 354. */
async function takeEnvelope(peer: ScriptedPeer): Promise<void> {
  expect(await peer.line()).toMatch(/^MAIL FROM:<bounce@news.example>/);
  peer.say('250 2.1.0 ok\r\n');
  expect(await peer.line()).toBe('RCPT TO:<anna@qq.test>');
  peer.say('250 2.1.5 ok\r\n');
  expect(await peer.line()).toBe('DATA');
  peer.say('354 go\r\n');
}

/** The same for both ways of speaking: command by command, and in groups where the server offers it. */
describe.each<[string, string[]]>([
  ['command by command', []],
  ['in groups', ['PIPELINING']],
])('%s', (_name, extensions) => {
  beforeEach(() => {
    offered = extensions;
  });

  describe('what the server answers', () => {
    it('is accepted after a 2xx to the final dot, with the body dot-stuffed and ended by CRLF', async () => {
      let received = '';
      await start(async (peer) => {
        await greet(peer);
        await takeEnvelope(peer);
        received = await peer.until('\r\n.\r\n');
        peer.say('250-2.6.0 queued\r\n250 2.6.0 as 42\r\n');
      });
      const outcome = await (await open()).send(ENVELOPE, BODY, GO);
      expect(outcome).toEqual({ kind: 'accepted', code: 250, enhanced: '2.6.0', text: 'queued as 42' });
      expect(received).toBe('Subject: hello\r\n\r\n..dot first\r\nlast line\r\n.\r\n');
    });

    it('never lets a bare LF or CR leave, so that no message can be smuggled inside another', async () => {
      let received = '';
      await start(async (peer) => {
        await greet(peer);
        await takeEnvelope(peer);
        received = await peer.until('\r\nend\r\n.\r\n');
        peer.say('250 ok\r\n');
      });
      const body = Buffer.from('Subject: x\r\n\r\na\n.\nMAIL FROM:<evil@x.test>\r.\rb\r\nend\r\n');
      await (await open()).send(ENVELOPE, body, GO);
      expect(received).not.toMatch(/[^\r]\n|\r[^\n]/);
      expect(received).toContain('a\r\n..\r\nMAIL FROM:<evil@x.test>\r\n..\r\nb');
    });

    it.each([
      ['450 4.2.1 greylisted', 'deferred', 450, '4.2.1', 'greylisted'],
      ['550 5.1.1 User unknown', 'rejected', 550, '5.1.1', 'User unknown'],
      [
        '550 Mailbox not found. https://service.mail.qq.com',
        'rejected',
        550,
        undefined,
        'Mailbox not found. https://service.mail.qq.com',
      ],
      ['530 5.7.0 Authentication required', 'unreachable', 530, '5.7.0', 'Authentication required'],
    ] as const)('to RCPT with "%s" is %s', async (reply, kind, code, enhanced, text) => {
      await start(async (peer) => {
        await greet(peer);
        await peer.line();
        peer.say('250 ok\r\n');
        await peer.line();
        peer.say(`${reply}\r\n`);
      });
      const outcome = await (await open()).send(ENVELOPE, BODY, GO);
      expect(outcome).toEqual({ kind, code, text, ...(enhanced ? { enhanced } : {}) });
    });

    it('refusing the recipient leaves the connection usable: RSET, then the next message', async () => {
      await start(async (peer) => {
        await greet(peer);
        await peer.line();
        peer.say('250 ok\r\n');
        await peer.line();
        peer.say('550 5.1.1 no such user\r\n');
        if (offered.length > 0) {
          expect(await peer.line()).toBe('DATA');
          peer.say('554 5.5.1 no valid recipients\r\n');
        }
        expect(await peer.line()).toBe('RSET');
        peer.say('250 ok\r\n');
        await takeEnvelope(peer);
        await peer.until('\r\n.\r\n');
        peer.say('250 2.0.0 ok\r\n');
      });
      const opened = await open();
      expect((await opened.send(ENVELOPE, BODY, GO)).kind).toBe('rejected');
      expect(opened.usable).toBe(true);
      expect((await opened.send(ENVELOPE, BODY, GO)).kind).toBe('accepted');
      expect(opened.sent).toBe(2);
      expect(server.connections).toBe(1);
    });

    it('with pipelining refusing the recipient costs neither the connection nor the step', async () => {
      await start(async (peer) => {
        await greet(peer, ['PIPELINING']);
        await peer.until('DATA\r\n');
        peer.say('250 ok\r\n550 5.1.1 no such user\r\n554 5.5.1 no valid recipients\r\n');
        expect(await peer.line()).toBe('RSET');
        peer.say('250 ok\r\n');
        await peer.until('DATA\r\n');
        peer.say('250 ok\r\n250 ok\r\n354 go\r\n');
        await peer.until('\r\n.\r\n');
        peer.say('250 2.0.0 ok\r\n');
      });
      const opened = await open();
      expect(await opened.send(ENVELOPE, BODY, GO)).toMatchObject({ kind: 'rejected', code: 550, enhanced: '5.1.1' });
      expect((await opened.send(ENVELOPE, BODY, GO)).kind).toBe('accepted');
    });

    it('to a refused MAIL FROM is unreachable with its text: the sender is refused, not the recipient', async () => {
      await start(async (peer) => {
        await greet(peer);
        await peer.line();
        peer.say('553 5.7.1 Sender address rejected: not owned by user\r\n');
        await peer.closed();
      });
      const opened = await open();
      expect(await opened.send(ENVELOPE, BODY, GO)).toEqual({
        kind: 'unreachable',
        code: 553,
        enhanced: '5.7.1',
        text: 'Sender address rejected: not owned by user',
        senderRefused: true,
      });
      expect(opened.usable).toBe(false);
    });

    it('552 to the declared size at MAIL FROM is about the message', async () => {
      await start(async (peer) => {
        await greet(peer);
        await peer.line();
        peer.say('552 5.3.4 too big\r\n');
      });
      expect(await (await open()).send(ENVELOPE, BODY, GO)).toMatchObject({ kind: 'rejected', code: 552 });
    });

    it.each([
      ['452 4.3.1 disk full', 'deferred', 452],
      ['552 5.3.4 too big', 'rejected', 552],
      ['554 5.7.1 DT:SPM', 'rejected', 554],
      ['421 4.3.2 shutting down', 'unreachable', 421],
    ] as const)('after the final dot with "%s" is %s', async (reply, kind, code) => {
      await start(async (peer) => {
        await greet(peer);
        await takeEnvelope(peer);
        await peer.until('\r\n.\r\n');
        peer.say(`${reply}\r\n`);
      });
      expect(await (await open()).send(ENVELOPE, BODY, GO)).toMatchObject({ kind, code });
    });

    it('is read whole when it comes byte by byte and in many lines', async () => {
      await start(async (peer) => {
        await greet(peer);
        await takeEnvelope(peer);
        await peer.until('\r\n.\r\n');
        for (const byte of '550-5.7.1 first line\r\n550-5.7.1 second\r\n550 5.7.1 last\r\n') peer.say(byte);
      });
      expect(await (await open()).send(ENVELOPE, BODY, GO)).toEqual({
        kind: 'rejected',
        code: 550,
        enhanced: '5.7.1',
        text: 'first line second last',
      });
    });

    it('before the body has ended is no yes: uncertain, and the connection is dropped', async () => {
      await start(async (peer) => {
        await greet(peer);
        await takeEnvelope(peer);
        await peer.until('Subject: big');
        peer.say('250 2.0.0 already fine\r\n');
        await peer.closed();
      });
      const opened = await open();
      const big = Buffer.concat([
        Buffer.from('Subject: big\r\n\r\n'),
        Buffer.alloc(40_000_000, 'x'),
        Buffer.from('\r\n'),
      ]);
      expect((await opened.send(ENVELOPE, big, GO)).kind).toBe('uncertain');
      expect(opened.usable).toBe(false);
    });

    it('to DATA with 250 instead of 354 gives the message up before a byte of it leaves', async () => {
      await start(async (peer) => {
        await greet(peer);
        await peer.line();
        peer.say('250 ok\r\n');
        await peer.line();
        peer.say('250 ok\r\n');
        await peer.line();
        peer.say('250 ok\r\n');
        await peer.closed();
        expect(peer.received).toBe('');
      });
      expect(await (await open()).send(ENVELOPE, BODY, GO)).toEqual({
        kind: 'unreachable',
        text: 'The server answered DATA with 250 instead of 354.',
      });
    });
  });

  describe('notifications of delivery', () => {
    const asked = { ...ENVELOPE, to: 'anna+vip=a@qq.test', notify: { id: '7.42' } };
    const takes = async (peer: ScriptedPeer, mail: RegExp, rcpt: string) => {
      expect(await peer.line()).toMatch(mail);
      peer.say('250 ok\r\n');
      expect(await peer.line()).toBe(rcpt);
      peer.say('250 ok\r\n');
      expect(await peer.line()).toBe('DATA');
      peer.say('354 go\r\n');
      await peer.until('\r\n.\r\n');
      peer.say('250 ok\r\n');
    };

    it('are asked for with the message’s name and the recipient as it was, where the server offers DSN', async () => {
      await start(async (peer) => {
        await greet(peer, ['DSN']);
        const rcpt = 'RCPT TO:<anna+vip=a@qq.test> NOTIFY=SUCCESS,FAILURE,DELAY ORCPT=rfc822;anna+2Bvip+3Da@qq.test';
        await takes(peer, /^MAIL FROM:<bounce@news.example> RET=HDRS ENVID=7\.42$/, rcpt);
      });
      expect((await (await open()).send(asked, BODY, GO)).kind).toBe('accepted');
    });

    it('are not asked for where it does not, nor when nobody wants them', async () => {
      const plain = /^MAIL FROM:<bounce@news.example>$/;
      await start(async (peer) => {
        await greet(peer);
        await takes(peer, plain, 'RCPT TO:<anna+vip=a@qq.test>');
      });
      expect((await (await open()).send(asked, BODY, GO)).kind).toBe('accepted');
      session?.close();
      await server.close();
      await start(async (peer) => {
        await greet(peer, ['DSN']);
        await takes(peer, plain, 'RCPT TO:<anna@qq.test>');
      });
      expect((await (await open()).send(ENVELOPE, BODY, GO)).kind).toBe('accepted');
    });
  });

  describe('421', () => {
    const at = (phase: number) => async (peer: ScriptedPeer) => {
      const bye = '421 4.3.2 closing\r\n';
      if (phase === 0) return peer.say(bye);
      peer.say('220 mx.test\r\n');
      await peer.line();
      if (phase === 1) return peer.say(bye);
      peer.say('250 mx.test\r\n');
      for (let step = 2; step <= 4; step += 1) {
        await peer.line();
        if (phase === step) return peer.say(bye);
        peer.say(step === 4 ? '354 go\r\n' : '250 ok\r\n');
      }
    };

    it.each([
      ['greeting', 0],
      ['EHLO', 1],
    ])('as answer to the %s makes the server unreachable', async (_name, phase) => {
      await start(at(phase));
      const opened = await openSession(targetOf(server.port));
      expect(opened).toMatchObject({
        ok: false,
        outcome: { kind: 'unreachable', code: 421, text: 'closing' },
        failure: { step: 'greeting', diagnosis: 'service-unavailable' },
      });
    });

    it.each([
      ['MAIL FROM', 2],
      ['RCPT TO', 3],
      ['DATA', 4],
    ])('as answer to %s is unreachable and closes the connection', async (_name, phase) => {
      await start(at(phase));
      const opened = await open();
      expect(await opened.send(ENVELOPE, BODY, GO)).toMatchObject({ kind: 'unreachable', code: 421 });
      expect(opened.usable).toBe(false);
    });
  });

  describe('a connection that is lost', () => {
    it('before 354 is unreachable, and the hook was never asked', async () => {
      await start(async (peer) => {
        await greet(peer);
        await peer.line();
        peer.say('250 ok\r\n');
        await peer.line();
        peer.cut();
      });
      let asked = 0;
      const outcome = await (await open()).send(ENVELOPE, BODY, { beforeBody: () => (asked += 1) > 0 });
      expect(outcome.kind).toBe('unreachable');
      expect(asked).toBe(0);
    });

    it.each([
      ['by FIN', (peer: ScriptedPeer) => peer.end()],
      ['by RST', (peer: ScriptedPeer) => peer.cut()],
      ['in the middle of a reply', (peer: ScriptedPeer) => (peer.say('250 2.0.0 o'), peer.end())],
      ['after a refusal without its line end', (peer: ScriptedPeer) => (peer.say('550 5.1.1 unk'), peer.end())],
      ['between the lines of a reply', (peer: ScriptedPeer) => (peer.say('250-2.0.0 ok\r\n'), peer.end())],
    ])('after the final dot and before the reply is uncertain (%s)', async (_name, lose) => {
      await start(async (peer) => {
        await greet(peer);
        await takeEnvelope(peer);
        await peer.until('\r\n.\r\n');
        lose(peer);
      });
      const opened = await open();
      expect((await opened.send(ENVELOPE, BODY, GO)).kind).toBe('uncertain');
      expect(opened.usable).toBe(false);
    });

    it('in the middle of the body is uncertain', async () => {
      await start(async (peer) => {
        await greet(peer);
        await takeEnvelope(peer);
        await peer.until('Subject: hello');
        peer.cut();
      });
      expect((await (await open()).send(ENVELOPE, Buffer.alloc(40_000_000, BODY), GO)).kind).toBe('uncertain');
    });

    it('while idle makes the session unusable, and the next message unreachable', async () => {
      await start(async (peer) => {
        await greet(peer);
        peer.say('421 4.4.2 idle too long\r\n');
        peer.end();
      });
      const opened = await open();
      const outcome = await opened.send(ENVELOPE, BODY, GO);
      expect(outcome.kind).toBe('unreachable');
      expect(opened.usable).toBe(false);
    });
  });

  describe('the hook before the body', () => {
    it('gives the message up when it says no: nothing of the body leaves', async () => {
      let seen = '';
      await start(async (peer) => {
        await greet(peer);
        await takeEnvelope(peer);
        await peer.closed();
        seen = peer.received;
      });
      const opened = await open();
      expect(await opened.send(ENVELOPE, BODY, { beforeBody: () => false })).toEqual({
        kind: 'unreachable',
        text: 'Given up before the body.',
      });
      expect(opened.usable).toBe(false);
      await server.close();
      expect(seen).toBe('');
    });

    it('is called once, after 354', async () => {
      const order: string[] = [];
      await start(async (peer) => {
        await greet(peer);
        await takeEnvelope(peer);
        order.push('354');
        await peer.until('\r\n.\r\n');
        order.push('body');
        peer.say('250 ok\r\n');
      });
      await (await open()).send(ENVELOPE, BODY, { beforeBody: () => order.push('hook') > 0 });
      expect(order).toEqual(['354', 'hook', 'body']);
    });

    it('that throws destroys the connection and passes its error on', async () => {
      await start(async (peer) => {
        await greet(peer);
        await takeEnvelope(peer);
        await peer.closed();
        expect(peer.received).toBe('');
      });
      const opened = await open();
      const full = () => {
        throw new Error('journal: no space left on device');
      };
      await expect(opened.send(ENVELOPE, BODY, { beforeBody: full })).rejects.toThrow('no space left');
      expect(opened.usable).toBe(false);
    });
  });

  describe('the hook behind the answer', () => {
    it('that throws passes its error on, and takes nothing else with it', async () => {
      await start(async (peer) => {
        await greet(peer);
        await takeEnvelope(peer);
        await peer.until('\r\n.\r\n');
        peer.say('250 taken\r\n');
      });
      const answered = () => {
        throw new Error('disk full');
      };
      await expect((await open()).send(ENVELOPE, BODY, { ...GO, answered })).rejects.toThrow('disk full');
    });
  });

  describe('silence', () => {
    it('instead of a greeting ends at the greeting’s time-out', async () => {
      await start(() => undefined);
      expect(await openSession(targetOf(server.port))).toMatchObject({
        ok: false,
        outcome: { kind: 'unreachable' },
        failure: { step: 'greeting', diagnosis: 'timed-out' },
      });
    });

    it('after DATA is unreachable; after the final dot it is uncertain', async () => {
      await start(async (peer) => {
        await greet(peer);
        await peer.line();
        peer.say('250 ok\r\n');
        await peer.line();
        peer.say('250 ok\r\n');
        if (server.connections === 1) return;
        await peer.line();
        peer.say('354 go\r\n');
      });
      const first = await (await open()).send(ENVELOPE, BODY, GO);
      expect(first).toEqual({ kind: 'unreachable', text: 'Timed out waiting for the reply to DATA.' });
      const second = await (await open()).send(ENVELOPE, BODY, GO);
      expect(second).toEqual({ kind: 'uncertain', text: 'Timed out waiting for the reply to the message.' });
    });

    it('is not broken by a server that drips a reply it never ends', async () => {
      const drips: NodeJS.Timeout[] = [];
      await start(async (peer) => {
        await greet(peer);
        await peer.line();
        peer.say('250-');
        drips.push(setInterval(() => peer.say('x'), 50));
      });
      const outcome = await (await open()).send(ENVELOPE, BODY, GO);
      for (const drip of drips) clearInterval(drip);
      expect(outcome).toEqual({ kind: 'unreachable', text: 'Timed out waiting for MAIL FROM.' });
    });
  });

  describe('what can not be sent', () => {
    it('an international address to a server without SMTPUTF8 is refused for that recipient only', async () => {
      await start((peer) => greet(peer));
      const opened = await open();
      const outcome = await opened.send({ from: ENVELOPE.from, to: '张三@例子.test' }, BODY, GO);
      expect(outcome).toMatchObject({ kind: 'rejected', enhanced: '5.6.7' });
      expect(opened.usable).toBe(true);
    });

    it('a message above the server’s SIZE is refused before MAIL FROM', async () => {
      await start((peer) => greet(peer, ['SIZE 10']));
      const outcome = await (await open()).send(ENVELOPE, BODY, GO);
      expect(outcome).toMatchObject({ kind: 'rejected', enhanced: '5.3.4' });
    });

    it.each(['a@b.test>\r\nRCPT TO:<evil@x.test', 'a b@c.test', '', 'a@b.test\u0000'])(
      'an address that would leave its place in the envelope is refused: %j',
      async (to) => {
        await start((peer) => greet(peer));
        expect(await (await open()).send({ from: ENVELOPE.from, to }, BODY, GO)).toMatchObject({
          kind: 'rejected',
          enhanced: '5.1.3',
        });
      },
    );
  });
});

describe('in groups', () => {
  beforeEach(() => {
    offered = ['PIPELINING'];
  });

  it('the next envelope travels right behind the body, and one round trip is one message', async () => {
    let behind = '';
    await start(async (peer) => {
      await greet(peer);
      await takeEnvelope(peer);
      await peer.until('\r\n.\r\n');
      behind = await peer.until('DATA\r\n');
      peer.say('250 2.0.0 first\r\n250 ok\r\n250 ok\r\n354 go\r\n');
      await peer.until('\r\n.\r\n');
      peer.say('250 2.0.0 second\r\n');
    });
    const opened = await open();
    const both = [opened.send(ENVELOPE, BODY, GO), opened.send(ENVELOPE, BODY, GO)];
    expect((await Promise.all(both)).map(({ text }) => text)).toEqual(['first', 'second']);
    expect(behind).toMatch(/^MAIL FROM:.*\r\nRCPT TO:.*\r\nDATA\r\n$/);
  });

  it('an answer is told before the next body begins, though both replies come at once', async () => {
    await start(async (peer) => {
      await greet(peer);
      await takeEnvelope(peer);
      await peer.until('\r\n.\r\n');
      for (const command of ['MAIL', 'RCPT', 'DATA']) expect(await peer.line()).toMatch(command);
      peer.say('250 first\r\n250 ok\r\n250 ok\r\n354 go\r\n');
      await peer.until('\r\n.\r\n');
      peer.say('250 second\r\n');
    });
    const mail = await open();
    const told: string[] = [];
    const noting = (name: string) => ({
      beforeBody: () => told.push(`${name} begins`) > 0,
      answered: () => void told.push(`${name} answered`),
    });
    await Promise.all([mail.send(ENVELOPE, BODY, noting('first')), mail.send(ENVELOPE, BODY, noting('second'))]);
    expect(told).toEqual(['first begins', 'first answered', 'second begins', 'second answered']);
  });

  it('a connection that is lost leaves one message uncertain, and the envelope behind it unsent', async () => {
    await start(async (peer) => {
      await greet(peer);
      await takeEnvelope(peer);
      await peer.until('\r\n.\r\n');
      await peer.until('DATA\r\n');
      peer.cut();
    });
    const opened = await open();
    const begun: string[] = [];
    const hooks = (name: string) => ({ beforeBody: () => begun.push(name) > 0 });
    const both = [opened.send(ENVELOPE, BODY, hooks('first')), opened.send(ENVELOPE, BODY, hooks('second'))];
    expect((await Promise.all(both)).map(({ kind }) => kind)).toEqual(['uncertain', 'unreachable']);
    expect(begun).toEqual(['first']);
  });

  it('354 behind a refused recipient is ended with an empty message, which goes to nobody', async () => {
    let body = '';
    await start(async (peer) => {
      await greet(peer);
      await peer.until('DATA\r\n');
      peer.say('250 ok\r\n550 5.1.1 no such user\r\n354 go anyway\r\n');
      body = await peer.until('.\r\n');
      peer.say('554 5.5.1 no valid recipients\r\n');
      await takeEnvelope(peer);
      await peer.until('\r\n.\r\n');
      peer.say('250 2.0.0 ok\r\n');
    });
    const opened = await open();
    expect(await opened.send(ENVELOPE, BODY, GO)).toMatchObject({ kind: 'rejected', enhanced: '5.1.1' });
    expect((await opened.send(ENVELOPE, BODY, GO)).kind).toBe('accepted');
    expect(body).toBe('.\r\n');
  });

  it('354 behind a refused sender ends the connection: not even an empty message leaves', async () => {
    await start(async (peer) => {
      await greet(peer);
      await peer.until('DATA\r\n');
      peer.say('552 5.3.4 too big\r\n250 ok\r\n354 go anyway\r\n');
      await peer.closed();
      expect(peer.received).toBe('');
    });
    const opened = await open();
    expect(await opened.send(ENVELOPE, BODY, GO)).toMatchObject({ kind: 'rejected', code: 552 });
    expect(opened.usable).toBe(false);
  });

  it('421 to one command is told of that message, and those behind it are unreachable', async () => {
    await start(async (peer) => {
      await greet(peer);
      await peer.until('DATA\r\n');
      peer.say('250 ok\r\n421 4.7.0 too many\r\n');
    });
    const opened = await open();
    const both = await Promise.all([opened.send(ENVELOPE, BODY, GO), opened.send(ENVELOPE, BODY, GO)]);
    expect(both).toMatchObject([{ kind: 'unreachable', code: 421 }, { kind: 'unreachable' }]);
    expect(opened.usable).toBe(false);
  });

  it('a server that is slow to answer gets its envelopes one at a time', async () => {
    await start(async (peer) => {
      await greet(peer);
      for (;;) {
        await peer.until('DATA\r\n');
        peer.say('250 ok\r\n250 ok\r\n354 go\r\n');
        await peer.until('\r\n.\r\n');
        await new Promise((resolve) => setTimeout(resolve, 270));
        peer.say('250 ok\r\n');
      }
    });
    const opened = await open();
    expect(opened.depth).toBe(2);
    for (let n = 0; n < 30 && opened.depth > 1; n += 1) await opened.send(ENVELOPE, BODY, GO);
    expect(opened.depth).toBe(1);
  });
});
