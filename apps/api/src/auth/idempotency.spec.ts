import { RunningApi } from '../testing/running-api.js';

let api: RunningApi;
let cookie: string;
beforeAll(async () => {
  api = await RunningApi.start();
  cookie = await api.setUp();
});
afterAll(() => api.stop());

const make = (idempotencyKey: string, body: object = { name: 'shop', scopes: ['read'] }) =>
  api.post('/api-keys', { cookie, body, headers: { 'idempotency-key': idempotencyKey } });
const keys = async () => (await api.get('/api-keys?count=true', { cookie })).body.total as number;

describe('Idempotency-Key', () => {
  it('replays the first answer and does the work once', async () => {
    const before = await keys();
    const first = await make('one');
    const again = await make('one');
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await keys()).toBe(before + 1);
    const stored = await api.test.db.first<{ answer: string }>(
      "SELECT answer::text FROM idempotency_keys WHERE key = 'one'",
    );
    expect(stored!.answer).not.toContain(first.body.key);
  });

  it('refuses another body under the same key', async () => {
    await make('two');
    const other = await make('two', { name: 'other', scopes: ['read'] });
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it('does the work once when 20 come at once; the others replay or are told to wait', async () => {
    const before = await keys();
    const answers = await Promise.all(Array.from({ length: 20 }, () => make('three')));
    expect(await keys()).toBe(before + 1);
    const waiting = answers.filter(({ status }) => status === 409);
    expect(waiting.every(({ body }) => body.code === 'IDEMPOTENCY_IN_PROGRESS')).toBe(true);
    const made = new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.id));
    expect(made.size).toBe(1);
    expect(waiting.length + answers.filter(({ status }) => status === 201).length).toBe(20);
  });

  it('replays a refusal under the request id of the later request', async () => {
    const past = { name: 'late', scopes: ['read'], expiresAt: '2020-01-01T00:00:00Z' };
    const first = await make('four', past);
    const again = await make('four', past);
    expect(again.body).toEqual({ ...first.body, requestId: again.headers.get('x-request-id') });
    expect(again.body.errors[0].code).toBe('IN_THE_PAST');
  });

  it('keeps no failure of ours: the same request works once the fault is gone', async () => {
    await api.test.db.run('ALTER TABLE audit_log RENAME TO audit_log_away');
    expect((await make('five')).status).toBe(500);
    await api.test.db.run('ALTER TABLE audit_log_away RENAME TO audit_log');
    expect((await make('five')).status).toBe(201);
  });

  it('is refused with an upload, whose content it could not compare', async () => {
    const upload = (text: string) => {
      const body = new FormData();
      body.set('file', new Blob([text]), 'contacts.csv');
      const headers = { cookie, origin: api.url, 'idempotency-key': 'upload' };
      return fetch(`${api.url}/api/v1/imports`, { method: 'POST', headers, body });
    };
    for (const text of ['email\na@b.test\n', 'email\nc@d.test\n']) {
      const refused = await upload(text);
      expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([400, 'MALFORMED_REQUEST']);
    }
  });

  it('forgets an answer after 24 hours', async () => {
    const first = await make('six');
    await api.test.db.run("UPDATE idempotency_keys SET created_at = now() - interval '25 hours' WHERE key = 'six'");
    expect((await make('six')).body.id).not.toBe(first.body.id);
  });
});
