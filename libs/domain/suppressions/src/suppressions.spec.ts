import { ContactBody, SuppressionBody, SuppressionQuery } from '#contracts';
import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { ContactsService } from '#domain/contacts';
import type { RequestContext } from '#domain/workspaces';
import { SuppressionsService, endExpired, isSuppressed, suppress } from './index.js';

let test: TestDatabase;
let suppressions: SuppressionsService;
let contacts: ContactsService;
let ctx: RequestContext;
let other: RequestContext;

beforeAll(async () => {
  test = await createTestDatabase();
  suppressions = new SuppressionsService(test.db);
  contacts = new ContactsService(test.db);
});
afterAll(() => test.drop());
beforeEach(async () => {
  ctx = await workspace();
  other = await workspace();
});

async function workspace(): Promise<RequestContext> {
  const row = await test.db.first<{ id: string }>(
    "INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC') RETURNING id",
  );
  const actor = { type: 'key', id: '1', name: 'spec' } as const;
  return { workspaceId: String(row?.id), actor, role: null, permissions: new Set() };
}
const add = (body: object) => suppressions.add(ctx, SuppressionBody.parse(body));
const search = (query: object, as = ctx) => suppressions.list(as, SuppressionQuery.parse(query));

describe('suppressions', () => {
  it('mark the contact, and lifting one makes it active again', async () => {
    const contact = await contacts.create(ctx, ContactBody.parse({ email: 'A@example.com' }));
    const { id } = await add({ address: 'a@EXAMPLE.com', note: 'asked by phone' });
    expect(await contacts.get(ctx, contact.id)).toMatchObject({ status: 'suppressed', suppressed: true, version: 1 });
    await suppressions.remove(ctx, id);
    expect(await contacts.get(ctx, contact.id)).toMatchObject({ status: 'active', suppressed: false });
    await expect(suppressions.remove(ctx, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('hold before the contact exists and after it is erased', async () => {
    await add({ address: 'later@example.com', reason: 'hard_bounce' });
    const contact = await contacts.create(ctx, ContactBody.parse({ email: 'later@example.com' }));
    expect(contact).toMatchObject({ status: 'bounced', suppressed: true });
    await contacts.remove(ctx, contact.id);
    expect(await isSuppressed(test.db, ctx.workspaceId, 'later@example.com')).toBe(true);
    expect(await isSuppressed(test.db, other.workspaceId, 'later@example.com')).toBe(false);
  });

  it('keep the stronger reason with its evidence, in whatever order reasons come', async () => {
    const base = { workspaceId: ctx.workspaceId, canonical: 'x@example.com' };
    expect(await suppress(test.db, { ...base, reason: 'soft_bounce', detail: '452 full' })).toBe(true);
    expect(await suppress(test.db, { ...base, reason: 'hard_bounce', detail: '550 no such user\0' })).toBe(false);
    expect(await suppress(test.db, { ...base, reason: 'unsubscribed', detail: 'clicked' })).toBe(false);
    expect(await suppress(test.db, { ...base, reason: 'hard_bounce', detail: 'again' })).toBe(false);
    expect((await search({})).items).toEqual([
      expect.objectContaining({ address: 'x@example.com', reason: 'hard_bounce', detail: '550 no such user' }),
    ]);
    await add({ address: 'x@example.com', reason: 'complaint', note: 'letter' });
    await add({ address: 'x@example.com', note: 'weaker' });
    expect((await search({})).items).toEqual([expect.objectContaining({ reason: 'complaint', note: 'letter' })]);
  });

  it('are new exactly once when twenty reports arrive together', async () => {
    const request = { workspaceId: ctx.workspaceId, canonical: 'race@example.com', reason: 'complaint' } as const;
    const answers = await Promise.all(Array.from({ length: 20 }, () => suppress(test.db, request)));
    expect(answers.filter(Boolean)).toHaveLength(1);
  });

  it('are listed newest first, searched and filtered, within the workspace', async () => {
    for (const name of ['one', 'two', 'three']) await add({ address: `${name}@example.com` });
    await add({ address: 'b@example.com', reason: 'hard_bounce' });
    const page = await search({ limit: 3, count: 'true' });
    expect(page.items.map((item) => item.address[0])).toEqual(['b', 't', 't']);
    expect(page.total).toBe(4);
    expect((await search({ limit: 3, cursor: page.nextCursor })).items.map((item) => item.address)).toEqual([
      'one@example.com',
    ]);
    expect((await search({ q: 'TWO@' })).items).toHaveLength(1);
    expect((await search({ q: '%' })).items).toHaveLength(0);
    expect((await search({ reason: 'hard_bounce' })).items).toHaveLength(1);
    expect((await search({}, other)).items).toEqual([]);
  });

  it('refuse an address that is not one, naming the property', async () => {
    await expect(add({ address: 'a@x.cn, b@x.cn' })).rejects.toMatchObject({
      code: 'ADDRESS_INVALID',
      errors: [{ property: 'address', code: 'ADDRESS_NOT_ONE' }],
    });
  });
});

/** A file that comes in pieces of five bytes. */
async function* pieces(text: string): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 5) yield bytes.subarray(at, at + 5);
}

describe('the suppression list', () => {
  it('bars a whole domain', async () => {
    const contact = await contacts.create(ctx, ContactBody.parse({ email: 'a@Rival.example.com' }));
    expect(await add({ address: '@rival.EXAMPLE.com' })).toMatchObject({ address: '@rival.example.com' });
    expect(await isSuppressed(test.db, ctx.workspaceId, 'b@rival.example.com')).toBe(true);
    expect(await isSuppressed(test.db, ctx.workspaceId, 'b@sub.rival.example.com')).toBe(false);
    expect(await contacts.get(ctx, contact.id)).toMatchObject({ status: 'active', suppressed: true });
    await expect(add({ address: '@' })).rejects.toMatchObject({ code: 'ADDRESS_INVALID' });
  });

  it('lets go by itself who is on it until a time, and never shortens what has no end', async () => {
    const expiresAt = new Date(Date.now() + 1_000).toISOString();
    await expect(add({ address: 'x@example.com', expiresAt: '2020-01-01T00:00:00Z' })).rejects.toMatchObject({
      property: 'expiresAt',
    });
    const contact = await contacts.create(ctx, ContactBody.parse({ email: 'x@example.com' }));
    const { id } = await add({ address: 'x@example.com', expiresAt });
    await add({ address: 'y@example.com' });
    await add({ address: 'y@example.com', reason: 'hard_bounce', expiresAt });
    await test.db.run(`UPDATE suppressions SET expires_at = now() WHERE id = $1`, [id]);
    await endExpired(test.db);
    expect(await contacts.get(ctx, contact.id)).toMatchObject({ status: 'active', suppressed: false });
    expect((await search({})).items).toMatchObject([
      { address: 'y@example.com', expiresAt: null, reason: 'hard_bounce' },
    ]);
  });

  it('takes plain lines and CSV, names the lines it can’t take, and what it gives out comes back the same', async () => {
    const lines = 'a@example.com\n\n  B@EXAMPLE.com \nnobody\n@rival.example\na@example.com\n';
    expect(await suppressions.import(ctx, pieces(lines), 'old system')).toEqual({
      ...{ lines: 5, added: 3, known: 1, invalid: 1 },
      errors: [{ line: 4, value: 'nobody', code: expect.any(String), message: expect.any(String) }],
    });
    const csv = '姓名;邮箱;reason\n李;li@example.com;complaint\n王;wang@example.com;whatever\n';
    expect(await suppressions.import(ctx, pieces(csv), '')).toMatchObject({ lines: 2, added: 2, invalid: 0 });
    const before = (await search({})).items;
    expect(before.map(({ address, reason, note }) => [address, reason, note])).toEqual([
      ['wang@example.com', 'manual', ''],
      ['li@example.com', 'complaint', ''],
      ['@rival.example', 'manual', 'old system'],
      ['b@example.com', 'manual', 'old system'],
      ['a@example.com', 'manual', 'old system'],
    ]);
    let out = '';
    for await (const piece of suppressions.export(ctx, {})) out += piece;
    expect(await suppressions.import(other, pieces(out), '')).toMatchObject({ lines: 5, added: 5, invalid: 0 });
    const after = (await search({}, other)).items.map(({ address, reason, note }) => [address, reason, note]);
    expect(after.sort()).toEqual(before.map(({ address, reason, note }) => [address, reason, note]).sort());
    let filtered = '';
    for await (const piece of suppressions.export(ctx, { reason: 'complaint' })) filtered += piece;
    expect(filtered.split('\r\n').slice(1, -1)).toEqual([expect.stringMatching(/^li@example\.com,complaint,/)]);
    const trail = `SELECT after FROM audit_log WHERE workspace_id = $1 AND action = 'suppressions.exported' ORDER BY id`;
    expect(await test.db.rows(trail, [ctx.workspaceId])).toEqual([{ after: {} }, { after: { reason: 'complaint' } }]);
  });

  it('gives ends and the words of servers back with the file, and takes no end that is over for none', async () => {
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    await suppress(test.db, {
      ...{ workspaceId: ctx.workspaceId, canonical: 'full@example.com', reason: 'backed_off' },
      ...{ detail: '452 4.2.2 Mailbox full', expiresAt: new Date(expiresAt) },
    });
    let out = '';
    for await (const piece of suppressions.export(ctx, {})) out += piece;
    await suppressions.import(other, pieces(out), '');
    const [entry] = (await search({}, other)).items;
    expect(entry).toMatchObject({ address: 'full@example.com', detail: '452 4.2.2 Mailbox full', expiresAt });

    const csv = 'email,reason,expires\na@x.example,manual,2020-01-01\nb@x.example,,soon\nc@x.example,,2999-01-01\n';
    expect(await suppressions.import(other, pieces(csv), '')).toMatchObject({
      ...{ lines: 3, added: 1, invalid: 2 },
      errors: [
        { line: 2, value: '2020-01-01', code: 'IN_THE_PAST' },
        { line: 3, value: 'soon', code: 'NOT_A_DATE' },
      ],
    });
  });

  it('keeps the graver of two reasons in a file, and takes *@domain for the domain', async () => {
    const csv = 'email,reason\na@x.example,complaint\na@x.example,manual\n*@rival.example,\n';
    expect(await suppressions.import(ctx, pieces(csv), '')).toMatchObject({ lines: 3, added: 2, known: 1 });
    const found = (await search({})).items.map(({ address, reason }) => [address, reason]);
    expect(found.sort()).toEqual([
      ['@rival.example', 'manual'],
      ['a@x.example', 'complaint'],
    ]);
  });

  it('keeps who lifted an entry, with the note', async () => {
    const { id } = await add({ address: 'back@example.com', reason: 'hard_bounce' });
    await suppressions.remove(ctx, id, 'confirmed by phone');
    const line = await test.db.first(
      `SELECT action, before->>'reason' AS reason, after->>'note' AS note FROM audit_log WHERE subject = $1
       ORDER BY id DESC LIMIT 1`,
      [`suppression:${id}`],
    );
    expect(line).toEqual({ action: 'suppression.removed', reason: 'hard_bounce', note: 'confirmed by phone' });
  });
});
