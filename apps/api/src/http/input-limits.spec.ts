import type { Server } from 'node:http';
import { RunningApi } from '../testing/running-api.js';
import { requireStorableText } from './storable-text.js';

let api: RunningApi;
let cookie: string;
beforeAll(async () => {
  api = await RunningApi.start();
  cookie = await api.setUp();
});
afterAll(() => api.stop());

const UPLOAD_BYTES = 200 * 1024 * 1024;
/** Half a megabit a second. */
const SLOW_BYTES_PER_SECOND = 62_500;

it('an upload of the greatest size over a slow line ends before the server cuts it', () => {
  const { requestTimeout } = api.app.getHttpServer() as Server;
  expect(requestTimeout / 1000).toBeGreaterThan(UPLOAD_BYTES / SLOW_BYTES_PER_SECOND);
  expect(requestTimeout).toBeLessThanOrEqual(4 * 3_600_000);
});

it('a NUL or half a character is 422 at its field, in bodies and queries, and so is one in the name of a field', async () => {
  const post = (route: string, body: unknown) => api.post(route, { cookie, body });
  const nul = await post('/lists', { name: 'l', description: 'a\0b' });
  expect(nul.body).toMatchObject({
    code: 'VALIDATION_FAILED',
    errors: [{ property: 'description', code: 'NUL_CHARACTER' }],
  });
  const half = await post('/templates', { name: 't', subject: 's', html: 'x\ud83d' });
  expect(half.body).toMatchObject({ status: 422, errors: [{ property: 'html', code: 'NOT_UNICODE' }] });
  const name = await post('/templates/preview', { data: { 'a\0': 1 } });
  expect(name.body).toMatchObject({ status: 422, errors: [{ property: 'data', code: 'NUL_CHARACTER' }] });
  const query = await api.get('/inbound?q=a%00', { cookie });
  expect(query.body).toMatchObject({ status: 422, errors: [{ property: 'q', code: 'NUL_CHARACTER' }] });
  expect((await post('/lists', { name: '鸿雁 😀', description: 'tab\tand\nline' })).status).toBe(201);
});

it('a field that a body does not have is refused by its name, also deep inside; nothing is written', async () => {
  const misspelt = await api.post('/lists', { cookie, body: { name: 'misspelt', descripton: 'tea' } });
  expect(misspelt.body).toMatchObject({
    status: 422,
    errors: [{ property: 'descripton', code: 'UNKNOWN_FIELD', message: expect.stringContaining('description') }],
  });
  const deep = await api.post('/campaigns', {
    cookie,
    body: { name: 'c', from: { name: 'S', address: 'a@b.example', replyto: 'x' } },
  });
  expect(deep.body).toMatchObject({ errors: [{ property: 'from.replyto', code: 'UNKNOWN_FIELD' }] });
  const { body } = await api.get('/lists', { cookie });
  expect(JSON.stringify(body)).not.toContain('misspelt');
});

it('a parameter that a query does not have is refused by its name: a misspelt filter is no list of everything', async () => {
  const misspelt = await api.get('/contacts?lst=1&limit=5', { cookie });
  expect(misspelt.body).toMatchObject({
    status: 422,
    errors: [{ property: 'lst', code: 'UNKNOWN_FIELD', message: expect.stringContaining('list') }],
  });
  expect((await api.get('/contacts?limit=5', { cookie })).status).toBe(200);
});

it('names every wrong field and none twice, however large the input', () => {
  const wrong = Array.from({ length: 5_000 }, () => '\0');
  const errors = caught(() => requireStorableText({ a: 'fine', b: { c: '\0' }, d: wrong })) as { errors: unknown[] };
  expect(errors.errors).toHaveLength(100);
  expect(caught(() => requireStorableText({ b: { c: '\0' } }, 'options'))).toMatchObject({
    errors: [{ property: 'options.b.c' }],
  });
});

it('an id beyond bigint is as wrong as one of twenty digits; the greatest one is merely not there', async () => {
  const status = async (id: string) => (await api.get(`/lists/${id}`, { cookie })).status;
  expect(await status('9223372036854775807')).toBe(404);
  expect(await status('9223372036854775808')).toBe(422);
  expect(await status('99999999999999999999')).toBe(422);
});

it('a body that nests by the thousand is 400, also with an idempotency key', async () => {
  const deep = `{"name":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
  const response = await fetch(`${api.url}/api/v1/tags`, {
    method: 'POST',
    headers: { cookie, origin: api.url, 'content-type': 'application/json', 'idempotency-key': 'deep' },
    body: deep,
  });
  expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([400, 'MALFORMED_REQUEST']);
});

function caught(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
