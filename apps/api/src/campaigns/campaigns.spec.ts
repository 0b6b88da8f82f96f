import { RunningApi } from '../testing/running-api.js';

let api: RunningApi;
let cookie: string;
let list: string;
beforeAll(async () => {
  api = await RunningApi.start();
  cookie = await api.setUp();
  list = (await api.post('/lists', { cookie, body: { name: '会员' } })).body.id;
  for (const name of ['one', 'two']) {
    const body = { email: `${name}@simulator.test`, lists: [{ id: list, status: 'subscribed' }] };
    await api.post('/contacts', { cookie, body });
  }
});
afterAll(() => api.stop());

const draft = (more: object = {}) =>
  api.post('/campaigns', {
    cookie,
    body: {
      name: '三月通讯',
      from: { name: '鸿雁', address: 'news@example.com' },
      content: { subject: '{{name}}，你好', html: '<p>你好 <a href="https://example.com/">看</a></p>' },
      audience: { lists: [list] },
      ...more,
    },
  });

describe('campaigns over HTTP', () => {
  it('are made, changed, listed, duplicated and removed', async () => {
    const made = await draft();
    expect([made.status, made.body.status, made.body.version]).toEqual([201, 'draft', 1]);
    const { id } = made.body;
    const change = { version: 1, name: '四月通讯' };
    const changed = await api.patch(`/campaigns/${id}`, { cookie, body: change });
    expect(changed.body).toMatchObject({ name: '四月通讯', version: 2, content: { subject: '{{name}}，你好' } });
    const stale = await api.patch(`/campaigns/${id}`, { cookie, body: change });
    expect([stale.status, stale.body.code]).toEqual([409, 'STALE_VERSION']);
    const copy = await api.post(`/campaigns/${id}/duplicate`, { cookie });
    expect(copy.body).toMatchObject({ name: '四月通讯 (2)', status: 'draft' });
    const page = await api.get('/campaigns?count=true&q=四月', { cookie });
    expect(page.body.items.map((item: { id: string }) => item.id)).toEqual([copy.body.id, id]);
    expect(page.body).toMatchObject({ total: 2, items: [{ counts: { candidates: 0 } }, {}] });
    expect((await api.delete(`/campaigns/${copy.body.id}`, { cookie })).status).toBe(204);
    expect((await api.get(`/campaigns/${copy.body.id}`, { cookie })).body.code).toBe('NOT_FOUND');
  });

  it('name the files they carry', async () => {
    const file = await api.test.db.first<{ id: string }>(
      `INSERT INTO attachments (workspace_id, name, content_type, bytes)
       SELECT id, '价目.pdf', 'application/pdf', 'abc' FROM workspaces RETURNING id`,
    );
    const made = await draft({ attachments: [file?.id] });
    expect(made.body.attachments).toEqual([
      { id: file?.id, name: '价目.pdf', contentType: 'application/pdf', bytes: 3 },
    ]);
  });

  it('count an audience before and after it is saved', async () => {
    const body = { audience: { lists: [list] } };
    const unsaved = await api.post('/campaigns/audience', { cookie, body });
    expect(unsaved.body).toMatchObject({ frozen: false, prepared: 2, candidates: 2, excluded: 0 });
    const { id } = (await draft()).body;
    expect((await api.get(`/campaigns/${id}/audience`, { cookie })).body).toEqual(unsaved.body);
    const checklist = (await api.get(`/campaigns/${id}/checklist`, { cookie })).body;
    expect(checklist.ready).toBe(true);
    expect(checklist.items).toContainEqual(expect.objectContaining({ code: 'NOT_TESTED', severity: 'warning' }));
  });

  it('start once, freeze, pause, resume and are cancelled', async () => {
    const { id } = (await draft()).body;
    const act = async (action: string, body?: object) => {
      const answer = await api.post(`/campaigns/${id}/${action}`, { cookie, body });
      return [answer.status, answer.body.code ?? answer.body.status];
    };
    const zone = { timezone: 'Asia/Shanghai' };
    const at = { at: '2099-01-02T09:00', ...zone };
    const scheduled = await api.post(`/campaigns/${id}/schedule`, { cookie, body: at });
    expect(scheduled.body).toMatchObject({ status: 'scheduled', scheduledAt: '2099-01-02T01:00:00.000Z' });
    const back = await api.post(`/campaigns/${id}/unschedule`, { cookie });
    expect(back.body).toMatchObject({ status: 'draft', scheduledAt: '2099-01-02T01:00:00.000Z', ...zone });
    const starts = await Promise.all([act('start'), act('start'), act('start')]);
    expect(starts.map(([status]) => status).sort()).toEqual([200, 409, 409]);
    expect(await act('start')).toEqual([409, 'CAMPAIGN_NOT_STARTABLE']);
    const live = await api.get('/campaigns?status=sending', { cookie });
    expect(live.body.items.map((item: { id: string }) => item.id)).toEqual([id]);
    expect((await api.get(`/campaigns/${id}/audience`, { cookie })).body).toMatchObject({ frozen: true });
    expect(await act('pause')).toEqual([200, 'paused']);
    expect(await act('resume')).toEqual([200, 'sending']);
    const none = await api.post(`/campaigns/${id}/uncertain`, { cookie, body: { action: 'settle-skipped' } });
    expect(none.body).toEqual({ settled: 0, left: 0 });
    expect(await act('cancel')).toEqual([200, 'cancelled']);
    expect((await api.delete(`/campaigns/${id}`, { cookie })).status).toBe(204);
    // Put away, not gone: the list has it no more, its report still belongs to somebody.
    expect((await api.get(`/campaigns/${id}`, { cookie })).body.archivedAt).toEqual(expect.any(String));
    const listed = await api.get('/campaigns?status=cancelled', { cookie });
    expect(listed.body.items).toEqual([]);
    expect((await api.get(`/campaigns/${id}/report`, { cookie })).status).toBe(200);
  });

  it('are listed with what their audience is called, and by the day on which they begin', async () => {
    const rule = { version: 1, root: { kind: 'all', of: [{ kind: 'list', op: 'any', lists: [list] }] } };
    const segment = (await api.post('/segments', { cookie, body: { name: '常客', rule } })).body.id;
    const old = (await api.post('/lists', { cookie, body: { name: '旧名单' } })).body.id;
    const { id } = (await draft({ audience: { lists: [list, old], segments: [segment] } })).body;
    await api.delete(`/lists/${old}`, { cookie });
    const listed = await api.get('/campaigns?limit=1', { cookie });
    expect(listed.body.items[0]).toMatchObject({
      id,
      audience: [
        { kind: 'list', id: list, name: '会员' },
        { kind: 'list', id: old, name: null },
        { kind: 'segment', id: segment, name: '常客' },
      ],
    });
    const other = (await draft()).body.id;
    const at = { at: '2098-05-06T09:00', timezone: 'Asia/Shanghai' };
    await api.post(`/campaigns/${other}/schedule`, { cookie, body: at });
    const within = async (from: string, to: string) =>
      (await api.get(`/campaigns?from=${from}&to=${to}`, { cookie })).body.items.map((item: { id: string }) => item.id);
    expect(await within('2098-05-06T01:00:00Z', '2098-05-06T01:00:01Z')).toEqual([other]);
    expect(await within('2098-05-06T01:00:01Z', '2098-06-01T00:00:00Z')).toEqual([]);
    await api.post(`/campaigns/${other}/unschedule`, { cookie });
    expect(await within('2098-05-01T00:00:00Z', '2098-06-01T00:00:00Z')).toEqual([]);
  });

  it('wait for the undo window by the clock of the server, and leave no date behind when taken back', async () => {
    const { id } = (await draft()).body;
    const before = Date.now();
    const waiting = await api.post(`/campaigns/${id}/start`, { cookie, body: { undoSeconds: 60 } });
    expect(waiting.body).toMatchObject({ status: 'scheduled', timezone: null });
    const left = Date.parse(waiting.body.scheduledAt) - before;
    expect(left).toBeGreaterThan(59_000);
    expect(left).toBeLessThan(70_000);
    const back = await api.post(`/campaigns/${id}/unschedule`, { cookie });
    expect(back.body).toMatchObject({ status: 'draft', scheduledAt: null, timezone: null });
    const refused = await api.post(`/campaigns/${id}/start`, { cookie, body: { undoSeconds: 61 } });
    expect([refused.status, refused.body.errors[0].property]).toEqual([422, 'undoSeconds']);
  });

  it('say everything that is missing before a start', async () => {
    const { id } = (await api.post('/campaigns', { cookie, body: { name: 'empty' } })).body;
    const refused = await api.post(`/campaigns/${id}/start`, { cookie });
    expect([refused.status, refused.body.code]).toEqual([422, 'CAMPAIGN_INCOMPLETE']);
    const codes = refused.body.errors.map((error: { code: string }) => error.code);
    expect(codes).toEqual(expect.arrayContaining(['AUDIENCE_EMPTY', 'SUBJECT_EMPTY', 'FROM_EMPTY']));
    for (const path of ['/campaigns/0', '/campaigns/1e3/start'])
      expect((await api.post(path, { cookie })).status).toBeGreaterThanOrEqual(404);
    expect((await api.post('/campaigns/999999/start', { cookie })).body.code).toBe('NOT_FOUND');
  });
});
