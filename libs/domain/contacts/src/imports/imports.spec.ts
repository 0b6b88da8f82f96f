import { ContactBody, ImportCheckBody, ImportOptions, ImportStartBody } from '#contracts';
import { createLogger } from '#platform/logging';
import { JobQueue } from '#platform/queue';
import { createTestDatabase, makeWorkbook } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import type { RequestContext } from '#domain/workspaces';
import {
  ContactsService,
  FieldsService,
  ImportDraftsService,
  ImportsService,
  ListsService,
  resumeStaleImports,
  runImport,
} from '../index.js';
import type { LookUp } from '../index.js';
import { readImport } from './read-import.js';
import { findImport, takeImport } from './import.repository.js';
import type { ImportRow, ReadProgress } from './import.repository.js';
import { ImportStopped } from './import-stopped.js';
import { mergeImport } from './merge-import.js';

let test: TestDatabase;
let queue: JobQueue;
let imports: ImportsService;
let drafts: ImportDraftsService;
let contacts: ContactsService;
let ctx: RequestContext;
let other: RequestContext;
let listId: string;

beforeAll(async () => {
  test = await createTestDatabase();
  queue = new JobQueue({ queueUrl: '', databaseUrl: test.url }, createLogger('spec', 'error'));
  imports = new ImportsService(test.db, queue);
  drafts = new ImportDraftsService(test.db, queue);
  contacts = new ContactsService(test.db);
});
afterAll(async () => {
  await queue.close();
  await test.drop();
});
beforeEach(async () => {
  ctx = await workspace();
  other = await workspace();
  listId = (
    await new ListsService(test.db).create(ctx, { name: 'news', description: '', optIn: 'single', public: false })
  ).id;
});

async function workspace(): Promise<RequestContext> {
  const row = await test.db.first<{ id: string }>(
    "INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC') RETURNING id",
  );
  const actor = { type: 'key', id: '1', name: 'spec' } as const;
  return { workspaceId: String(row?.id), actor, role: null, permissions: new Set() };
}
async function* bytes(content: string | Buffer) {
  yield Buffer.from(content as string);
}
async function start(content: string | Buffer | AsyncIterable<Buffer>, options: object = {}) {
  const isStream = typeof content === 'object' && Symbol.asyncIterator in content;
  const file = await imports.store(isStream ? content : bytes(content));
  const given = ImportOptions.parse({ consent: { source: 'fair' }, ...options });
  return imports.start(ctx, listId, { file, fileName: 'a.csv', options: given });
}
/** Stores a file as a draft. */
async function draft(content: string | Buffer, fileName = 'a.csv') {
  return drafts.create(ctx, await imports.store(bytes(content)), fileName);
}
async function preview(content: string | Buffer) {
  const { id } = await draft(content);
  const seen = await drafts.preview(ctx, id, {});
  await imports.cancel(ctx, id);
  return seen;
}
/** Uploads and runs an import to its end. */
async function run(content: string | Buffer | AsyncIterable<Buffer>, options: object = {}) {
  const { id } = await start(content, options);
  await runImport(test.db, id);
  return imports.get(ctx, id);
}
async function errorsOf(id: string): Promise<string> {
  let text = '';
  for await (const piece of await imports.errors(ctx, id)) text += piece;
  return text;
}
const codesOf = async (id: string) =>
  (await errorsOf(id))
    .split('\r\n')
    .slice(1, -1)
    .map((line) => line.split(',').slice(0, 2).join(' '));
const all = async () => {
  const page = await contacts.list(ctx, { sort: 'email', limit: 200 });
  return new Map(page.items.map((contact) => [contact.email, contact]));
};
const add = (body: object) => contacts.create(ctx, ContactBody.parse(body));
const field = (key: string, type: 'text' | 'number' | 'date', label = key) =>
  new FieldsService(test.db).create(ctx, { key, label, type, defaultValue: '' });
/** What a run leaves besides its result: nothing. */
async function leftovers() {
  return test.db.rows(`SELECT 'chunk' AS what FROM import_chunks UNION ALL
    SELECT relname FROM pg_class WHERE relname LIKE 'import\\_staging%' AND relkind = 'r'`);
}

describe('an import', () => {
  it('creates contacts with typed fields, tags, consent and membership, and accounts for every row', async () => {
    await field('city', 'text', '城市');
    await field('points', 'number', '积分');
    const file = [
      '邮箱,姓名,城市,积分,标签,备注',
      'Li.Ming@Example.com,李明,上海,"1,280","a;b",x',
      'wang@example.com,王芳,,,,',
      'li.ming@example.COM,重复,,,,',
      'nobody,坏,,,,',
      'zhao@example.com,赵六,北京,many,,',
    ].join('\n');
    const result = await run(file, { tags: ['fair26'] });
    expect(result).toMatchObject({
      status: 'done',
      phase: 'finished',
      rows: 5,
      created: 2,
      updated: 0,
      unchanged: 0,
      duplicates: 1,
      invalid: 2,
      suppressed: 0,
      error: null,
    });
    expect(result.bytesRead).toBe(Buffer.byteLength(file));
    expect((await all()).get('Li.Ming@example.com')).toMatchObject({
      name: '李明',
      fields: { city: '上海', points: 1280 },
      tags: ['a', 'b', 'fair26'],
      lists: [{ id: listId, status: 'subscribed', consent: { source: 'fair', at: expect.any(String) } }],
      version: 1,
    });
    expect(await codesOf(result.id)).toEqual(['4 DUPLICATE_IN_FILE', '5 ADDRESS_NO_AT', '6 NOT_A_NUMBER']);
    expect(await leftovers()).toEqual([]);
  });

  it.each([
    ['update', { name: 'new', fields: { city: 'new', keep: 'k', more: 'm' }, tags: ['t', 'u'] }, { updated: 1 }],
    ['fill', { name: 'old', fields: { city: 'old', keep: 'k', more: 'm' }, tags: ['t', 'u'] }, { updated: 1 }],
    ['skip', { name: 'old', fields: { city: 'old', keep: 'k' }, tags: ['t'] }, { updated: 1 }],
  ])(
    'treats contacts that are there by the rule %s, and an empty cell erases nothing',
    async (existing, after, counts) => {
      for (const key of ['city', 'keep', 'more']) await field(key, 'text');
      await add({ email: 'a@example.com', name: 'old', fields: { city: 'old', keep: 'k' }, tags: ['t'] });
      const file = 'email,name,city,keep,more,tags\na@example.com,new,new,,m,u\n';
      expect(await run(file, { existing })).toMatchObject({ created: 0, unchanged: 0, ...counts });
      expect((await all()).get('a@example.com')).toMatchObject({ ...after, lists: [{ id: listId }] });
      const again = await run(file, { existing });
      expect(again).toMatchObject({ created: 0, updated: 0, unchanged: 1 });
    },
  );

  it('never brings back who has left the list, nor confirms who has not, and flags suppressed addresses', async () => {
    await add({ email: 'left@example.com', lists: [{ id: listId, status: 'unsubscribed' }] });
    await add({ email: 'wait@example.com', lists: [{ id: listId, status: 'pending', consent: { source: 'form' } }] });
    await test.db.run(
      "INSERT INTO suppressions (workspace_id, canonical, reason) VALUES ($1, 'barred@example.com', 'hard_bounce')",
      [ctx.workspaceId],
    );
    const result = await run('email\nleft@example.com\nwait@example.com\nbarred@example.com\n');
    expect(result).toMatchObject({ created: 1, unchanged: 2, suppressed: 1 });
    const found = await all();
    expect(found.get('left@example.com')?.lists[0]?.status).toBe('unsubscribed');
    expect(found.get('wait@example.com')?.lists[0]).toMatchObject({ status: 'pending', consent: { source: 'form' } });
    expect(found.get('barred@example.com')).toMatchObject({ status: 'bounced', suppressed: true });
  });

  it('is undone: created contacts go, changed ones come back, and what was changed since stays', async () => {
    await field('city', 'text');
    await add({ email: 'old@example.com', name: 'before', tags: ['t'], fields: { city: 'c' } });
    await add({ email: 'edited@example.com', name: 'before' });
    const file = ['email,name,city,tags', 'old@example.com,after,d,u', 'edited@example.com,after,,']
      .concat(['gone@example.com,n,,', 'kept@example.com,n,,', 'optout@example.com,n,,'])
      .join('\n');
    const { id } = await run(file);
    const imported = await all();
    const change = (email: string, body: object) =>
      contacts.update(ctx, imported.get(email)!.id, { version: imported.get(email)!.version, ...body });
    await change('edited@example.com', { name: 'edited since' });
    await change('kept@example.com', { name: 'edited since' });
    await contacts.change(ctx, { ids: [imported.get('optout@example.com')!.id], action: 'unsubscribe' });
    expect(await imports.undo(ctx, id)).toMatchObject({ status: 'undone' });
    const found = await all();
    expect([...found.keys()]).toEqual([
      'edited@example.com',
      'kept@example.com',
      'old@example.com',
      'optout@example.com',
    ]);
    expect(found.get('old@example.com')).toMatchObject({
      name: 'before',
      tags: ['t'],
      fields: { city: 'c' },
      lists: [],
    });
    expect(found.get('edited@example.com')).toMatchObject({ name: 'edited since', lists: [] });
    expect(found.get('optout@example.com')?.lists).toMatchObject([{ status: 'unsubscribed' }]);
    await expect(imports.undo(ctx, id)).rejects.toMatchObject({ code: 'IMPORT_NOT_UNDOABLE' });
  });

  it('is of its own workspace', async () => {
    const { id } = await start('email\na@example.com\n');
    for (const work of [
      imports.get(other, id),
      imports.cancel(other, id),
      imports.undo(other, id),
      imports.errors(other, id),
    ])
      await expect(work).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const file = await imports.store(bytes('email\n'));
    const options = ImportOptions.parse({ consent: { source: 's' } });
    await expect(imports.start(other, listId, { file, fileName: 'a', options })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await imports.list(other, { limit: 10 })).items).toEqual([]);
    expect((await imports.list(ctx, { limit: 10 })).items).toHaveLength(1);
    await imports.cancel(ctx, id);
    expect(await leftovers()).toEqual([]);
  });

  it('counts the refused rows by reason, and words them for who asks', async () => {
    const { id } = await run('邮箱,姓名\nbad,x\nworse,y\nli@,z\nok@example.com,w\nOK@example.com,w\n');
    expect((await imports.get(ctx, id)).refusals).toEqual([
      { code: 'ADDRESS_NO_AT', count: 2 },
      { code: 'ADDRESS_DOMAIN_INVALID', count: 1 },
    ]);
    expect((await errorsOf(id)).split('\r\n')[0]).toBe('\uFEFFline,code,reason,邮箱,姓名');
    const person = await test.db.first<{ id: string }>(
      "INSERT INTO users (email, name, password_hash, locale, timezone) VALUES ('li@example.com', 'Li', 'x', 'zh-CN', 'UTC') RETURNING id",
    );
    const actor = {
      type: 'user',
      id: String(person?.id),
      email: 'li@example.com',
      sessionHash: Buffer.alloc(0),
    } as const;
    let text = '';
    for await (const piece of await imports.errors({ ...ctx, actor }, id)) text += piece;
    const [head, first] = text.split('\r\n');
    expect(head).toBe('\uFEFF行号,代码,原因,邮箱,姓名');
    expect(first).toBe('2,ADDRESS_NO_AT,邮箱：邮箱地址缺少 @，应如 name@example.com,bad,x');
  });

  it('gives out a file of errors that no spreadsheet runs, and takes such cells back as they were', async () => {
    const result = await run('email,name\n=1+1,"=HYPERLINK(""x"")"\nok@example.com,\'=note\n+plus@example.com,\'-x\n');
    const text = await errorsOf(result.id);
    expect(text).toBe(
      '\uFEFFline,code,reason,email,name\r\n' +
        `2,ADDRESS_NO_AT,email: The address has no @. Write it as name@example.com.,'=1+1,"'=HYPERLINK(""x"")"\r\n`,
    );
    const found = await all();
    expect(found.get('ok@example.com')?.name).toBe('=note');
    expect(found.get('+plus@example.com')?.name).toBe('-x');
    await imports.undo(ctx, result.id);
    await run("email,name\n'+plus@example.com,x\n");
    expect([...(await all()).keys()]).toEqual(['+plus@example.com']);
  });
});

describe('an interrupted import', () => {
  const rows = (n: number) => `email\n${Array.from({ length: n }, (_, i) => `u${i}@example.com`).join('\n')}\n`;
  const count = async () => (await contacts.list(ctx, { sort: 'email', limit: 1, count: true })).total;

  /** Merges the first chunk, as a runner that dies behind it. */
  async function mergeFirst(row: ImportRow, read: ReadProgress) {
    await mergeImport(test.db, row, { ...read, rows: 10_000 });
    await test.db.run('UPDATE imports SET rows = $2 WHERE id = $1', [row.id, read.rows]);
  }

  it('leaves nothing when it is cancelled while it reads', async () => {
    const { id } = await start(rows(100));
    const row = (await takeImport(test.db, id))!;
    await imports.cancel(ctx, id);
    await expect(readImport(test.db, row)).rejects.toBeInstanceOf(ImportStopped);
    await runImport(test.db, id);
    expect(await imports.get(ctx, id)).toMatchObject({ status: 'cancelled', created: 0 });
    expect(await count()).toBe(0);
    await expect(imports.cancel(ctx, id)).rejects.toMatchObject({ code: 'IMPORT_NOT_CANCELLABLE' });
    await resumeStaleImports(test.db, queue);
    expect(await leftovers()).toEqual([]);
  });

  it('keeps and counts what was merged when it is cancelled while it merges, and undo takes that back', async () => {
    const { id } = await start(rows(25_000));
    const row = (await takeImport(test.db, id))!;
    const read = await readImport(test.db, row);
    await mergeFirst(row, read);
    await imports.cancel(ctx, id);
    await expect(mergeImport(test.db, { ...row, mergedTo: 10_000 }, read)).rejects.toBeInstanceOf(ImportStopped);
    expect(await imports.get(ctx, id)).toMatchObject({ status: 'cancelled', created: 10_000 });
    await imports.undo(ctx, id);
    expect(await count()).toBe(0);
    await resumeStaleImports(test.db, queue);
    expect(await leftovers()).toEqual([]);
  });

  it('is run by one process at a time; when that one died, another goes on and every count is exact', async () => {
    const { id } = await start(`${rows(25_000)}u1@example.com\nbad\n`);
    const dead = (await takeImport(test.db, id))!;
    const read = await readImport(test.db, dead);
    await mergeFirst(dead, read);
    await runImport(test.db, id);
    expect(await imports.get(ctx, id)).toMatchObject({ status: 'running', phase: 'merging', created: 10_000 });
    await test.db.run("UPDATE imports SET lease_until = now() - interval '1 second' WHERE id = $1", [id]);
    await runImport(test.db, id);
    // The one thought dead wakes up: it may not commit anything any more.
    await expect(mergeImport(test.db, { ...dead, mergedTo: 10_000 }, read)).rejects.toBeInstanceOf(ImportStopped);
    expect(await imports.get(ctx, id)).toMatchObject({
      status: 'done',
      rows: 25_002,
      created: 25_000,
      updated: 0,
      unchanged: 0,
      duplicates: 1,
      invalid: 1,
    });
    expect(await count()).toBe(25_000);
    await imports.undo(ctx, id);
    expect(await count()).toBe(0);
  });

  it('is read again when a crash of the database has emptied its unlogged table', async () => {
    const { id } = await start(rows(15_000));
    const row = (await takeImport(test.db, id))!;
    const read = await readImport(test.db, row);
    await mergeFirst(row, read);
    await test.db.run(`TRUNCATE import_staging_${id}`);
    await expect(mergeImport(test.db, { ...row, mergedTo: 10_000 }, read)).rejects.toThrow('are gone');
    await test.db.run("UPDATE imports SET lease_until = now() - interval '1 second' WHERE id = $1", [id]);
    await runImport(test.db, id);
    expect(await imports.get(ctx, id)).toMatchObject({ status: 'done', rows: 15_000, created: 15_000, unchanged: 0 });
  });

  it('is let go when its process stops, for another one to resume at once', async () => {
    const { id } = await start(rows(100));
    await runImport(test.db, id, AbortSignal.abort());
    expect(await imports.get(ctx, id)).toMatchObject({ status: 'running', created: 0 });
    await runImport(test.db, id);
    expect(await imports.get(ctx, id)).toMatchObject({ status: 'done', created: 100 });
  });

  it('is given up after ten runs that never ended', async () => {
    const { id } = await start(rows(1));
    await test.db.run('UPDATE imports SET attempts = 10 WHERE id = $1', [id]);
    await runImport(test.db, id);
    expect(await imports.get(ctx, id)).toMatchObject({ status: 'failed', error: { code: 'INTERNAL' } });
    expect(await leftovers()).toEqual([]);
  });

  it('stores nothing of an upload that breaks off or is too large', async () => {
    async function* broken() {
      yield Buffer.alloc(600 * 1024, 'a');
      throw new Error('connection lost');
    }
    await expect(imports.store(broken())).rejects.toThrow('connection lost');
    async function* endless() {
      const piece = Buffer.alloc(8 * 1024 * 1024, 'a');
      for (;;) yield piece;
    }
    await expect(imports.store(endless())).rejects.toMatchObject({ code: 'TOO_LARGE' });
    await expect(imports.store(bytes(''))).rejects.toMatchObject({ code: 'IMPORT_FILE_INVALID' });
    expect(await leftovers()).toEqual([]);
    expect(await findImport(test.db, ctx.workspaceId, '999999')).toBeUndefined();
  });
});

describe('a hostile file', () => {
  it('without a row below the header is refused, and so is one that is no text', async () => {
    const noRows = { code: 'IMPORT_FILE_INVALID', errors: [{ property: 'file', code: 'NO_ROWS' }] };
    await expect(preview(Buffer.from('邮箱,姓名\r\n\r\n'))).rejects.toMatchObject(noRows);
    await expect(start('email,name')).rejects.toMatchObject(noRows);
    const picture = Buffer.from(Array.from({ length: 4_000 }, (_, index) => (index * 7919) % 251));
    const notText = { code: 'IMPORT_FILE_INVALID', errors: [{ code: 'NOT_TEXT' }] };
    await expect(preview(picture)).rejects.toMatchObject(notText);
    await expect(start(picture, { encoding: 'gb18030', mapping: ['email'] })).rejects.toMatchObject(notText);
  });

  it('with an open quote, text behind a quote or NULs is reported row by row, and the rest is taken', async () => {
    const filler = Array.from({ length: 9_000 }, (_, i) => `f${i}@example.com,n`).join('\n');
    const file = `email,name\na@example.com,"open\n${filler}\nb@example.com,"x"y\nc@example.com,n\0ul\nd@example.com,ok\n`;
    const result = await run(file);
    expect(result).toMatchObject({ status: 'done', rows: 9_004, created: 9_001, invalid: 3 });
    expect(await codesOf(result.id)).toEqual(['2 QUOTE_NOT_CLOSED', '9003 QUOTE_INVALID', '9004 CONTROL_CHARACTER']);
  });

  it('of one line of 80 MB is refused at once, naming the line; the same after good rows is one bad row', async () => {
    async function* lines(beginning: string) {
      yield Buffer.from(beginning);
      const piece = Buffer.alloc(1024 * 1024, 'x');
      for (let n = 0; n < 80; n++) yield piece;
      yield Buffer.from('\nlast@example.com\n');
    }
    const refused = await start(lines('')).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: 'IMPORT_FILE_INVALID',
      errors: [{ property: 'file', code: 'ROW_TOO_LONG', params: { line: 1 } }],
    });
    const result = await run(lines('email\nfirst@example.com\n'));
    expect(result).toMatchObject({ status: 'done', rows: 3, created: 2, invalid: 1 });
    expect(await codesOf(result.id)).toEqual(['3 ROW_TOO_LONG']);
  }, 60_000);

  it('of a million columns is refused, naming the line', async () => {
    const refused = await start(`${'a,'.repeat(1_000_000)}\n`).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: 'IMPORT_FILE_INVALID',
      errors: [{ code: 'ROW_TOO_LONG', params: { line: 1 } }],
    });
  });

  it('without a column of addresses, or with a wrong mapping, is refused before it runs', async () => {
    await expect(start('a,b\n1,2\n')).rejects.toMatchObject({
      code: 'IMPORT_FILE_INVALID',
      errors: [{ code: 'EMAIL_COLUMN_MISSING' }],
    });
    const mapping = ['name', 'name', 'field:nosuch'];
    await expect(start('email\na@example.com\n', { mapping })).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      errors: [
        { property: 'mapping.1', code: 'DUPLICATE_TARGET' },
        { property: 'mapping.2', code: 'UNKNOWN_FIELD' },
        { property: 'mapping', code: 'EMAIL_COLUMN_MISSING' },
      ],
    });
    expect(await leftovers()).toEqual([]);
  });
});

describe('encodings', () => {
  const text = '邮箱,姓名\nli@example.com,李明\nwang@example.com,王芳\n';
  const utf16 = (mark: boolean) => Buffer.from((mark ? '\uFEFF' : '') + text, 'utf16le');
  // 邮箱,姓名 · 李明 · 王芳 in GBK, as a Chinese spreadsheet saves CSV.
  const gbk = Buffer.concat([
    Buffer.from('d3cacfe42cd0d5c3fb0a', 'hex'),
    Buffer.from('li@example.com,'),
    Buffer.from('c0eec3f70a', 'hex'),
    Buffer.from('wang@example.com,'),
    Buffer.from('cdf5b7bc0a', 'hex'),
  ]);
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16LE with a mark', utf16(true)],
    ['UTF-16LE without one', utf16(false)],
    ['UTF-16BE with a mark', utf16(true).swap16()],
    ['UTF-16BE without one', utf16(false).swap16()],
    ['GB18030', gbk],
  ])('are told apart and read: %s', async (_, file) => {
    expect(await run(file)).toMatchObject({ status: 'done', created: 2, invalid: 0 });
    expect([...(await all()).values()].map(({ name }) => name)).toEqual(['李明', '王芳']);
  });

  it('given wrongly end in a refusal or in rows that name the damage, never in rubbish', async () => {
    const inGbk = await run(gbk, { encoding: 'utf-8', mapping: ['email', 'name'], hasHeader: true });
    expect(inGbk).toMatchObject({ created: 0, invalid: 2 });
    expect(await codesOf(inGbk.id)).toEqual(['2 ENCODING_INVALID', '3 ENCODING_INVALID']);
    await expect(start(text, { encoding: 'gb18030' })).rejects.toMatchObject({
      errors: [{ code: 'ENCODING_MISMATCH' }],
    });
    for (const encoding of ['utf-16le', 'utf-16be'])
      await expect(start(text, { encoding })).rejects.toMatchObject({ code: 'IMPORT_FILE_INVALID' });
    await expect(start(utf16(false), { encoding: 'utf-8' })).rejects.toMatchObject({ code: 'IMPORT_FILE_INVALID' });
    expect((await all()).size).toBe(0);
  });
});

describe('the gate of an import', () => {
  const file = 'email\ngood@firm.cn\nli@gamil.com\nx@mailinator.com\nsales@gone.cn\na@gone.cn\n';
  const lookUp: LookUp = (domain) =>
    Promise.resolve(
      domain === 'gone.cn'
        ? { ok: false, reason: 'no-such-domain', detail: '' }
        : { ok: true, names: [], mail: 'exchangers' },
    );
  async function through(risky: 'take' | 'skip' | 'tag') {
    const { id } = await start(file, { risky });
    await runImport(test.db, id, undefined, lookUp);
    return imports.get(ctx, id);
  }
  const found = [
    { reason: 'typo', verdict: 'risky', count: 1 },
    { reason: 'domain_gone', verdict: 'invalid', count: 2 },
    { reason: 'disposable', verdict: 'risky', count: 1 },
  ];

  it('names risky and invalid addresses by reason, and takes them', async () => {
    expect(await through('take')).toMatchObject({ created: 5, invalid: 0, risky: 'take', quality: found });
  });

  it('leaves them out with a line each in the error file, where it was told so', async () => {
    const result = await through('skip');
    expect(result).toMatchObject({ rows: 5, created: 1, invalid: 4, quality: found });
    expect(await codesOf(result.id)).toEqual([
      '3 RISKY_TYPO',
      '4 RISKY_DISPOSABLE',
      '5 RISKY_DOMAIN_GONE',
      '6 RISKY_DOMAIN_GONE',
    ]);
  });

  it('marks them with a tag, where it was told so', async () => {
    expect(await through('tag')).toMatchObject({ created: 5, quality: found });
    const tagged = [...(await all()).values()].filter(({ tags }) => tags.includes('risky')).map(({ email }) => email);
    expect(tagged.sort()).toEqual(['a@gone.cn', 'li@gamil.com', 'sales@gone.cn', 'x@mailinator.com']);
  });
});

describe('a draft', () => {
  const given = { consent: { source: 'fair' } };
  const startBody = (rules: object = {}) => ImportStartBody.parse({ listId, ...given, ...rules });
  /** Has a draft checked, and what was found. */
  async function check(id: string, body: object = {}) {
    await drafts.check(ctx, id, ImportCheckBody.parse(body));
    await runImport(test.db, id);
    return imports.get(ctx, id);
  }

  it('is checked without writing anybody, told with samples, and then imported as it was checked', async () => {
    await field('city', 'text');
    await add({ email: 'same@example.com', name: 'S' });
    await add({ email: 'new-name@example.com', name: 'old', fields: { city: 'c' } });
    await add({ email: 'empty@example.com' });
    await add({ email: 'left@example.com', name: 'L', lists: [{ id: listId, status: 'unsubscribed' }] });
    await test.db.run(
      "INSERT INTO suppressions (workspace_id, canonical, reason) VALUES ($1, 'barred@example.com', 'hard_bounce')",
      [ctx.workspaceId],
    );
    const file = ['email,name,city', 'same@example.com,S,', 'new-name@example.com,new,d', 'empty@example.com,E,']
      .concat([
        'left@example.com,L,',
        'barred@example.com,B,',
        'fresh@example.com,F,x',
        'FRESH@example.com,G,',
        'bad,H,',
      ])
      .join('\n');
    const { id, status } = await draft(file);
    expect(status).toBe('draft');
    const before = await all();
    const checked = await check(id, { listId });
    expect(checked).toMatchObject({ status: 'checked', rows: 8, duplicates: 1, invalid: 1, created: 0 });
    expect(checked.check).toMatchObject({
      ...{ fresh: 2, existing: 4, changed: 2, filled: 1, onList: 1, left: 1, suppressed: 1 },
      samples: {
        fresh: [{ email: 'barred@example.com' }, { email: 'fresh@example.com', name: 'F', changes: [] }],
        left: [{ email: 'left@example.com' }],
        suppressed: [{ email: 'barred@example.com' }],
        duplicates: [{ line: 8, cells: ['FRESH@example.com', 'G', ''] }],
        invalid: [{ line: 9, code: 'ADDRESS_NO_AT', cells: ['bad', 'H', ''] }],
        risky: [],
      },
    });
    expect(checked.check?.samples.existing[1]).toEqual({
      email: 'new-name@example.com',
      name: 'new',
      changes: [
        { property: 'name', before: 'old', after: 'new' },
        { property: 'field:city', before: 'c', after: 'd' },
      ],
    });
    expect(await codesOf(id)).toEqual(['8 DUPLICATE_IN_FILE', '9 ADDRESS_NO_AT']);
    expect(await all()).toEqual(before);
    await drafts.start(ctx, id, startBody());
    await runImport(test.db, id);
    expect(await imports.get(ctx, id)).toMatchObject({ status: 'done', created: 2, updated: 3, unchanged: 1 });
    expect(await leftovers()).toEqual([]);
  });

  it('is compared again for another list, read again for other columns, and started only when checked', async () => {
    await add({ email: 'a@example.com', lists: [{ id: listId, status: 'subscribed' }] });
    const { id } = await draft('email,x,y\na@example.com,n,m\n');
    await expect(drafts.start(ctx, id, startBody())).rejects.toMatchObject({ code: 'IMPORT_NOT_CHECKED' });
    expect((await check(id)).check).toMatchObject({ onList: 0, changed: 0 });
    expect((await check(id, { listId })).check).toMatchObject({ onList: 1, changed: 0 });
    expect((await check(id, { mapping: ['email', 'name', null] })).check).toMatchObject({ onList: 0, changed: 1 });
    await drafts.start(ctx, id, startBody());
    await runImport(test.db, id);
    expect((await all()).get('a@example.com')?.name).toBe('n');
    await expect(drafts.check(ctx, id, {})).rejects.toMatchObject({ code: 'IMPORT_NOT_DRAFT' });
    await expect(drafts.preview(other, id, {})).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const again = await draft('Email;x;y\nb@example.com;n;m\n');
    const seen = await drafts.preview(ctx, again.id, {});
    expect(seen).toMatchObject({
      remembered: true,
      columns: [{ target: 'email' }, { target: 'name' }, { target: null }],
    });
    await imports.cancel(ctx, again.id);
    expect(await leftovers()).toEqual([]);
  });

  it('that is a workbook is read by the sheet that was chosen, with the numbers of its rows', async () => {
    await field('phone', 'text', '电话');
    const book = makeWorkbook({
      说明: [['x']],
      客户: [['邮箱', '电话'], ['a@example.com', 13812345678], [], ['bad', 1]],
    });
    const { id } = await draft(book, '客户.xlsx');
    await expect(drafts.preview(ctx, id, { sheet: 'no' })).rejects.toMatchObject({ code: 'IMPORT_FILE_INVALID' });
    expect(await drafts.preview(ctx, id, { sheet: '客户' })).toMatchObject({
      ...{ encoding: null, delimiter: null, sheet: '客户', sheets: ['说明', '客户'], hasHeader: true },
      columns: [{ target: 'email' }, { target: 'field:phone', samples: ['13812345678', '1'] }],
    });
    expect(await check(id, { sheet: '客户' })).toMatchObject({
      status: 'checked',
      rows: 2,
      invalid: 1,
      check: { fresh: 1 },
    });
    expect(await codesOf(id)).toEqual(['4 ADDRESS_NO_AT']);
    await drafts.start(ctx, id, startBody());
    await runImport(test.db, id);
    expect((await all()).get('a@example.com')?.fields).toEqual({ phone: '13812345678' });
  });

  it('empties a property whose cell is empty only where that was chosen', async () => {
    for (const key of ['city', 'keep']) await field(key, 'text');
    const person = { email: 'a@example.com', name: 'A', fields: { city: 'c', keep: 'k' }, tags: ['t'] };
    await add(person);
    const file = 'email,name,city,tags\na@example.com,,,\n';
    expect(await run(file)).toMatchObject({ updated: 1 });
    expect((await all()).get('a@example.com')).toMatchObject(person);
    expect(await run(file, { eraseEmpty: true })).toMatchObject({ updated: 1 });
    expect((await all()).get('a@example.com')).toMatchObject({ name: '', fields: { keep: 'k' }, tags: ['t'] });
  });
});

describe('the preview', () => {
  it('finds delimiter, header and where columns go by zh and en names, and shows samples', async () => {
    await field('city', 'text', '所在地');
    await field('mobile', 'text', 'Mobile phone');
    const file = Buffer.from('E-mail;称呼;所在地;手机号;备注\na@example.com;甲;上海;138;x\nb@example.com;乙;;139;\n');
    expect(await preview(file)).toEqual({
      encoding: 'utf-8',
      delimiter: ';',
      sheet: null,
      sheets: [],
      hasHeader: true,
      remembered: false,
      columns: [
        { header: 'E-mail', samples: ['a@example.com', 'b@example.com'], type: 'text', target: 'email' },
        { header: '称呼', samples: ['甲', '乙'], type: 'text', target: 'name' },
        { header: '所在地', samples: ['上海'], type: 'text', target: 'field:city' },
        { header: '手机号', samples: ['138', '139'], type: 'number', target: 'field:mobile' },
        { header: '备注', samples: ['x'], type: 'text', target: null },
      ],
      rows: [
        ['a@example.com', '甲', '上海', '138', 'x'],
        ['b@example.com', '乙', '', '139', ''],
      ],
    });
  });

  it('proposes what kind of field a column would make, and shows different samples', async () => {
    const head = 'e-mail,since,points,phone,postcode,level,none\n';
    const rows = ['a@b.example,2024-05-06,1.5,13812345678,010000,VIP,', 'c@d.example,2024/5/7,20,1,100000,VIP,'];
    const { columns } = await preview(Buffer.from(`${head}${rows.join('\n')}\ne@f.example,,-3,2,1,new,\n`));
    expect(columns.map(({ type }) => type)).toEqual(['text', 'date', 'number', 'text', 'text', 'text', 'text']);
    expect(columns[5]!.samples).toEqual(['VIP', 'new']);
  });

  it('finds the column of addresses where no header names it', async () => {
    const seen = await preview(Buffer.from('1\ta@example.com\n2\tb@example.com\n'));
    expect([seen.delimiter, seen.hasHeader]).toEqual(['\t', false]);
    expect(seen.columns.map(({ target }) => target)).toEqual([null, 'email']);
  });

  it('looks at the beginning of a large file only, and leaves out a row that its end has cut', async () => {
    const file = Buffer.from(`email,n\n${'abcdef@example.com,1\n'.repeat(20_000)}`).subarray(0, 262_144);
    const seen = await preview(file);
    expect(seen.rows).toHaveLength(10);
  });
});
