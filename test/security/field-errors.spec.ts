import { SMTPServer } from 'smtp-server';
import { ApiFailure } from '../support/api-client.js';
import type { ApiClient } from '../support/api-client.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { until } from '../support/until.js';

let product: Product;
let api: ApiClient;
let list: string;
beforeAll(async () => {
  product = await startProduct();
  api = await setUp(product);
  list = (await api.post('/lists', { name: 'people' })).id;
});
afterAll(() => product?.stop());

/** The problem document of a refusal. */
async function problemOf(call: Promise<unknown>): Promise<ApiFailure['problem'] & { status: number; help?: string }> {
  const answer = await call.then(
    (value: unknown) => value,
    (error: unknown) => error,
  );
  if (!(answer instanceof ApiFailure)) throw new Error(`not refused: ${JSON.stringify(answer)}`);
  return { ...answer.problem, status: answer.status };
}

it('names the lines of a file that could not be taken, each with its code', async () => {
  const content =
    'email,name\r\nfine@example.com,A\r\nwrong,B\r\n"two\nlines@example.com",C\r\n,D\r\nfine@example.com,E\r\nlast@example.com,F\r\n';
  const file = { name: 'people.csv', type: 'text/csv', content };
  const { id } = await api.upload<{ id: string }>(`/lists/${list}/imports`, file, { consent: { source: 'fair' } });
  let state: Record<string, unknown> = {};
  await until(async () => (state = await api.get(`/imports/${id}`)).status === 'done', {
    what: 'the import to be done',
  });
  expect(state).toMatchObject({ rows: 6, created: 2, invalid: 3, duplicates: 1 });
  const errors = await (await api.raw(`/imports/${id}/errors.csv`)).text();
  const rows = errors
    .trim()
    .split(/\r?\n(?=\d+,)/)
    .slice(1);
  expect(rows.map((row) => row.split(',')[0])).toEqual(['3', '4', '6', ...(rows.length > 3 ? ['7'] : [])]);
  for (const row of rows) expect(row.split(',')[1]).toMatch(/^[A-Z_]{5,}$/);
});

it('refuses a file it can’t read with the code of the cause', async () => {
  const start = (content: Buffer | string, options: unknown = { consent: { source: 'fair' } }) =>
    problemOf(api.upload(`/lists/${list}/imports`, { name: 'x.csv', type: 'text/csv', content }, options));
  expect(await start('email\na@example.com\n', {})).toMatchObject({
    status: 422,
    code: 'VALIDATION_FAILED',
    errors: [{ property: 'options.consent' }],
  });
  expect(await start('email\na@example.com\n', { consent: { source: 'x' }, tags: ['a\0'] })).toMatchObject({
    status: 422,
    errors: [{ property: 'options.tags.0', code: 'NUL_CHARACTER' }],
  });
});

it('names property and line of a broken template, at the start of its campaign', async () => {
  const html = '<p>one</p>\n<p>two</p>\n{{#if name}}\n<p>never closed</p>';
  const campaign = await api.post('/campaigns', {
    name: 'broken',
    from: { name: 'Shop', address: 'news@brand.example' },
    content: { subject: 'Hello {{unknown_helper name}}', html },
    audience: { lists: [list] },
  });
  const problem = await problemOf(api.post(`/campaigns/${campaign.id}/start`));
  expect(problem).toMatchObject({ status: 422, code: 'CAMPAIGN_INCOMPLETE', help: expect.stringMatching(/\w/) });
  const byProperty = Object.fromEntries((problem.errors ?? []).map((error) => [error.property, error]));
  expect(byProperty['content.subject']).toMatchObject({ code: expect.stringMatching(/^[A-Z_]+$/) });
  expect(byProperty['content.html']).toMatchObject({
    code: expect.stringMatching(/^[A-Z_]+$/),
    params: { line: expect.any(Number) },
  });
  const preview = await api.post('/templates/preview', { content: { subject: 's', html } });
  expect(preview.problems).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ severity: 'error', property: 'html', line: expect.any(Number) }),
    ]),
  );
});

it.each([
  'a@example.com\r\nBcc: b@example.com',
  'a@example.com, b@example.com',
  '"a, b"@@example.com',
  'x'.repeat(390),
])('refuses the address %j at its field, at every door', async (address) => {
  expect(await problemOf(api.post('/contacts', { email: address }))).toMatchObject({
    status: 422,
    code: 'ADDRESS_INVALID',
    errors: [{ property: 'email', code: expect.stringMatching(/^[A-Z_]+$/) }],
  });
  expect(await problemOf(api.post('/suppressions', { address }))).toMatchObject({
    status: 422,
    errors: [{ property: 'address' }],
  });
});

it('a From address that no header may carry is named when a test is sent', async () => {
  const make = async (from: object, more: object = {}) =>
    (await api.post('/campaigns', { name: 'f', from, content: { subject: 's', text: 't' }, ...more })).id as string;
  const send = async (id: string) => problemOf(api.post(`/campaigns/${id}/test`, { to: ['a@example.com'] }));
  const crlf = await make({ name: 'Shop', address: 'news@brand.example\r\nBcc: b@example.com' });
  expect(await send(crlf)).toMatchObject({ status: 422, errors: [{ property: 'from.address' }] });
  const empty = await make({ name: 'Shop', address: '' });
  expect(await send(empty)).toMatchObject({ status: 422, errors: [{ property: 'from.address' }] });
  const replyTo = await make({ name: 'Shop', address: 'news@brand.example' }, { replyTo: 'not an address' });
  expect(await send(replyTo)).toMatchObject({ status: 422, errors: [{ property: 'replyTo' }] });
  const control = await problemOf(api.post('/campaigns', { name: 'c', from: { name: 'a\u0007b', address: '' } }));
  expect(control).toMatchObject({ status: 422, errors: [{ property: 'from.name' }] });
});

it('says of a wrong SMTP password that it is the password, with the remedy', async () => {
  const server = new SMTPServer({
    allowInsecureAuth: true,
    hideSTARTTLS: true,
    authMethods: ['PLAIN'],
    onAuth: (_auth, _session, done) =>
      done(Object.assign(new Error('5.7.8 Error: authentication failed'), { responseCode: 535 })),
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.server.address() as { port: number };
    const auth = { method: 'plain', user: 'me@brand.example', password: 'wrong' };
    const body = { name: 'x', host: '127.0.0.1', port, security: 'none', auth };
    const { ok, steps } = await api.post('/smtp-accounts/verify', body);
    expect(ok).toBe(false);
    expect(steps.find((step: { ok: boolean }) => !step.ok)).toMatchObject({
      name: 'auth',
      diagnosis: 'auth-failed',
      detail: expect.stringContaining('535'),
      help: expect.stringMatching(/user or password/),
    });
  } finally {
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
});

it('an unknown list is named where it stands, and a stale version comes with the present state', async () => {
  const unknown = await problemOf(
    api.post('/contacts', { email: 'n@example.com', lists: [{ id: '987654', consent: { source: 'x' } }] }),
  );
  expect(unknown).toMatchObject({ status: 422, errors: [{ property: 'lists.0.id', code: 'NOT_FOUND' }] });
  expect(await problemOf(api.get('/lists/987654'))).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  const { id, version } = await api.post('/lists', { name: 'edited' });
  await api.patch(`/lists/${id}`, { version, name: 'edited once' });
  expect(await problemOf(api.patch(`/lists/${id}`, { version, name: 'edited late' }))).toMatchObject({
    status: 409,
    code: 'STALE_VERSION',
    help: expect.stringMatching(/\w/),
    current: { name: 'edited once', version: version + 1 },
  });
});
