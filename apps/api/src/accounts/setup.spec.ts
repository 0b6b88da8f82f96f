import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import { OWNER, RunningApi, cookieOf } from '../testing/running-api.js';

let api: RunningApi;
beforeEach(async () => {
  api = await RunningApi.start();
});
afterEach(() => api.stop());

describe('the one-time set-up', () => {
  it('makes exactly one owner when 50 requests race', async () => {
    const token = await api.setupToken();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        api.post('/setup', { body: { ...OWNER, email: `owner${n}@example.com`, token } }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const losers = answers.filter(({ status }) => status !== 200);
    expect(new Set(losers.map(({ body }) => body.code))).toEqual(new Set(['SETUP_ALREADY_DONE']));
    const counts = await api.test.db.first(
      `SELECT (SELECT count(*)::int FROM users) AS users, (SELECT count(*)::int FROM workspaces) AS workspaces,
              (SELECT count(*)::int FROM workspace_members WHERE role = 'owner') AS owners`,
    );
    expect(counts).toEqual({ users: 1, workspaces: 1, owners: 1 });
  });

  it('signs the owner in, keeps no token file, and is not offered again', async () => {
    expect((await api.get('/setup')).body).toEqual({ required: true });
    const file = path.join(api.dataDir, 'setup-token');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const token = await api.setupToken();
    const answer = await api.post('/setup', { body: { ...OWNER, email: 'Owner@Example.COM', token } });
    expect(answer.body.user).toMatchObject({ email: 'owner@example.com', name: OWNER.name });
    expect(answer.headers.getSetCookie()[0]).toMatch(/^hongyan=[\w-]{43}; .*HttpOnly; SameSite=Lax$/);
    const me = await api.get('/auth/me', { cookie: cookieOf(answer) });
    expect(me.body.workspaces).toEqual([
      { id: me.body.currentWorkspaceId, name: OWNER.workspace, demo: false, role: 'owner' },
    ]);
    await expect(access(file)).rejects.toThrow('ENOENT');
    expect((await api.get('/setup')).body).toEqual({ required: false });
    expect((await api.post('/setup', { body: { ...OWNER, token } })).body.code).toBe('SETUP_ALREADY_DONE');
  });

  it('refuses another token, a weak password and a wrong address, and stays open', async () => {
    const token = await api.setupToken();
    const codes = [];
    for (const body of [
      { ...OWNER, token: 'x'.repeat(43) },
      { ...OWNER, token, password: 'aaaaaaaaaaaa' },
      { ...OWNER, token, email: 'a@example.com, b@example.com' },
      { ...OWNER, token, timezone: 'Mars/Olympus' },
    ]) {
      codes.push((await api.post('/setup', { body })).body.code);
    }
    expect(codes).toEqual(['SETUP_TOKEN_INVALID', 'PASSWORD_TOO_WEAK', 'ADDRESS_INVALID', 'VALIDATION_FAILED']);
    expect((await api.get('/setup')).body).toEqual({ required: true });
  });
});
