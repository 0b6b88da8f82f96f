import { PasswordResetsService } from '#domain/workspaces';
import { OWNER, RunningApi, cookieOf } from '../testing/running-api.js';

let api: RunningApi;
let resets: PasswordResetsService;
beforeAll(async () => {
  api = await RunningApi.start();
  await api.setUp();
  resets = api.app.get(PasswordResetsService);
});
afterAll(() => api.stop());

const login = (password: string) => api.post('/auth/login', { body: { email: OWNER.email, password } });
const forgot = (email: string) => api.post('/auth/password/forgot', { body: { email } });
const reset = (token: string, password: string) => api.post('/auth/password/reset', { body: { token, password } });
const link = async () => (await resets.makeToken(OWNER.email))!.token;

describe('asking for a new password', () => {
  it('answers every address alike, by the same one insert, and the fourth wish of ten minutes with 429', async () => {
    const answers: Record<string, string[]> = {};
    for (const email of [OWNER.email, 'nobody@example.com']) {
      for (let n = 0; n < 4; n += 1) {
        const { status, text, headers } = await forgot(email);
        const { code } = (text ? JSON.parse(text) : {}) as { code?: string };
        (answers[email] ??= []).push(`${status} ${code} ${headers.has('retry-after')} ${headers.has('set-cookie')}`);
      }
    }
    expect(answers['nobody@example.com']).toEqual(answers[OWNER.email]);
    const taken = '204 undefined false false';
    expect(answers[OWNER.email]).toEqual([taken, taken, taken, '429 TOO_MANY_ATTEMPTS true false']);
  });

  it('makes no link for somebody who may not sign in', async () => {
    expect(await resets.makeToken('nobody@example.com')).toBeNull();
    await resets.ask('nobody@example.com');
    const delivered: string[] = [];
    await resets.work(async ({ email }) => void delivered.push(email));
    expect(delivered).not.toContain('nobody@example.com');
    const left = await api.test.db.rows("SELECT 1 FROM password_resets WHERE email = 'nobody@example.com'");
    expect(left).toEqual([]);
  });

  it('tries a mail that did not leave again, with another link', async () => {
    await resets.ask(OWNER.email);
    const tokens: string[] = [];
    const fail = async ({ token }: { token: string }) => {
      tokens.push(token);
      throw new Error('no server');
    };
    await expect(resets.work(fail)).rejects.toThrow('no server');
    await api.test.db.run('UPDATE password_resets SET due_at = now() WHERE due_at IS NOT NULL AND email = $1', [
      OWNER.email,
    ]);
    await resets.work(async ({ token }) => void tokens.push(token));
    expect(new Set(tokens).size).toBe(tokens.length);
    expect((await reset(tokens[0]!, 'a phrase of several words')).body.code).toBe('RESET_LINK_INVALID');
    expect((await reset(tokens.at(-1)!, OWNER.password)).status).toBe(204);
  });
});

describe('a link to a new password', () => {
  it('works once, also when two use it at once, and ends every session and every other link', async () => {
    const sessions = [cookieOf(await login(OWNER.password)), cookieOf(await login(OWNER.password))];
    const [token, other] = [await link(), await link()];
    const answers = await Promise.all([reset(token, 'one long new phrase'), reset(token, 'two long new phrase')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 403]);
    for (const cookie of sessions) expect((await api.get('/auth/me', { cookie })).status).toBe(401);
    expect((await reset(other, 'three long new phrase')).body.code).toBe('RESET_LINK_INVALID');
    const won = answers[0]!.status === 204 ? 'one long new phrase' : 'two long new phrase';
    expect((await login(OWNER.password)).status).toBe(401);
    expect((await login(won)).status).toBe(200);
    expect((await reset(await link(), OWNER.password)).status).toBe(204);
  });

  it('ends by itself, refuses what anybody would try, and stays good for a better password', async () => {
    const late = await link();
    await api.test.db.run("UPDATE password_resets SET expires_at = now() - interval '1 second'");
    expect((await reset(late, 'one long new phrase')).body.code).toBe('RESET_LINK_INVALID');
    const token = await link();
    expect((await reset(token, OWNER.email)).body).toMatchObject({
      code: 'PASSWORD_TOO_WEAK',
      errors: [{ property: 'password' }],
    });
    expect((await reset(token, OWNER.password)).status).toBe(204);
  });

  it('is kept as a hash only, and the log says that it was used', async () => {
    const token = await link();
    const rows = await api.test.db.rows<{ line: string }>('SELECT password_resets::text AS line FROM password_resets');
    const forms = [token, Buffer.from(token).toString('hex'), Buffer.from(token, 'base64url').toString('hex')];
    expect(rows.length).toBeGreaterThan(0);
    for (const form of forms) expect(rows.some(({ line }) => line.includes(form))).toBe(false);
    const log = await api.test.db.rows<{ action: string }>('SELECT action FROM audit_log');
    expect(log.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['user.reset-link-made', 'user.password-reset']),
    );
  });

  it('lets in whose account somebody else has guessed at', async () => {
    await Promise.all(Array.from({ length: 12 }, () => login('guess guess guess')));
    expect((await login(OWNER.password)).status).toBe(429);
    expect((await reset(await link(), OWNER.password)).status).toBe(204);
    expect((await login(OWNER.password)).status).toBe(200);
  });
});
