import { connect } from 'node:net';
import { RunningApi } from '../testing/running-api.js';

let api: RunningApi;
let cookie: string;
let listId: string;
beforeAll(async () => {
  api = await RunningApi.start();
  cookie = await api.setUp();
  listId = (await api.post('/lists', { cookie, body: { name: 'news' } })).body.id;
});
afterAll(() => api.stop());

type Part = [name: string, value: string | Blob, fileName?: string];
async function upload(route: string, ...parts: Part[]) {
  const form = new FormData();
  for (const [name, value, fileName] of parts) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, value, fileName);
  }
  const headers = { cookie, origin: api.url };
  const signal = AbortSignal.timeout(30_000);
  const response = await fetch(`${api.url}/api/v1${route}`, { method: 'POST', headers, body: form, signal });
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  return { status: response.status, body: (await response.json()) as any };
}
const file = (text: string): Part => ['file', new Blob([text]), '联系人.csv'];
const options = (value: object): Part => ['options', JSON.stringify(value)];

/** Polls, as the UI would. */
async function ended(id: string) {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const { body } = await api.get(`/imports/${id}`, { cookie });
    if (!['checking', 'queued', 'running'].includes(body.status)) return body;
    if (Date.now() > deadline) throw new Error(`still ${body.status}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('importing over HTTP', () => {
  it('goes from a draft and its check to contacts, an error file and back', async () => {
    const csv = '邮箱,姓名\nli@example.com,李明\nbad,x\n';
    const draft = await upload('/imports', file(csv));
    expect(draft).toMatchObject({ status: 201, body: { status: 'draft', fileName: '联系人.csv', listId: null } });
    const preview = await api.get(`/imports/${draft.body.id}/preview?hasHeader=true&encoding=utf-8`, { cookie });
    expect(preview.body.columns.map((column: { target: string }) => column.target)).toEqual(['email', 'name']);
    const early = await api.post(`/imports/${draft.body.id}/start`, {
      cookie,
      body: { listId, consent: { source: 'x' } },
    });
    expect([early.status, early.body.code]).toEqual([409, 'IMPORT_NOT_CHECKED']);
    expect((await api.post(`/imports/${draft.body.id}/check`, { cookie, body: {} })).status).toBe(202);
    expect(await ended(draft.body.id)).toMatchObject({ status: 'checked', rows: 2, check: { fresh: 1 } });
    expect((await api.post(`/imports/${draft.body.id}/cancel`, { cookie })).body.status).toBe('cancelled');

    const started = await upload(`/lists/${listId}/imports`, file(csv), options({ consent: { source: 'fair' } }));
    expect(started.status).toBe(202);
    expect(started.body).toMatchObject({ listId, listName: 'news', fileName: '联系人.csv' });
    const { id } = started.body;
    expect(await ended(id)).toMatchObject({ status: 'done', rows: 2, created: 1, invalid: 1 });
    expect((await api.get('/imports?count=true', { cookie })).body).toMatchObject({ total: 2, items: [{ id }, {}] });
    expect((await api.get('/contacts?q=李', { cookie })).body.items[0].email).toBe('li@example.com');

    const errors = await api.get(`/imports/${id}/errors.csv`, { cookie });
    expect(errors.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(errors.text.split('\r\n')[1]).toContain('3,ADDRESS_NO_AT');

    expect((await api.post(`/imports/${id}/cancel`, { cookie })).body.code).toBe('IMPORT_NOT_CANCELLABLE');
    expect((await api.post(`/imports/${id}/undo`, { cookie })).body.status).toBe('undone');
    expect((await api.get('/contacts', { cookie })).body.items).toEqual([]);
  });

  it('takes the options before or after the file, and names what is wrong with them', async () => {
    const csv = file('email\na@example.com\n');
    const good = options({ consent: { source: 'x' } });
    expect((await upload(`/lists/${listId}/imports`, good, csv)).status).toBe(202);
    const refused = await upload(`/lists/${listId}/imports`, csv, options({ existing: 'erase' }));
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map((error: { property: string }) => error.property).sort()).toEqual([
      'options.consent',
      'options.existing',
    ]);
    expect((await upload(`/lists/${listId}/imports`, good)).body.errors[0].property).toBe('file');
    expect((await upload(`/lists/${listId}/imports`, csv, ['options', '{'])).body.code).toBe('MALFORMED_REQUEST');
    expect((await upload('/lists/999/imports', csv, good)).status).toBe(404);
    const json = await api.post(`/lists/${listId}/imports`, { cookie, body: {} });
    expect([json.status, json.body.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
  });

  it('refuses a file that is no table, with its line, and old or broken workbooks with the way out', async () => {
    const consent = options({ consent: { source: 'x' } });
    const wide = await upload(`/lists/${listId}/imports`, file('x,'.repeat(100_000)), consent);
    expect(wide.body).toMatchObject({ status: 422, code: 'IMPORT_FILE_INVALID', errors: [{ params: { line: 1 } }] });
    for (const [start, code] of [
      ['504b03041400', 'WORKBOOK_DAMAGED'],
      ['d0cf11e0a1b1', 'WORKBOOK'],
    ] as const) {
      const workbook: Part = ['file', new Blob([Buffer.from(start, 'hex')]), 'a.xlsx'];
      expect((await upload('/imports', workbook)).body.errors[0].code).toBe(code);
    }
  });

  it('answers 413 with limit and remedy to a body that turns out to be more than 200 MB', async () => {
    const piece = Buffer.alloc(1024 * 1024, 'a\n');
    const form = (async function* () {
      yield '--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n';
      for (let n = 0; n < 210; n++) yield piece;
      yield '\r\n--b--\r\n';
    })();
    const headers = { cookie, origin: api.url, 'content-type': 'multipart/form-data; boundary=b' };
    const url = `${api.url}/api/v1/imports`;
    const init = { method: 'POST', headers, body: form, duplex: 'half', signal: AbortSignal.timeout(60_000) };
    const response = await fetch(url, init as unknown as RequestInit);
    expect(await response.json()).toMatchObject({
      status: 413,
      code: 'TOO_LARGE',
      help: expect.stringMatching(/Split it/),
      errors: [{ property: 'file', code: 'FILE_TOO_LARGE', params: { limit: '200 MB' } }],
    });
  }, 60_000);

  it('keeps nothing of an upload whose client goes away', async () => {
    const { hostname, port } = new URL(api.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /api/v1/lists/${listId}/imports HTTP/1.1\r\nHost: ${hostname}:${port}\r\nOrigin: ${api.url}\r\nCookie: ${cookie}\r\n` +
        'Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 100000000\r\n\r\n' +
        '--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n',
    );
    socket.write(Buffer.alloc(3_000_000, 'x'));
    const chunks = async () =>
      (await api.test.db.first<{ n: number }>('SELECT count(*)::int AS n FROM import_chunks'))?.n ?? 0;
    await until(async () => (await chunks()) > 0);
    socket.destroy();
    await until(async () => (await chunks()) === 0);
    expect(await chunks()).toBe(0);
  });

  async function until(condition: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + 10_000;
    while (!(await condition())) {
      if (Date.now() > deadline) throw new Error('it did not come true');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
});
