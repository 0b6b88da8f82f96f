import { DomainError, MessageBody, MessageQuery } from '#contracts';
import { parseSettings } from '#platform/config';
import { Vault } from '#platform/crypto';
import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { SendingAccountLoader, ensureSandboxAccount } from '#domain/senders';
import { AttachmentsService, ContentCompiler } from '#domain/templates';
import type { RequestContext } from '#domain/workspaces';
import { MessagesService } from './index.js';

let test: TestDatabase;
let service: MessagesService;
let attachments: AttachmentsService;
let ctx: RequestContext;
const compiler = new ContentCompiler();
const hints: string[] = [];
const queue = { add: (name: string) => Promise.resolve(void hints.push(name)) } as never;

beforeAll(async () => {
  test = await createTestDatabase();
  attachments = new AttachmentsService(test.db);
});
afterAll(async () => {
  await compiler.onApplicationShutdown();
  await test.drop();
});
beforeEach(async () => {
  hints.length = 0;
  const row = await test.db.first<{ id: string }>(
    "INSERT INTO workspaces (name, locale, timezone) VALUES ('鸿雁书店', 'en', 'UTC') RETURNING id",
  );
  ctx = {
    workspaceId: String(row?.id),
    actor: { type: 'key', id: '1', name: 'spec' },
    role: null,
    permissions: new Set(),
  };
  await ensureSandboxAccount(test.db, ctx.workspaceId);
  const settings = parseSettings({ DATABASE_URL: test.url, INBOUND_DOMAIN: 'in.hongyan.test' });
  const vault = new Vault({ bytes: Buffer.alloc(32, 1) });
  const loader = new SendingAccountLoader(settings, vault);
  service = new MessagesService(test.db, queue, vault, compiler, attachments, loader);
});

const body = (change: object = {}) =>
  MessageBody.parse({ to: 'li@people.org', subject: 'Hi', text: 'code {{data.code}}', data: { code: 1 }, ...change });
const post = async (change: object = {}) => (await service.create(ctx, body(change))).summary;
const list = (query: object = {}) => service.list(ctx, MessageQuery.parse(query));
/** The codes of a refusal by property. */
async function refusal(change: object): Promise<Record<string, string>> {
  const error = await post(change).catch((thrown: unknown) => thrown);
  if (!(error instanceof DomainError)) throw new Error(`not refused: ${JSON.stringify(error)}`);
  expect(error.code).toBe('VALIDATION_FAILED');
  return Object.fromEntries((error.errors ?? []).map(({ property, code }) => [property, code]));
}
async function account(user: string, fromDomains: string[]): Promise<void> {
  await test.db.run(
    `INSERT INTO smtp_accounts (workspace_id, kind, name, host, port, security, auth_method, auth_user, return_path,
       connections, messages_per_connection, from_domains)
     VALUES ($1, 'smtp', 'real', 'smtp.brand.org', 587, 'starttls', 'plain', $2, 'verp', 2, 100, $3)`,
    [ctx.workspaceId, user, fromDomains],
  );
}
const suppress = (canonical: string, reason: string) =>
  test.db.run('INSERT INTO suppressions (workspace_id, canonical, reason) VALUES ($1, $2, $3)', [
    ctx.workspaceId,
    canonical,
    reason,
  ]);

describe('taking a message in', () => {
  it('stores it, wakes a sender and shows it in the log', async () => {
    const sent = await post({
      to: { name: '李明', address: 'Li@People.org' },
      from: 'hello@brand.org',
      tags: ['a', 'a'],
    });
    expect(sent).toMatchObject({ to: 'Li@people.org', from: 'hello@brand.org', status: 'pending', tags: ['a'] });
    expect(hints).toEqual(['message.ready']);
    expect(await service.get(ctx, sent.id)).toMatchObject({ toName: '李明', attempts: [], retryAt: null });
    expect((await list()).items.map(({ id }) => id)).toEqual([sent.id]);
  });

  it('names every wrong field at once and stores nothing', async () => {
    await account('user', ['brand.org']);
    expect(
      await refusal({
        to: 'a@people.org, b@people.org',
        replyTo: 'x@people.org\r\nBcc: y@people.org',
        attachments: [{ id: '987654' }, { name: 'run.exe', content: 'TVo=' }],
        subject: '{{#if a}}',
      }),
    ).toEqual({
      to: 'ADDRESS_NOT_ONE',
      replyTo: 'ADDRESS_CONTROL_CHARACTER',
      'attachments.0': 'ATTACHMENT_UNKNOWN',
      'attachments.1': 'ATTACHMENT_TYPE',
      subject: expect.stringMatching(/^[A-Z_]+$/),
    });
    expect((await list()).items).toEqual([]);
    expect(hints).toEqual([]);
  });

  it('takes a template or content, never both nor neither', async () => {
    const content = { subject: 'Order {{data.n}}', preheader: null, html: '<p>{{data.n}}</p>', mjml: null, text: null };
    const template = await test.db.first<{ id: string }>(
      "INSERT INTO templates (workspace_id, name, content) VALUES ($1, 't', $2) RETURNING id",
      [ctx.workspaceId, JSON.stringify(content)],
    );
    const bare = { subject: undefined, text: undefined };
    expect(await post({ ...bare, templateId: template?.id })).toMatchObject({ subject: 'Order {{data.n}}' });
    expect(await refusal({ templateId: template?.id })).toEqual({
      subject: 'TEMPLATE_AND_CONTENT',
      text: 'TEMPLATE_AND_CONTENT',
    });
    expect(await refusal({ ...bare, templateId: '987654' })).toEqual({ templateId: 'TEMPLATE_UNKNOWN' });
    expect(await refusal(bare)).toMatchObject({ subject: 'SUBJECT_EMPTY', html: 'TEMPLATE_EMPTY' });
    expect(await refusal({ text: 'bye {{unsubscribeUrl}}' })).toEqual({ text: 'NOT_FOR_TRIGGERED_MAIL' });
  });

  it('compiles a wording once, whoever gets it', async () => {
    await Promise.all([post(), post({ to: 'wang@people.org' }), post({ data: { code: 2 } })]);
    await post({ text: 'another' });
    const contents = await test.db.rows('SELECT 1 FROM message_contents WHERE workspace_id = $1', [ctx.workspaceId]);
    expect(contents).toHaveLength(2);
  });

  it('keeps the files with it, those uploaded before as well', async () => {
    const uploaded = await attachments.add(ctx, 'terms.pdf', Buffer.from('%PDF-1.4'));
    const invoice = { name: '发票.txt', content: Buffer.from('42').toString('base64') };
    const { id } = await post({ attachments: [{ id: uploaded.id }, invoice] });
    await attachments.remove(ctx, uploaded.id);
    expect((await service.get(ctx, id)).attachments).toEqual([
      { name: 'terms.pdf', contentType: 'application/pdf', bytes: 8 },
      { name: '发票.txt', contentType: 'text/plain', bytes: 2 },
    ]);
  });
});

it('carries at most ten megabytes, whatever they are in', async () => {
  const half = await attachments.add(ctx, 'a.pdf', Buffer.concat([Buffer.from('%PDF-1.4'), Buffer.alloc(6_000_000)]));
  expect(await refusal({ attachments: [{ id: half.id }, { id: half.id }] })).toEqual({
    attachments: 'ATTACHMENTS_TOO_LARGE',
  });
});

describe('a key of the request', () => {
  const keyed = (key: string, change: object = {}) => service.create(ctx, body({ from: 'a@b.org', ...change }), key);

  it('makes one message of many requests, also at once, and answers each as the first', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => keyed('k')));
    expect(new Set(answers.map(({ summary }) => JSON.stringify(summary))).size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect((await list()).items).toHaveLength(1);
    await test.db.run("UPDATE messages SET status = 'accepted', accepted_at = now(), finished_at = now()");
    expect(await keyed('k')).toEqual({ summary: answers[0]?.summary, replayed: true });
    await suppress('li@people.org', 'complaint');
    const [first, second] = [await keyed('k2'), await keyed('k2')];
    expect(second).toEqual({ summary: first.summary, replayed: true });
    expect(second.summary).toMatchObject({ status: 'skipped' });
  });

  it('belongs to one request and one workspace, for a day', async () => {
    const first = await keyed('k');
    await expect(keyed('k', { subject: 'other' })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    const other = await test.db.first<{ id: string }>(
      "INSERT INTO workspaces (name, locale, timezone) VALUES ('o', 'en', 'UTC') RETURNING id",
    );
    await ensureSandboxAccount(test.db, other!.id);
    const elsewhere = await service.create({ ...ctx, workspaceId: other!.id }, body({ from: 'a@b.org' }), 'k');
    expect(elsewhere.replayed).toBe(false);
    await test.db.run("UPDATE messages SET created_at = now() - interval '25 hours' WHERE id = $1", [first.summary.id]);
    expect(await keyed('k', { subject: 'other' })).toMatchObject({ replayed: false });
  });

  it('is free again after a refusal', async () => {
    await expect(keyed('k', { to: 'nobody' })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    expect(await keyed('k')).toMatchObject({ replayed: false });
  });
});

describe('who it is from', () => {
  it('must be allowed by an account', async () => {
    await account('user', ['brand.org']);
    expect(await refusal({ from: 'a@other.org' })).toEqual({ from: 'SENDER_DOMAIN_NOT_ALLOWED' });
    expect(await refusal({ from: { name: 'B', address: 'a@other.org' } })).toEqual({
      'from.address': 'SENDER_DOMAIN_NOT_ALLOWED',
    });
    expect(await post({ from: 'a@brand.org' })).toMatchObject({ from: 'a@brand.org' });
  });

  it('is the login of an account with the name of the workspace, where nobody says', async () => {
    await account('orders@brand.org', ['brand.org']);
    const { id } = await post();
    expect(await service.get(ctx, id)).toMatchObject({ from: 'orders@brand.org', fromName: '鸿雁书店' });
  });

  it('has to be said where no account has an address of its own', async () => {
    await account('AKIA123', []);
    expect(await refusal({})).toEqual({ from: 'FROM_REQUIRED' });
    // Without a real account, and for reserved domains, the sandbox has one.
    expect(await post({ to: 'success@simulator.test' })).toMatchObject({ from: 'noreply@in.hongyan.test' });
  });
});

describe('suppressions', () => {
  it.each(['hard_bounce', 'soft_bounce', 'complaint', 'manual'])(
    'of kind %s hold, and the log says so',
    async (reason) => {
      await suppress('li@people.org', reason);
      expect(await post({ from: 'a@b.org' })).toMatchObject({ status: 'skipped', skipReason: 'suppressed' });
      expect(hints).toEqual([]);
    },
  );

  it('of who unsubscribed from marketing mail do not', async () => {
    await suppress('li@people.org', 'unsubscribed');
    expect(await post({ from: 'a@b.org' })).toMatchObject({ status: 'pending' });
  });
});

describe('the log', () => {
  it('is found by status, tag and the beginning of the address, page by page', async () => {
    const from = 'a@b.org';
    const first = await post({ from, to: 'anna_b@people.org', tags: ['login'] });
    await post({ from, to: 'annaxb@people.org' });
    await suppress('zoe@people.org', 'complaint');
    const last = await post({ from, to: 'Zoe@people.org', tags: ['login'] });
    const ids = async (query: object) => (await list(query)).items.map(({ id }) => id);
    expect(await ids({ to: 'Anna_' })).toEqual([first.id]); // no wildcard
    expect(await ids({ status: 'skipped' })).toEqual([last.id]);
    expect(await ids({ tag: 'login' })).toEqual([last.id, first.id]);
    expect(await ids({ tag: 'login', status: 'pending', to: 'anna' })).toEqual([first.id]);
    const page = await list({ limit: 2 });
    expect(page.items).toHaveLength(2);
    expect(await ids({ limit: 2, cursor: page.nextCursor })).toEqual([first.id]);
  });

  it('lets a person decide about an uncertain message, and about no other', async () => {
    const { id } = await post({ from: 'a@b.org' });
    await expect(service.settle(ctx, id, 'resend')).rejects.toMatchObject({ code: 'MESSAGE_NOT_UNCERTAIN' });
    const uncertain = () =>
      test.db.run("UPDATE messages SET status = 'uncertain', finished_at = now() WHERE id = $1", [id]);
    await uncertain();
    hints.length = 0;
    expect(await service.settle(ctx, id, 'resend')).toMatchObject({ status: 'pending' });
    expect(hints).toEqual(['message.ready']);
    await uncertain();
    expect(await service.settle(ctx, id, 'settle-accepted')).toMatchObject({ status: 'accepted' });
    await uncertain();
    expect(await service.settle(ctx, id, 'settle-skipped')).toMatchObject({ status: 'skipped', skipReason: 'settled' });
    await expect(service.settle({ ...ctx, workspaceId: '1' }, id, 'resend')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
