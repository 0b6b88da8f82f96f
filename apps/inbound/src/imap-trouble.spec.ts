import { Egress } from '#platform/egress';
import { createTestDatabase, startScriptedImap } from '#platform/testing';
import type { ScriptedImap, ScriptedServer, TestDatabase } from '#platform/testing';
import type { ClaimedMailbox } from '#domain/senders';
import { readMailbox } from './mailbox-reader.js';

let test: TestDatabase;
let server: ScriptedServer | undefined;
let alarms: string[] = [];
let stopped = false;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
afterEach(async () => {
  await server?.close();
  server = undefined;
  alarms = [];
  stopped = false;
});

const mail = (uid: number) => ({ uid, raw: `Subject: n${uid}\r\n\r\nhello ${uid}\r\n` });

/** A claimed mailbox of the scripted server. */
async function claimed(script: ScriptedImap): Promise<ClaimedMailbox> {
  server = await startScriptedImap(script);
  const row = await test.db.first<{ id: string; workspaceId: string }>(
    `WITH w AS (INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC') RETURNING id)
     INSERT INTO mailboxes (workspace_id, name, protocol, host, port, security, auth_method, auth_user, folders, fence)
     SELECT id, 'box', 'imap', '127.0.0.1', 1, 'none', 'password', 'anna', '{INBOX}', 1 FROM w
     RETURNING id, workspace_id AS "workspaceId"`,
  );
  const auth = { method: 'password', user: 'anna', secret: 'geheim' } as const;
  const egress = new Egress('127.0.0.0/8');
  const target = { host: '127.0.0.1', port: server.port, security: 'none', auth, egress } as const;
  const rest = {
    protocol: 'imap',
    failures: 0,
    folders: ['INBOX'],
    moveTo: null,
    deleteAfterDays: null,
    oauth: null,
  } as const;
  return { ...row!, ...rest, name: 'box', fence: '1', folders: ['INBOX'], target };
}

/** Reads until the server or the script ends it. */
function read(mailbox: ClaimedMailbox): Promise<void> {
  const stored = () => Promise.resolve();
  const alarm = (_: ClaimedMailbox, error: string) => void alarms.push(error);
  const login = ({ target }: ClaimedMailbox) => Promise.resolve({ ok: true as const, target });
  return readMailbox({ db: test.db, stored, login, alarm, stopping: () => stopped }, mailbox);
}

async function subjects(mailbox: ClaimedMailbox): Promise<string[]> {
  const rows = await test.db.rows<{ raw: Buffer }>(
    'SELECT raw FROM inbound_messages WHERE mailbox_id = $1 ORDER BY id',
    [mailbox.id],
  );
  return rows.map(({ raw }) => /Subject: (\S+)/.exec(raw.toString())?.[1] ?? '');
}

async function lastError(mailbox: ClaimedMailbox): Promise<string | null> {
  const row = await test.db.first<{ e: string | null }>('SELECT last_error AS e FROM mailboxes WHERE id = $1', [
    mailbox.id,
  ]);
  return row!.e;
}

/** Ends the connection when everything is read and the reader asks again. */
const endAtNoop: NonNullable<ScriptedImap['instead']> = ({ verb }, peer) => {
  if (verb !== 'NOOP' && verb !== 'IDLE') return false;
  peer.cut();
  return true;
};

it('a folder that was numbered anew is read again, and nothing is stored twice or missed', async () => {
  const script: ScriptedImap = { mails: [mail(1), mail(2), mail(3)], uidValidity: 7, capabilities: 'IDLE' };
  script.instead = endAtNoop;
  const mailbox = await claimed(script);
  await read(mailbox);
  expect(await subjects(mailbox)).toEqual(['n1', 'n2', 'n3']);
  // The old mails under other numbers, a new one under a number that was known.
  script.uidValidity = 8;
  script.mails = [
    { ...mail(4), uid: 1 },
    { ...mail(1), uid: 5 },
    { ...mail(3), uid: 6 },
  ];
  await read(mailbox);
  expect(await subjects(mailbox)).toEqual(['n1', 'n2', 'n3', 'n4']);
  // A server that gives known numbers to new mail without a word hides what it gives below the last one; what is above
  // is read, whatever stood under that number before.
  script.mails = [{ ...mail(9), uid: 7 }];
  await read(mailbox);
  expect((await subjects(mailbox)).at(-1)).toBe('n9');
});

it('BYE in the middle of the mails: what came whole is stored, the rest comes by the next connection', async () => {
  let byes = 0;
  const script: ScriptedImap = { mails: [], uidValidity: 7, capabilities: 'IDLE' };
  script.mails = Array.from({ length: 130 }, (_, n) => mail(n + 1));
  script.instead = (command, peer) => {
    if (endAtNoop(command, peer)) return true;
    // The second group of mails is cut off within a mail.
    if (command.verb !== 'FETCH' || !command.line.includes('BODY') || (byes += 1) !== 2) return false;
    peer.say('* 51 FETCH (UID 51 RFC822.SIZE 30 BODY[] {30}\r\nSubject: n51\r\n');
    peer.say('* BYE shutting down\r\n');
    peer.end();
    return true;
  };
  const mailbox = await claimed(script);
  await read(mailbox);
  expect(await lastError(mailbox)).not.toBeNull();
  expect(alarms).toHaveLength(1);
  await read(mailbox);
  expect(await subjects(mailbox)).toEqual(script.mails.map(({ uid }) => `n${uid}`));
});

it('a server that lies about sizes and structure changes nothing in what is stored', async () => {
  const script: ScriptedImap = { mails: [], uidValidity: 7, capabilities: 'IDLE', instead: endAtNoop };
  script.mails = [
    { ...mail(1), size: 1 },
    { ...mail(2), size: 2_000_000_000 },
    { uid: 3, raw: 'Content-Type: multipart/report; boundary=x\r\nSubject: n3\r\n\r\nno such parts', size: 0 },
  ];
  const mailbox = await claimed(script);
  await read(mailbox);
  expect(await subjects(mailbox)).toEqual(['n1', 'n2', 'n3']);
});

it('a refused login alarms once and then rests long', async () => {
  const script: ScriptedImap = { mails: [], uidValidity: 7 };
  script.instead = ({ tag, verb }, peer) => {
    if (verb !== 'LOGIN' && verb !== 'AUTHENTICATE') return false;
    peer.say(`${tag} NO [AUTHENTICATIONFAILED] Invalid credentials\r\n`);
    return true;
  };
  const mailbox = await claimed(script);
  await read(mailbox);
  await read({ ...mailbox, failures: 1 });
  await read({ ...mailbox, failures: 2 });
  expect(alarms).toEqual([expect.stringMatching(/^auth-failed: /)]);
  const row = await test.db.first<{ rest: number; failures: number; state: string }>(
    'SELECT extract(epoch FROM lease_until - now())::int AS rest, failures, state FROM mailboxes WHERE id = $1',
    [mailbox.id],
  );
  expect(row).toMatchObject({ failures: 3, state: 'error' });
  expect(row!.rest).toBeGreaterThan(800);
});

it('"Unsafe Login" is named', async () => {
  const script: ScriptedImap = { mails: [], uidValidity: 7 };
  script.instead = ({ tag, verb }, peer) => {
    if (verb !== 'SELECT') return false;
    peer.say(`${tag} NO SELECT Unsafe Login. Please contact kefu@188.com for help\r\n`);
    return true;
  };
  const mailbox = await claimed(script);
  await read(mailbox);
  expect(await lastError(mailbox)).toMatch(/^unsafe-login: .*kefu@188\.com/);
});
