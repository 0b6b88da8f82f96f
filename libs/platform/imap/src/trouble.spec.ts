import { Egress } from '#platform/egress';
import { startScriptedImap } from '#platform/testing';
import type { ScriptedImap, ScriptedServer } from '#platform/testing';
import { IMAP_TIMEOUTS, IMAP_VERIFY_TIMEOUTS, openMailbox } from './index.js';
import type { ImapMailbox, ImapTimeouts } from './index.js';

let server: ScriptedServer | undefined;
let mailbox: ImapMailbox | undefined;
afterEach(async () => {
  await mailbox?.close();
  await server?.close();
});

async function open(script: ScriptedImap, change: Partial<ImapTimeouts> = {}): Promise<ImapMailbox> {
  server = await startScriptedImap(script);
  const opened = await openMailbox({
    host: '127.0.0.1',
    port: server.port,
    security: 'none',
    auth: { method: 'password', user: 'anna', secret: 'geheim' },
    egress: new Egress('127.0.0.0/8'),
    timeouts: { ...IMAP_VERIFY_TIMEOUTS, ...change },
  });
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
  mailbox = opened.mailbox;
  return mailbox;
}

it('a half-open connection is found by the end of a wait and its round trip, within a minute', async () => {
  // From IDLE on the server takes everything and says nothing: what a lost peer looks like.
  let lost = false;
  const script: ScriptedImap = { mails: [], uidValidity: 7, capabilities: 'IDLE' };
  script.instead = ({ verb }, peer) => {
    if (verb === 'IDLE' && !lost) peer.say('+ idling\r\n');
    return (lost ||= verb === 'IDLE');
  };
  const half = await open(script, { idle: { min: 100, max: 150 }, probe: 200, command: 60_000 });
  await half.select('INBOX');
  expect(await half.waitForChange()).toBe('closed');
  expect(half.usable).toBe(false);
  expect(IMAP_TIMEOUTS.idle.max + IMAP_TIMEOUTS.probe).toBeLessThan(60_000);
});

it('a mail that comes drop by drop ends the connection', async () => {
  let drip: NodeJS.Timeout | undefined;
  const script: ScriptedImap = { mails: [{ uid: 1, raw: 'x'.repeat(1_000) }], uidValidity: 7 };
  script.instead = ({ verb, line }, peer) => {
    if (verb !== 'FETCH' || !line.includes('BODY')) return false;
    peer.say('* 1 FETCH (UID 1 RFC822.SIZE 1000 BODY[] {1000}\r\n');
    drip = setInterval(() => peer.say('x'), 50);
    return true;
  };
  const slow = await open(script, { command: 400 });
  await slow.select('INBOX');
  await expect(slow.fetchSince(0).next()).rejects.toThrow();
  expect(slow.usable).toBe(false);
  clearInterval(drip);
});

it('a literal larger than any mail ends the connection instead of the memory', async () => {
  const script: ScriptedImap = { mails: [{ uid: 1, raw: 'x', size: 10 }], uidValidity: 7 };
  script.instead = ({ verb, line }, peer) => {
    if (verb !== 'FETCH' || !line.includes('BODY')) return false;
    peer.say('* 1 FETCH (UID 1 RFC822.SIZE 10 BODY[] {2000000000}\r\nxxxx');
    return true;
  };
  const lying = await open(script, { command: 1_000 });
  await lying.select('INBOX');
  await expect(lying.fetchSince(0).next()).rejects.toThrow();
  expect(lying.usable).toBe(false);
});
