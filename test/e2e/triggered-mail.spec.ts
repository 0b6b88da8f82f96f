import PostalMime from 'postal-mime';
import { ApiClient, ApiFailure } from '../support/api-client.js';
import { addAccount } from '../support/campaigns.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { startRecordingSink } from '../support/recording-sink.js';
import type { RecordingSink } from '../support/recording-sink.js';
import { until } from '../support/until.js';

let product: Product;
let owner: ApiClient;
/** A program with a key for triggered mail and nothing else. */
let api: ApiClient;
let sink: RecordingSink;
beforeAll(async () => {
  sink = await startRecordingSink();
  product = await startProduct();
  owner = await setUp(product);
  const account = await addAccount(owner, sink.port, { fromDomains: ['brand.hongyan-e2e.org'] });
  expect(account.id).toMatch(/^\d+$/);
  const { key } = await owner.post('/api-keys', { name: 'shop', scopes: ['messages'] });
  api = new ApiClient(product.url, key);
});
afterAll(async () => {
  await product?.stop();
  await sink?.close();
});

const FROM = { name: '鸿雁', address: 'hello@brand.hongyan-e2e.org' };
const post = (to: string, more: object = {}, headers = {}) =>
  api.post('/messages', { to, from: FROM, subject: 'Hi', text: 'hello', ...more }, headers);
const at = (local: string) => `${local}@people.hongyan-e2e.org`;

/** Waits until a message is what it is expected to be. */
async function untilIs(id: string, wanted: (message: any) => boolean): Promise<any> {
  let message: any;
  await until(async () => wanted((message = await api.get(`/messages/${id}`))), {
    what: `message ${id}`,
    detail: () => `${JSON.stringify(message)}\n${product.output()}`,
  });
  return message;
}
const untilStatus = (id: string, status: string) => untilIs(id, (message) => message.status === status);

it('a message arrives personalised and with its files, and the log has its attempt', async () => {
  const { id: templateId } = await owner.post('/templates', {
    name: 'order',
    subject: '订单 {{data.number}}',
    html: '<p>{{name}}，您好</p>{{#each data.items}}<li>{{this.title}} × {{this.count}}</li>{{/each}}',
  });
  const sent = await api.post('/messages', {
    to: { name: '李明', address: 'li@simulator.test' },
    from: FROM,
    templateId,
    data: { number: 'A-7', items: [{ title: '<茶>', count: 2 }] },
    attachments: [{ name: '发票.txt', content: Buffer.from('合计 42 元').toString('base64') }],
    tags: ['order'],
  });
  expect(sent).toMatchObject({ status: 'pending', to: 'li@simulator.test', subject: '订单 {{data.number}}' });
  const message = await untilStatus(sent.id, 'accepted');
  expect(message).toMatchObject({
    attempts: [{ kind: 'accepted', code: 250, smtpAccountId: expect.stringMatching(/^\d+$/) }],
    attachments: [{ name: '发票.txt', contentType: 'text/plain' }],
    detail: '',
  });
  const [kept] = (await owner.get('/sandbox/messages')).items;
  const mail = await PostalMime.parse(await (await owner.raw(`/sandbox/messages/${kept.id}/raw`)).arrayBuffer());
  expect(mail).toMatchObject({
    subject: '订单 A-7',
    from: { name: '鸿雁', address: FROM.address },
    to: [{ name: '李明', address: 'li@simulator.test' }],
  });
  expect(mail.html).toContain('<p>李明，您好</p><li>&lt;茶&gt; × 2</li>');
  expect(mail.html).not.toMatch(/退订|\/c\/|\/o\//);
  expect(Buffer.from(mail.attachments[0]!.content as ArrayBuffer).toString()).toBe('合计 42 元');
});

it('the same Idempotency-Key sends once and answers the same; another body under it is refused', async () => {
  const headers = { 'idempotency-key': 'order-7' };
  const first = await post(at('once'), {}, headers);
  expect(await post(at('once'), {}, headers)).toEqual(first);
  await expect(post(at('twice'), {}, headers)).rejects.toMatchObject({
    status: 422,
    problem: { code: 'IDEMPOTENCY_KEY_REUSED' },
  });
  await untilStatus(first.id, 'accepted');
  expect(sink.messages().filter(({ to }) => to === at('once'))).toHaveLength(1);
});

it('wrong fields are refused at once, each at its place', async () => {
  const failure = await post('a@b.org, c@d.org', {
    from: 'x@elsewhere.org',
    replyTo: 'none',
    text: '{{#each data.items}}',
    attachments: [{ name: 'run.exe', content: 'TVo=' }],
  }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ApiFailure);
  const { status, problem } = failure as ApiFailure;
  expect([status, problem.code]).toEqual([422, 'VALIDATION_FAILED']);
  expect(problem.errors?.map(({ property }) => property).sort()).toEqual(['attachments.0', 'replyTo', 'text', 'to']);
  await expect(post(at('a'), { from: 'x@elsewhere.org' })).rejects.toMatchObject({
    problem: { errors: [{ property: 'from', code: 'SENDER_DOMAIN_NOT_ALLOWED' }] },
  });
  await expect(post(at('a'), { from: undefined })).rejects.toMatchObject({
    problem: { errors: [{ property: 'from', code: 'FROM_REQUIRED' }] },
  });
});

it('a suppressed address gets nothing and the log says why; an unsubscription does not hold here', async () => {
  await owner.post('/suppressions', { address: at('gone'), reason: 'hard_bounce' });
  await owner.post('/suppressions', { address: at('left'), reason: 'unsubscribed' });
  expect(await post(at('gone'))).toMatchObject({ status: 'skipped', skipReason: 'suppressed' });
  await untilStatus((await post(at('left'))).id, 'accepted');
  expect(sink.messages().map(({ to }) => to)).not.toContain(at('gone'));
});

it('what servers answer is kept: refused, deferred until a later try, and nobody knows', async () => {
  const refused = await untilStatus((await post(at('rcpt-550.x'))).id, 'rejected');
  expect(refused.attempts).toMatchObject([{ kind: 'rejected', code: 550, enhanced: '5.7.0' }]);
  const deferred = await untilIs((await post(at('rcpt-450.x'))).id, ({ attempts }) => attempts.length > 0);
  expect(deferred).toMatchObject({ status: 'pending', attempts: [{ kind: 'deferred', code: 450 }] });
  expect(Date.parse(deferred.retryAt) - Date.now()).toBeGreaterThan(15_000);

  const uncertain = await untilStatus((await post(at('drop-after-dot'))).id, 'uncertain');
  expect((await api.get('/messages?status=uncertain')).items).toMatchObject([{ id: uncertain.id }]);
  await api.post(`/messages/${uncertain.id}/settle`, { action: 'resend' });
  const again = await untilIs(uncertain.id, ({ status, attempts }) => status === 'uncertain' && attempts.length === 2);
  const [one, two] = sink.messages().filter(({ to }) => to === at('drop-after-dot'));
  expect(one?.messageId).toBe(two?.messageId); // who got both can see that they are one
  await api.post(`/messages/${again.id}/settle`, { action: 'settle-accepted' });
  await expect(api.post(`/messages/${again.id}/settle`, { action: 'resend' })).rejects.toMatchObject({ status: 409 });
});

it('a template that devours the machine ends in a sentence in the log, and the next message is not held up', async () => {
  const items = Array.from({ length: 900 }, (_, n) => n);
  const text = '{{#each data.i}}{{#each @root.data.i}}{{#each @root.data.i}}x{{/each}}{{/each}}{{/each}}';
  const hostile = await post(at('hostile'), { text, data: { i: items } });
  const next = await post(at('next'));
  await untilStatus(next.id, 'accepted');
  expect(await untilStatus(hostile.id, 'skipped')).toMatchObject({
    skipReason: 'not_renderable',
    detail: expect.stringMatching(/\w+ \w+/),
  });
});

it('the key opens nothing else', async () => {
  await expect(api.get('/contacts')).rejects.toMatchObject({ status: 403 });
  await expect(api.post('/campaigns', { name: 'x' })).rejects.toMatchObject({ status: 403 });
});
