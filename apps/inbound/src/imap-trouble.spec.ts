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
    handling: [],
    deleteAfterDays: null,
    oauth: null,
  } as const;
  return { ...row!, ...rest, name: 'box', fence: '1', folders: ['INBOX'], target };
}

/** Reads until the server or the script ends it. */
function read(mailbox: ClaimedMailbox): Promise<void> {
  const stored = () => undefined;
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

it.each([
  [
    'parts that are not there',
    '(("text" "plain" NIL NIL NIL "7bit" 31000000)("text" "plain" NIL NIL NIL "7bit" 31000000) "mixed" ("boundary" "x"))',
  ],
  ['a boundary that is not there', '(("text" "plain" NIL NIL NIL "7bit" 31000000) "mixed" ("boundary" "y"))'],
  ['no boundary', '(("text" "plain" NIL NIL NIL "7bit" 31000000) "mixed" NIL)'],
  ['no end', `${'('.repeat(3_000)}"text" "plain" NIL NIL NIL "7bit" 31000000${')'.repeat(3_000)}`],
  ['nonsense', '("text" (((NIL) 7) "x" NIL -5) 99999999999999999999)'],
])('a large mail whose structure has %s is read from its beginning', async (_, structure) => {
  const raw = 'Subject: n1\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nhello\r\n--x--\r\n';
  const script: ScriptedImap = {
    mails: [{ uid: 1, raw, size: 31_000_000 }, mail(2)],
    uidValidity: 7,
    capabilities: 'IDLE',
  };
  script.instead = (command, peer) => {
    if (endAtNoop(command, peer)) return true;
    const { tag, verb, line } = command;
    if (verb !== 'FETCH' || !/BODYSTRUCTURE|MIME/.test(line)) return false;
    const header = raw.slice(0, raw.indexOf('--x'));
    const of = line.includes('BODYSTRUCTURE')
      ? `BODYSTRUCTURE ${structure} BODY[HEADER]<0> {${header.length}}\r\n${header}`
      : 'BODY[1.MIME] NIL BODY[1]<0> NIL';
    peer.say(`* 1 FETCH (UID 1 ${of})\r\n${tag} OK done\r\n`);
    return true;
  };
  const mailbox = await claimed(script);
  await read(mailbox);
  if ((await subjects(mailbox)).length === 0) await read({ ...mailbox, failures: 1 });
  expect(await subjects(mailbox)).toEqual(['n1', 'n2']);
  const [row] = await test.db.rows<{ raw: Buffer }>(
    'SELECT raw FROM inbound_messages WHERE mailbox_id = $1 ORDER BY id',
    [mailbox.id],
  );
  expect(row!.raw.toString()).toBe(raw);
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

describe('judged mail that is to be handled', () => {
  const handling = [
    { kind: 'bounce', action: 'move', folder: 'Done' },
    { kind: 'other', action: 'keyword', folder: null },
  ] as const;

  /** Reads three mails, two bounces and another, and reads again once they are judged; keeps what the server was told. */
  async function readTwice(script: ScriptedImap) {
    const said: string[] = [];
    const { instead = () => false } = script;
    script.mails = [mail(1), mail(2), mail(3)];
    script.instead = (command, peer) => {
      said.push(command.line.replace(/^\S+ /, ''));
      return instead(command, peer) || endAtNoop(command, peer);
    };
    const mailbox = { ...(await claimed(script)), handling };
    await test.db.run('UPDATE mailboxes SET handling = $2 WHERE id = $1', [mailbox.id, JSON.stringify(handling)]);
    await read(mailbox);
    await test.db.run(
      `UPDATE inbound_messages SET status = 'logged', kind = CASE uid WHEN 2 THEN 'other' ELSE 'bounce' END`,
    );
    said.length = 0;
    await read(mailbox);
    return { mailbox, said, told: () => said.filter((line) => /^(?:UID )?(?:MOVE|COPY|STORE|EXPUNGE)/.test(line)) };
  }

  const state = async (mailbox: ClaimedMailbox) => {
    const flags = await test.db.rows<{ flag: string; done: boolean; given_up: string | null }>(
      `SELECT flag, done_at IS NOT NULL AS done, given_up FROM mailbox_flags WHERE mailbox_id = $1
       ORDER BY inbound_message_id`,
      [mailbox.id],
    );
    const row = await test.db.first<{ p: string | null }>('SELECT keep_problem AS p FROM mailboxes WHERE id = $1', [
      mailbox.id,
    ]);
    return { flags, problem: row!.p };
  };

  it('is left where it is by a server without MOVE and UIDPLUS, and people are told; nothing is ever expunged', async () => {
    const { mailbox, told } = await readTwice({ mails: [], uidValidity: 7, capabilities: 'IDLE' });
    expect(told()).toEqual(['UID STORE 2 +FLAGS ($Hongyan-other)']);
    const given = 'The mail server offers neither MOVE nor UIDPLUS.';
    expect(await state(mailbox)).toEqual({
      flags: [
        { flag: 'move', done: false, given_up: given },
        { flag: 'keyword', done: true, given_up: null },
        { flag: 'move', done: false, given_up: given },
      ],
      problem: 'move-not-offered',
    });
    expect(await subjects(mailbox)).toEqual(['n1', 'n2', 'n3']);
  });

  it('is not moved or read again when the connection is lost after the server has moved it', async () => {
    const script: ScriptedImap = { mails: [], uidValidity: 7, capabilities: 'IDLE MOVE' };
    script.instead = ({ verb }, peer) => {
      if (verb !== 'MOVE') return false;
      script.mails = script.mails.filter(({ uid }) => uid === 2);
      peer.cut();
      return true;
    };
    const { mailbox, told, said } = await readTwice(script);
    expect(told().at(-1)).toBe('UID MOVE 1,3 INBOX/Done');
    said.length = 0;
    await read(mailbox);
    expect(told()).toEqual([]);
    expect((await state(mailbox)).flags.map(({ given_up }) => given_up !== null)).toEqual([true, false, true]);
    expect(await subjects(mailbox)).toEqual(['n1', 'n2', 'n3']);
  });

  it('stays unmarked where the server keeps no keywords, and people are told', async () => {
    const script: ScriptedImap = { mails: [], uidValidity: 7, capabilities: 'IDLE MOVE' };
    script.instead = ({ verb }, peer) => {
      if (verb === 'SELECT') peer.say('* OK [PERMANENTFLAGS (\\Seen \\Deleted)] x\r\n');
      return false;
    };
    const { mailbox, told } = await readTwice(script);
    expect(told()).toEqual(['UID MOVE 1,3 INBOX/Done']);
    const { flags, problem } = await state(mailbox);
    expect(flags.map(({ done }) => done)).toEqual([true, false, true]);
    expect(problem).toBe('mark-refused');
  });
});
