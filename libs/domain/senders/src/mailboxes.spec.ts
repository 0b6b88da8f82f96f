import { MailboxBody, PageQuery, UpdateMailboxBody } from '#contracts';
import { parseSettings } from '#platform/config';
import { Vault } from '#platform/crypto';
import { createTestAuthority, createTestDatabase, startDovecot } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import type { RequestContext } from '#domain/workspaces';
import {
  MailboxLoader,
  MailboxesService,
  findCursor,
  findKnownMails,
  forgetMailsBut,
  moveCursor,
  noteRead,
  releaseMailboxClaim,
  rememberMails,
  renewMailboxClaim,
  showMailboxState,
} from './index.js';

let test: TestDatabase;
let service: MailboxesService;
let loader: MailboxLoader;
let ctx: RequestContext;

beforeAll(async () => {
  test = await createTestDatabase();
  const vault = new Vault({ bytes: Buffer.alloc(32, 1) });
  loader = new MailboxLoader(parseSettings({ DATABASE_URL: test.url, EGRESS_ALLOW: '127.0.0.0/8' }), vault);
  service = new MailboxesService(test.db, vault, loader);
});
afterAll(() => test.drop());
beforeEach(async () => {
  await test.db.run('DELETE FROM mailboxes');
  ctx = await workspace();
});

async function workspace(): Promise<RequestContext> {
  const row = await test.db.first<{ id: string }>(
    "INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC') RETURNING id",
  );
  const actor = { type: 'key', id: '1', name: 'spec' } as const;
  return { workspaceId: String(row?.id), actor, role: null, permissions: new Set() };
}

const body = (change: object = {}) =>
  MailboxBody.parse({
    name: '退信箱',
    protocol: 'imap',
    host: 'imap.163.com',
    port: 993,
    security: 'tls',
    auth: { method: 'password', user: 'bounce@163.com', password: 'geheim-123' },
    ...change,
  });
const change = (values: object) => UpdateMailboxBody.parse(values);

describe('a mailbox', () => {
  it('keeps its password to itself', async () => {
    const mailbox = await service.create(ctx, body());
    expect(mailbox).toMatchObject({ state: 'connecting', folders: ['INBOX', '\\Junk'], auth: { passwordSet: true } });
    const rows = await test.db.rows('SELECT m::text FROM mailboxes m');
    const audit = await test.db.rows('SELECT * FROM audit_log WHERE workspace_id = $1', [ctx.workspaceId]);
    const text = JSON.stringify([mailbox, rows, audit, await service.list(ctx, PageQuery.parse({}))]);
    expect(text).not.toContain('geheim-123');
    expect(text).not.toContain(Buffer.from('geheim-123').toString('hex'));
  });

  it('asks for the password again with another host or user, and keeps it otherwise', async () => {
    const { id } = await service.create(ctx, body());
    for (const values of [{ host: 'evil.example' }, { auth: { method: 'password', user: 'else@163.com' } }]) {
      await expect(service.update(ctx, id, change({ version: 1, ...values }))).rejects.toMatchObject({
        code: 'SECRET_REQUIRED',
        property: 'auth.password',
      });
    }
    await service.update(ctx, id, change({ version: 1, folders: ['INBOX', '垃圾邮件'], enabled: false }));
    expect(await service.get(ctx, id)).toMatchObject({ version: 2, state: 'disabled', folders: ['INBOX', '垃圾邮件'] });
    await service.update(ctx, id, change({ version: 2, enabled: true }));
    const [claimed] = await loader.claim(test.db, 'test', 30, 10);
    expect(claimed?.target.auth.secret).toBe('geheim-123');
  });

  it('keeps an OAuth login to itself, and asks for the refresh token again with another endpoint or client', async () => {
    const oauth = { tokenUrl: 'https://login.example/token', clientId: 'us', scope: 'mail' };
    const auth = {
      method: 'xoauth2',
      user: 'a@b.example',
      oauth: { ...oauth, clientSecret: 'cs-1', refreshToken: 'rt-1' },
    };
    await expect(service.create(ctx, body({ auth: { ...auth, oauth } }))).rejects.toMatchObject({
      property: 'auth.oauth.refreshToken',
    });
    const { id, auth: shown } = await service.create(ctx, body({ auth }));
    expect(shown).toEqual({
      method: 'xoauth2',
      user: 'a@b.example',
      passwordSet: false,
      oauth: { ...oauth, refreshTokenSet: true },
    });
    const [claimed] = await loader.claim(test.db, 'test', 30, 10);
    expect(claimed?.oauth).toEqual({ ...oauth, clientSecret: 'cs-1', refreshToken: 'rt-1' });
    const elsewhere = { ...oauth, tokenUrl: 'https://evil.example/token' };
    const move = { version: 1, auth: { method: 'xoauth2', user: 'a@b.example', oauth: elsewhere } };
    await expect(service.update(ctx, id, change(move))).rejects.toMatchObject({ code: 'SECRET_REQUIRED' });
    await service.update(ctx, id, change({ version: 1, name: 'renamed' }));
    const [again] = await loader.claim(test.db, 'test', 30, 10);
    expect(again?.oauth?.refreshToken).toBe('rt-1');
    const rows = await test.db.rows('SELECT m::text FROM mailboxes m');
    const audit = await test.db.rows('SELECT * FROM audit_log WHERE workspace_id = $1', [ctx.workspaceId]);
    expect(JSON.stringify([rows, audit])).not.toMatch(/cs-1|rt-1/);
  });

  it.each([
    ['a folder that is read', [{ kind: 'bounce', action: 'move', folder: 'Done' }], 'keep.handle.0.folder'],
    ['the inbox by another case', [{ kind: 'bounce', action: 'move', folder: 'inbox' }], 'keep.handle.0.folder'],
    ['no folder', [{ kind: 'bounce', action: 'move' }], 'keep.handle.0.folder'],
    [
      'one kind twice',
      [
        { kind: 'bounce', action: 'seen' },
        { kind: 'bounce', action: 'keyword' },
      ],
      'keep.handle.1.kind',
    ],
    ['replies that nobody has read', [{ kind: 'reply', action: 'seen' }], 'keep.handle.0.action'],
  ])('refuses rules for judged mail with %s', async (_, handle, property) => {
    const values = { folders: ['INBOX', 'Done'], keep: { handle } };
    await expect(service.create(ctx, body(values))).rejects.toMatchObject({ property });
  });

  it('keeps the rules for judged mail, by kind', async () => {
    const handle = [
      { kind: 'bounce', action: 'move', folder: '退信' },
      { kind: 'unreadable', action: 'keyword', folder: null },
    ];
    const { id } = await service.create(ctx, body({ keep: { handle } }));
    await service.update(ctx, id, change({ version: 1, name: 'renamed' }));
    expect(await service.get(ctx, id)).toMatchObject({ keep: { handle, deleteAfterDays: null }, keepProblem: null });
    const [claimed] = await loader.claim(test.db, 'test', 30, 10);
    expect(claimed?.handling).toEqual(handle);
    const moved = change({ version: 2, protocol: 'pop3', port: 995 });
    expect((await service.update(ctx, id, moved)).keep.handle).toEqual([]);
  });

  it('does not exist for another workspace', async () => {
    const { id } = await service.create(ctx, body());
    const stranger = await workspace();
    for (const attempt of [
      () => service.get(stranger, id),
      () => service.update(stranger, id, change({ version: 1, name: 'x' })),
      () => service.remove(stranger, id),
      () => service.verify(stranger, id),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    await service.remove(ctx, id);
    await expect(service.get(ctx, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is tried against a real server before it is stored', async () => {
    const authority = createTestAuthority();
    const dovecot = await startDovecot({ users: { anna: 'geheim-123' }, certificate: authority.issue('localhost') });
    try {
      const place = { host: 'localhost', port: dovecot.imapPort, security: 'none' };
      const auth = { method: 'password', user: 'anna', password: 'geheim-123' };
      expect(await service.verifyUnsaved(body({ ...place, auth }))).toMatchObject({ ok: true });
      const wrong = await service.verifyUnsaved(body({ ...place, auth: { ...auth, password: 'wrong' } }));
      expect(wrong.steps.at(-1)).toMatchObject({ diagnosis: 'auth-failed', help: expect.stringContaining('QQ') });
    } finally {
      await dovecot.close();
      authority.remove();
    }
  });
});

describe('a claim', () => {
  it('belongs to one reader until its lease ends', async () => {
    await service.create(ctx, body());
    await service.create(ctx, body({ name: 'off', enabled: false }));
    const [first, second] = await Promise.all([
      loader.claim(test.db, 'test', 30, 10),
      loader.claim(test.db, 'test', 30, 10),
    ]);
    expect(first!.length + second!.length).toBe(1);
    const claim = [...first!, ...second!][0]!;
    expect(await renewMailboxClaim(test.db, claim, 30)).toBe(true);
    await test.db.run('UPDATE mailboxes SET lease_until = now() - interval $$1 second$$');
    const [taken] = await loader.claim(test.db, 'test', 30, 10);
    expect(taken?.id).toBe(claim.id);
    expect(await renewMailboxClaim(test.db, claim, 30)).toBe(false);
  });

  it('of a reader without any connection is free at once', async () => {
    const { id } = await service.create(ctx, body());
    const [lost] = await loader.claim(test.db, 'a process that died', 30, 10);
    const [taken] = await loader.claim(test.db, 'test', 30, 10);
    expect([lost?.id, taken?.id]).toEqual([id, id]);
    expect(await renewMailboxClaim(test.db, lost!, 30)).toBe(false);
  });

  it('moves the cursor only while it holds', async () => {
    const { id } = await service.create(ctx, body());
    const [claim] = await loader.claim(test.db, 'test', 30, 10);
    expect(await findCursor(test.db, id, 'INBOX', '7')).toBe(0);
    expect(await noteRead(test.db, claim!, { stored: 3, behind: 9 })).toBe(true);
    await moveCursor(test.db, id, { folder: 'INBOX', uidValidity: '7', lastUid: 42 });
    expect(await findCursor(test.db, id, 'INBOX', '7')).toBe(42);
    expect(await findCursor(test.db, id, 'INBOX', '8')).toBe(0);
    expect(await service.get(ctx, id)).toMatchObject({ processed: 3, behind: 9 });
    await service.update(ctx, id, change({ version: 1, name: 'changed' }));
    expect(await noteRead(test.db, claim!, { stored: 1, behind: 0 })).toBe(false);
  });

  it('forgets where it stood when the mailbox becomes another one', async () => {
    const { id } = await service.create(ctx, body());
    await moveCursor(test.db, id, { folder: 'INBOX', uidValidity: '7', lastUid: 42 });
    await rememberMails(test.db, id, ['u:1']);
    const auth = { method: 'password', user: 'else@163.com', password: 'neu' };
    await service.update(ctx, id, change({ version: 1, auth }));
    expect(await findCursor(test.db, id, 'INBOX', '7')).toBe(0);
    expect(await findKnownMails(test.db, id, ['u:1'], null)).toEqual([]);
  });

  it('shows what its reader does, and why it ended', async () => {
    const { id } = await service.create(ctx, body());
    const [claim] = await loader.claim(test.db, 'test', 30, 10);
    await showMailboxState(test.db, claim!, 'idle');
    expect(await service.get(ctx, id)).toMatchObject({ state: 'idle', lastError: null });
    expect(await releaseMailboxClaim(test.db, claim!, 60, 'auth-failed: LOGIN failed')).toBe(true);
    expect(await releaseMailboxClaim(test.db, claim!, 60, 'auth-failed: LOGIN failed')).toBe(false); // told once
    expect(await service.get(ctx, id)).toMatchObject({ state: 'error', lastError: 'auth-failed: LOGIN failed' });
    expect(await loader.claim(test.db, 'test', 30, 10)).toEqual([]);
  });

  it('whose secret can’t be opened says so, and its neighbours are read', async () => {
    const names = ['a', 'broken', 'b'];
    const [, broken] = await Promise.all(names.map((name) => service.create(ctx, body({ name }))));
    await test.db.run("UPDATE mailboxes SET auth_secret = '\\x00ff' WHERE id = $1", [broken!.id]);
    const claimed = await loader.claim(test.db, 'test', 30, 10);
    expect(claimed.map(({ name }) => name).sort()).toEqual(['a', 'b']);
    expect(await service.get(ctx, broken!.id)).toMatchObject({ state: 'error', lastError: 'secret-unreadable: ' });
    const { steps } = await service.verify(ctx, broken!.id);
    expect(steps).toMatchObject([{ name: 'auth', diagnosis: 'secret-unreadable' }]);
  });
});

describe('mail on a POP3 server', () => {
  it('is known once it is read, due after its days, and forgotten when it is gone', async () => {
    const { id } = await service.create(ctx, body({ protocol: 'pop3', port: 995, keep: { deleteAfterDays: 3 } }));
    expect(await service.get(ctx, id)).toMatchObject({ protocol: 'pop3', keep: { deleteAfterDays: 3, handle: [] } });
    await rememberMails(test.db, id, ['u:1', 'u:2', 'u:1']);
    await test.db.run("UPDATE mailbox_uidls SET read_at = now() - interval '4 days' WHERE uidl = 'u:1'");
    const known = async (days: number | null) =>
      (await findKnownMails(test.db, id, ['u:1', 'u:2', 'u:3'], days)).sort((a, b) => (a.key < b.key ? -1 : 1));
    expect(await known(3)).toEqual([
      { key: 'u:1', due: true },
      { key: 'u:2', due: false },
    ]);
    expect((await known(null)).map(({ due }) => due)).toEqual([false, false]);
    expect((await known(0)).map(({ due }) => due)).toEqual([true, true]);
    await forgetMailsBut(test.db, id, ['u:2', 'u:9']);
    expect(await known(3)).toEqual([{ key: 'u:2', due: false }]);
  });
});
