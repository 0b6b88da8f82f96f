import { Egress } from '#platform/egress';
import { createTestAuthority, startCourier, startDovecot } from '#platform/testing';
import type { TestCertificate } from '#platform/testing';
import { IMAP_VERIFY_TIMEOUTS, openMailbox, verifyMailbox } from './index.js';
import type { FetchedMail, ImapMailbox, ImapTarget } from './index.js';

/** A mailbox of a real server. */
interface Server {
  port: number;
  append(folder: string, raw: string): void;
  renumber(folder: string): void;
  close(): Promise<void>;
}

let certificate: TestCertificate;
beforeAll(() => {
  const authority = createTestAuthority();
  certificate = authority.issue('localhost');
  authority.remove();
});

async function dovecot(): Promise<Server> {
  const server = await startDovecot({ users: { box: 'geheim' }, certificate });
  return {
    port: server.imapPort,
    append: (folder, raw) => server.append('box', folder, raw),
    renumber: (folder) => server.renumber('box', folder),
    close: () => server.close(),
  };
}

/** Servers differ in what RFC 3501 leaves open: Courier says no UIDNEXT in SELECT, and its folders lie below INBOX. */
describe.each([
  ['Dovecot', dovecot],
  ['Courier', startCourier],
])('%s', (_name, start) => {
  let server: Server;
  let mailbox: ImapMailbox;
  const opened: ImapMailbox[] = [];
  beforeEach(async () => {
    server = await start();
    mailbox = await open();
  });
  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close();
    await server.close();
  });

  function target(): ImapTarget {
    return {
      ...{ host: 'localhost', port: server.port, security: 'none' },
      auth: { method: 'password', user: 'box', secret: 'geheim' },
      egress: new Egress('127.0.0.0/8'),
      timeouts: { ...IMAP_VERIFY_TIMEOUTS, command: 20_000 },
    };
  }

  async function open(): Promise<ImapMailbox> {
    const found = await openMailbox(target());
    if (!found.ok) throw new Error(JSON.stringify(found.failure));
    opened.push(found.mailbox);
    return found.mailbox;
  }

  async function select(folder: string, by = mailbox) {
    const selected = await by.select(folder);
    if (!selected.ok) throw new Error(JSON.stringify(selected.failure));
    return selected;
  }

  async function mails(after = 0, options = {}): Promise<FetchedMail[]> {
    const all: FetchedMail[] = [];
    for await (const each of mailbox.fetchSince(after, options)) all.push(each);
    return all;
  }

  it('reads what lies there byte by byte, and goes on after the last UID', async () => {
    for (let n = 1; n <= 60; n += 1) server.append('INBOX', mail(`n${n}`, '你好'));
    expect(await select('INBOX')).toMatchObject({ messages: 60, uidNext: 61 });
    const first = await mails(0, { limit: 40 });
    expect(first.map(({ uid }) => uid)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
    expect(first.every(({ raw }) => raw.toString().endsWith('\r\n\r\n你好\r\n'))).toBe(true);
    expect(await mails(40)).toHaveLength(20);
    expect(await mails(60)).toEqual([]);
  });

  it('tells of new mail while it is waited for', async () => {
    await select('INBOX');
    expect(mailbox.canIdle).toBe(true);
    const waiting = mailbox.waitForChange();
    server.append('INBOX', mail('news'));
    expect(await waiting).toBe('changed');
    expect(await mails()).toHaveLength(1);
  });

  it('lists its folders, moves mail into one that it makes, and names one that is missing', async () => {
    for (const subject of ['a', 'b']) server.append('INBOX', mail(subject));
    await select('INBOX');
    expect(await mailbox.move([1], '已处理')).toMatchObject({ ok: true, uids: new Map([[1, 1]]) });
    expect(await select('INBOX')).toMatchObject({ messages: 1 });
    expect(await select('已处理')).toMatchObject({ messages: 1 });
    expect((await mailbox.folders()).map(({ path }) => path.replace(/^INBOX\./, '')).sort()).toEqual([
      'INBOX',
      '已处理',
    ]);
    expect(await mailbox.select('Nowhere')).toMatchObject({ ok: false, failure: { diagnosis: 'folder-not-found' } });
    const steps = await verifyMailbox(target(), ['INBOX', '已处理'], 200);
    expect(steps.at(-1)).toMatchObject({ name: 'folders', ok: true });
  });

  it('leaves mail unread when it is fetched, keeps marks, and finds mail by its Message-ID', async () => {
    server.append('INBOX', `Message-ID: <one@x.example>\r\n${mail('one')}`);
    server.append('INBOX', mail('two'));
    await select('INBOX');
    await mails();
    expect(await mailbox.seen([1, 2])).toEqual(new Map([1, 2].map((uid) => [uid, false])));
    for (const flag of ['\\Seen', '\\Answered']) expect(await mailbox.mark([1], flag)).toBe(true);
    const another = await open();
    await select('INBOX', another);
    expect(await another.seen([1, 2])).toEqual(new Map([[1, true], [2, false]])); // prettier-ignore
    expect(await another.withMessageId('<one@x.example>')).toEqual([1]);
  });

  it('says by UIDVALIDITY that a folder was numbered anew', async () => {
    server.append('Other', mail('x'));
    const before = await select('Other');
    expect((await select('Other')).uidValidity).toBe(before.uidValidity);
    let after = before.uidValidity;
    // Servers make it of the second.
    for (const expired = Date.now() + 20_000; after === before.uidValidity && Date.now() < expired;) {
      server.renumber('Other');
      after = (await select('Other', await open())).uidValidity;
    }
    expect(after).not.toBe(before.uidValidity);
  });

  it('of a large mail gives the parts that matter', async () => {
    const file = 'eHh4'.repeat(300_000).replace(/.{76}/g, '$&\r\n');
    server.append('INBOX', multipart('The text.', file));
    server.append('INBOX', mail('small'));
    await select('INBOX');
    const [large, small] = await mails(0, { wholeBytes: 500_000 });
    expect(large).toMatchObject({ uid: 1, cut: true });
    expect(large!.raw.length).toBeLessThan(10_000);
    expect(large!.raw.toString()).toContain('The text.');
    expect(large!.raw.toString()).toContain('plan.pdf');
    expect(small).toMatchObject({ uid: 2, cut: false });
  });
});

function mail(subject: string, body = 'hello'): string {
  return `Subject: ${subject}\r\n\r\n${body}\r\n`;
}

function multipart(text: string, file: string): string {
  return [
    ...['Subject: plan', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=p', ''],
    ...['--p', 'Content-Type: text/plain', '', text],
    ...['--p', 'Content-Type: application/pdf; name=plan.pdf', 'Content-Transfer-Encoding: base64'],
    ...['Content-Disposition: attachment; filename=plan.pdf', '', file, '--p--', ''],
  ].join('\r\n');
}
