import { RunningApi } from '../testing/running-api.js';

let api: RunningApi;
afterEach(() => api.stop());

/** Guesses at 55 accounts, each seemingly from a client of its own; answers how many were limited. */
async function limited(): Promise<number> {
  const answers = await Promise.all(
    Array.from({ length: 55 }, (_, n) =>
      api.post('/auth/login', {
        body: { email: `user${n}@example.com`, password: 'guess guess' },
        headers: { 'x-forwarded-for': `203.0.113.${n}` },
      }),
    ),
  );
  expect(new Set(answers.map(({ body }) => body.code))).toContain('LOGIN_FAILED');
  return answers.filter(({ status }) => status === 429).length;
}

describe('the limit per client', () => {
  it('is not evaded by made-up X-Forwarded-For headers', async () => {
    api = await RunningApi.start();
    expect(await limited()).toBe(5);
  });

  it('counts the forwarded client behind a trusted proxy', async () => {
    api = await RunningApi.start({ TRUSTED_PROXIES: '127.0.0.1, ::1' });
    expect(await limited()).toBe(0);
  });
});
