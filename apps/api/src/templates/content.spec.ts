import { deflateSync } from 'node:zlib';
import { OWNER, RunningApi } from '../testing/running-api.js';

let api: RunningApi;
let cookie: string;
/** Names the first workspace: without it a session goes on in the one it used last. */
let home: Record<string, string>;

beforeAll(async () => {
  api = await RunningApi.start({ TRACKING_URL: 'https://t.example.com/' });
  cookie = await api.setUp();
  const { body } = await api.get('/workspaces', { cookie });
  home = { 'X-Workspace': body.items[0].id };
}, 60_000);
afterAll(() => api.stop());

async function upload(route: string, name: string, bytes: Buffer) {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(bytes)], { type: 'application/octet-stream' }), name);
  const response = await fetch(`${api.url}/api/v1${route}`, {
    method: 'POST',
    body: form,
    headers: { cookie, origin: api.url, ...home },
  });
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  return { status: response.status, body: (await response.json()) as any };
}

/** Another workspace of the same owner. */
async function elsewhere(locale = OWNER.locale): Promise<Record<string, string>> {
  const body = { name: 'other', locale, timezone: OWNER.timezone };
  const { body: workspace } = await api.post('/workspaces', { cookie, body });
  return { 'X-Workspace': workspace.id };
}

function png(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const rows = deflateSync(Buffer.alloc((width * 3 + 1) * Math.min(height, 10)));
  const signature = Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1');
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

describe('templates', () => {
  const content = {
    subject: '你好 {{default name "朋友"}}',
    html: '<p>Hi {{name}} <a href="https://x.example/">x</a></p>',
  };

  it('are kept, listed, changed in part, and refused when stale', async () => {
    const made = await api.post('/templates', { cookie, body: { name: 'Mai', ...content } });
    expect(made).toMatchObject({ status: 201, body: { version: 1, name: 'Mai', html: content.html, mjml: null } });
    const { id } = made.body;
    const changed = await api.patch(`/templates/${id}`, { cookie, body: { version: 1, name: 'Juni' } });
    expect(changed.body).toMatchObject({ version: 2, name: 'Juni', html: content.html, subject: content.subject });
    const stale = await api.patch(`/templates/${id}`, { cookie, body: { version: 1, name: 'Juli' } });
    expect(stale).toMatchObject({ status: 409, body: { code: 'STALE_VERSION', current: { name: 'Juni' } } });
    const list = await api.get('/templates?q=jun&count=true', { cookie });
    expect(list.body.items).toMatchObject([{ id, name: 'Juni', format: 'html' }]);
    expect((await api.delete(`/templates/${id}`, { cookie })).status).toBe(204);
    expect((await api.get(`/templates/${id}`, { cookie })).status).toBe(404);
  });

  it('are shown as a recipient sees them, with data of a contact', async () => {
    const contact = await api.post('/contacts', { cookie, body: { email: 'anna@example.com', name: '安娜' } });
    const body = { content, contactId: contact.body.id };
    const { body: preview, status } = await api.post('/templates/preview', { cookie, body });
    expect(status).toBe(200);
    expect(preview).toMatchObject({ subject: '你好 安娜', links: ['https://x.example/'] });
    expect(preview.html).toContain('Hi 安娜');
    expect(preview.size).toBe(Buffer.byteLength(preview.html));
    expect(preview.text).toContain('Unsubscribe');
  });

  it('are shown to a made-up person of the workspace’s language', async () => {
    const shown = async (headers: Record<string, string>) =>
      (await api.post('/templates/preview', { cookie, headers, body: { content } })).body.subject;
    expect(await shown(home)).toBe('你好 李明');
    expect(await shown(await elsewhere('en'))).toBe('你好 Jane Miller');
  });

  it('with errors say where: property, line and code', async () => {
    const broken = { subject: 'x', html: '<p>one</p>\n<p>{{#if name}}two</p>' };
    const { body: preview } = await api.post('/templates/preview', { cookie, body: { content: broken } });
    expect(preview.html).toBeNull();
    expect(preview.problems[0]).toMatchObject({ severity: 'error', property: 'html' });
    expect(preview.problems[0].line).toBeGreaterThanOrEqual(1);
  });

  it('offer starters in both languages and the workspace’s own fields', async () => {
    const starters = await api.get('/templates/starters', { cookie });
    expect(starters.body.items).toHaveLength(20);
    await api.post('/fields', { cookie, body: { key: 'city', label: '城市', type: 'text' } });
    const variables = await api.get('/templates/variables', { cookie });
    const paths = variables.body.items.map(({ path }: { path: string }) => path);
    expect(paths).toEqual(expect.arrayContaining(['name', 'email', 'fields.city', 'unsubscribeUrl']));
  });

  it('do not exist for another workspace', async () => {
    const { body: made } = await api.post('/templates', { cookie, body: { name: 'mine', ...content } });
    const headers = await elsewhere();
    expect((await api.get(`/templates/${made.id}`, { cookie, headers })).status).toBe(404);
    expect((await api.post(`/templates/${made.id}/preview`, { cookie, headers, body: {} })).status).toBe(404);
    expect((await api.delete(`/templates/${made.id}`, { cookie, headers })).status).toBe(404);
  });
});

describe('images', () => {
  it('are measured, get a public address that tells nothing, and are listed and removed', async () => {
    const added = await upload('/images', '横幅.png', png(600, 200));
    expect(added).toMatchObject({ status: 201, body: { name: '横幅.png', width: 600, height: 200 } });
    expect(added.body.url).toMatch(/^https:\/\/t\.example\.com\/i\/[A-Za-z0-9_-]{22}$/);
    const list = await api.get('/images?q=横', { cookie, headers: home });
    expect(list.body.items).toMatchObject([{ id: added.body.id, bytes: png(600, 200).length }]);
    const headers = await elsewhere();
    expect((await api.delete(`/images/${added.body.id}`, { cookie, headers })).status).toBe(404);
    expect((await api.delete(`/images/${added.body.id}`, { cookie, headers: home })).status).toBe(204);
  });

  it.each([
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><script/></svg>'), 415],
    ['HTML', Buffer.from('<html><script>alert(1)</script></html>'), 415],
    ['nothing', Buffer.alloc(0), 415],
    ['a giant', png(20_000, 10), 422],
    ['too many bytes', Buffer.concat([png(10, 10), Buffer.alloc(5 * 1024 * 1024)]), 413],
  ])('named .png but being %s are refused', async (_name, bytes, status) => {
    expect((await upload('/images', 'innocent.png', bytes)).status).toBe(status);
  });
});

it.each([
  ['/images', 6, 'IMAGE_TOO_LARGE', '5 MB'],
  ['/images', 20, 'IMAGE_TOO_LARGE', '5 MB'],
  ['/attachments', 11, 'ATTACHMENT_TOO_LARGE', '10 MB'],
])('%s answers %d MB with its own limit and the remedy', async (route, megabytes, code, limit) => {
  expect(await upload(route, 'much.pdf', Buffer.alloc(megabytes * 1024 * 1024))).toMatchObject({
    status: 413,
    body: { code: 'TOO_LARGE', help: expect.any(String), errors: [{ property: 'file', code, params: { limit } }] },
  });
});

describe('attachments', () => {
  it('are kept by what they are', async () => {
    const added = await upload('/attachments', '价目表.pdf', Buffer.from('%PDF-1.7\n…'));
    expect(added).toMatchObject({ status: 201, body: { name: '价目表.pdf', contentType: 'application/pdf' } });
    expect((await api.get(`/attachments/${added.body.id}`, { cookie, headers: home })).body).toEqual(added.body);
    const headers = await elsewhere();
    expect((await api.get(`/attachments/${added.body.id}`, { cookie, headers })).status).toBe(404);
    expect((await api.delete(`/attachments/${added.body.id}`, { cookie, headers: home })).status).toBe(204);
  });

  it.each([
    ['setup.exe', Buffer.from('MZ')],
    ['invoice.exe.pdf', Buffer.from('%PDF-1.7')],
    ['invoice.pdf', Buffer.from('MZ\u0090\u0000')],
    ['run.txt', Buffer.from('#!/bin/sh\n')],
    ['macro.docm', Buffer.from('PK\u0003\u0004')],
    ['noending', Buffer.from('hello')],
    ['constructor', Buffer.from('hello')],
  ])('such as %s are refused', async (name, bytes) => {
    expect(await upload('/attachments', name, bytes)).toMatchObject({
      status: 415,
      body: { code: 'UNSUPPORTED_MEDIA_TYPE' },
    });
  });

  it('stay while an unfinished campaign carries them', async () => {
    const { body: file } = await upload('/attachments', 'a.txt', Buffer.from('hello'));
    await api.test.db.run(
      `INSERT INTO campaigns (workspace_id, name, content, audience, attachments)
       SELECT workspace_id, 'carries', '{}', '{}', ARRAY[id] FROM attachments WHERE id = $1`,
      [file.id],
    );
    expect(await api.delete(`/attachments/${file.id}`, { cookie, headers: home })).toMatchObject({
      status: 409,
      body: { code: 'IN_USE' },
    });
  });
});

describe('SMTP accounts and mailboxes', () => {
  it('are there over HTTP: the sandbox from the start, a password asked for again, a test that names the cause', async () => {
    const { body: list } = await api.get('/smtp-accounts', { cookie });
    expect(list.items).toMatchObject([{ kind: 'sandbox' }]);
    const auth = { method: 'plain', user: 'anna', password: 'geheim' };
    const account = { name: 'real', host: '10.1.2.3', port: 465, security: 'tls', auth };
    const made = await api.post('/smtp-accounts', { cookie, body: account });
    expect(made.status).toBe(201);
    expect(made.text).not.toContain('geheim');
    const moved = await api.patch(`/smtp-accounts/${made.body.id}`, { cookie, body: { version: 1, host: '10.1.2.4' } });
    expect(moved).toMatchObject({
      status: 422,
      body: { code: 'SECRET_REQUIRED', errors: [{ property: 'auth.password' }] },
    });
    const tried = await api.post('/smtp-accounts/verify', { cookie, body: account });
    expect(tried).toMatchObject({
      status: 200,
      body: { ok: false, steps: [{ diagnosis: 'address-not-allowed' }, {}] },
    });
    const mailbox = { ...account, protocol: 'imap', auth: { ...auth, method: 'password' } };
    const box = await api.post('/mailboxes', { cookie, body: mailbox });
    expect(box).toMatchObject({ status: 201, body: { folders: ['INBOX', '\\Junk'], state: 'connecting' } });
    const boxTried = await api.post(`/mailboxes/${box.body.id}/verify`, { cookie, body: {} });
    expect(boxTried.body).toMatchObject({ ok: false, steps: [{ diagnosis: 'address-not-allowed' }] });
  });
});
