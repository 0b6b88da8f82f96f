import { createLogger } from '#platform/logging';
import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { createTracker } from './create-tracker.js';
import type { Tracker } from './create-tracker.js';
import { sealForm } from './form-seal.js';

const keys = { current: 1, keys: new Map([[1, Buffer.alloc(32, 5)]]) };

let test: TestDatabase;
let tracker: Tracker;
let url: string;
let workspaceId: string;

beforeAll(async () => {
  test = await createTestDatabase();
  const row = await test.db.first<{ id: string }>(
    `INSERT INTO workspaces (name, locale, timezone) VALUES ('鸿雁 <商店>', 'zh-CN', 'Asia/Shanghai') RETURNING id`,
  );
  workspaceId = row?.id ?? '';
  await test.db.run(
    `INSERT INTO contact_fields (workspace_id, key, label, type) VALUES ($1, 'points', '积分', 'number')`,
    [workspaceId],
  );
  tracker = createTracker({ db: test.db, log: createLogger('spec', 'silent'), keys, publicUrl: 'https://t.example/' });
  url = await tracker.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  await tracker.close(5_000);
  await test.drop();
});

let made = 0;
async function makeForm(options: { doubleOptIn?: boolean; optIn?: string; enabled?: boolean; locale?: string } = {}) {
  const publicId = `form-${(made += 1)}`;
  const { doubleOptIn = true, optIn = 'single', enabled = true, locale = 'en' } = options;
  const list = await test.db.first<{ id: string }>(
    'INSERT INTO lists (workspace_id, name, opt_in) VALUES ($1, $2, $3) RETURNING id',
    [workspaceId, `list <${made}>`, optIn],
  );
  const fields = [
    { key: 'name', required: true },
    { key: 'field:points', required: false },
  ];
  const texts = { title: 'News <b>', intro: '', button: '', thanks: 'See you\nsoon', consent: 'I agree' };
  await test.db.run(
    `INSERT INTO forms (workspace_id, public_id, name, enabled, locale, lists, fields, texts, double_opt_in, sender)
     VALUES ($1, $2, $2, $3, $4, $5, $6, $7, $8, '{"name": "", "address": ""}')`,
    [workspaceId, publicId, enabled, locale, [list?.id], JSON.stringify(fields), JSON.stringify(texts), doubleOptIn],
  );
  return { publicId, listId: list?.id };
}

const typed = (values: Record<string, string>) => new URLSearchParams(values).toString();
function post(path: string, body: string) {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return fetch(url + path, { method: 'POST', redirect: 'manual', body, headers });
}
/** A post as a person makes it, some seconds after the page was shown. */
function submit(publicId: string, values: Record<string, string>) {
  return post(`/f/${publicId}`, typed({ 'shown-at': sealForm(publicId, keys, Date.now() - 5_000), ...values }));
}
const requests = (email: string) =>
  test.db.rows<{ token: string; due: boolean; mails: number }>(
    'SELECT token, mail_due AS due, mails FROM subscription_requests WHERE canonical = $1',
    [email],
  );
const contact = (email: string) =>
  test.db.first<Record<string, unknown>>(
    `SELECT c.name, c.fields, c.locale, m.status, m.consent FROM contacts c LEFT JOIN list_members m ON m.contact_id = c.id
     WHERE c.canonical = $1`,
    [email],
  );

it('shows a page of its own words that needs no script, and another where the form is off or none', async () => {
  const { publicId } = await makeForm();
  const answer = await fetch(`${url}/f/${publicId}`, { headers: { 'accept-language': 'zh' } });
  const html = await answer.text();
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([200, null]);
  expect(html).toContain('<html lang="en">');
  expect(html).toContain('News &lt;b&gt;');
  expect(html).toContain('I agree');
  expect(html).toMatch(/<input type="number" name="field:points"[^>]*>/);
  expect(html).not.toContain('<script');
  expect(Buffer.byteLength(html)).toBeLessThan(30_000);
  const off = await makeForm({ enabled: false });
  for (const id of [off.publicId, 'none']) expect((await fetch(`${url}/f/${id}`)).status).toBe(404);
});

it('asks the owner of the address, and subscribes nobody before the button of the mail’s page', async () => {
  const { publicId } = await makeForm();
  const email = 'mei@people.test';
  const sent = await submit(publicId, { email: ' Mei@People.test ', name: 'Mei', 'field:points': '1,200' });
  expect(await sent.text()).toContain('We sent a mail to Mei@people.test');
  expect(await contact(email)).toBeUndefined();
  const [request] = await requests(email);
  expect(request).toMatchObject({ due: true, mails: 0 });
  const link = `/s/${request!.token}`;
  for (const method of ['GET', 'HEAD', 'GET']) expect((await fetch(url + link, { method })).status).toBe(200);
  expect(await contact(email)).toBeUndefined();

  expect(await (await post(link, '')).text()).toContain('See you<br>soon');
  expect(await contact(email)).toMatchObject({
    name: 'Mei',
    fields: { points: 1200 },
    locale: 'en',
    status: 'subscribed',
    consent: { source: `form: ${publicId}`, text: 'I agree', ip: '127.0.0.1' },
  });
  // Done once, and nothing of the person stays in the request.
  expect(await (await fetch(url + link)).text()).toContain('You are subscribed');
  expect(await requests(email)).toEqual([]);
  expect((await post('/s/none', '')).status).toBe(404);
});

it('sends no second mail within minutes, however often somebody posts the address of another', async () => {
  const { publicId } = await makeForm();
  const email = 'flooded@people.test';
  await submit(publicId, { email, name: 'x' });
  await test.db.run('UPDATE subscription_requests SET mail_due = false, mails = 1 WHERE canonical = $1', [email]);
  for (let again = 0; again < 3; again++) await submit(publicId, { email, name: 'x' });
  expect(await requests(email)).toMatchObject([{ due: false, mails: 1 }]);

  // Three, then a day without; the number goes on, since it names the next mail.
  const since = (hours: number) =>
    test.db.run(
      'UPDATE subscription_requests SET mails = 3, requested_at = now() - make_interval(hours => $2) WHERE canonical = $1',
      [email, hours],
    );
  await since(2);
  await submit(publicId, { email, name: 'x' });
  expect(await requests(email)).toMatchObject([{ due: false, mails: 3 }]);
  await since(25);
  await submit(publicId, { email, name: 'x' });
  expect(await requests(email)).toMatchObject([{ due: true, mails: 3 }]);
});

it('subscribes at once only where neither the form nor a list asks for confirmation', async () => {
  const single = await makeForm({ doubleOptIn: false });
  expect(await (await submit(single.publicId, { email: 'one@people.test', name: 'One' })).text()).toContain('See you');
  expect(await contact('one@people.test')).toMatchObject({ status: 'subscribed' });
  const strict = await makeForm({ doubleOptIn: false, optIn: 'double' });
  await submit(strict.publicId, { email: 'two@people.test', name: 'Two' });
  expect(await contact('two@people.test')).toBeUndefined();
});

it('brings back who has left, with new evidence, and keeps what else is known of them', async () => {
  const { publicId, listId } = await makeForm({ doubleOptIn: false });
  const known = await test.db.first<{ id: string }>(
    `INSERT INTO contacts (workspace_id, email, canonical, domain, name, fields, tags)
     VALUES ($1, 'back@people.test', 'back@people.test', 'people.test', 'Old', '{"points": 5}', '{vip}') RETURNING id`,
    [workspaceId],
  );
  await test.db.run(
    `INSERT INTO list_members (list_id, contact_id, workspace_id, status, unsubscribed_at, unsubscribed_source)
     VALUES ($1, $2, $3, 'unsubscribed', now(), 'page')`,
    [listId, known?.id, workspaceId],
  );
  await submit(publicId, { email: 'back@people.test', name: 'New' });
  expect(await contact('back@people.test')).toMatchObject({ name: 'New', fields: { points: 5 }, status: 'subscribed' });
});

it('says beside each field what is wrong with it, and keeps what was typed', async () => {
  const { publicId } = await makeForm();
  const answer = await submit(publicId, { email: 'no address', name: '', 'field:points': 'many' });
  const html = await answer.text();
  expect(answer.status).toBe(422);
  expect(html).toContain('Enter a valid address');
  expect(html).toContain('Please fill this in.');
  expect(html).toContain('Enter a number.');
  expect(html.match(/aria-invalid="true"/g)).toHaveLength(3);
  expect(html).toContain('value="no address"');
});

it('makes a program press a button more, and believes nobody who fills in what no person sees', async () => {
  const { publicId } = await makeForm({ doubleOptIn: false });
  const values = { email: 'robot@people.test', name: 'R "<2>"' };
  for (const seal of [
    '',
    'x',
    `${Date.now() - 5_000}.AAAAAAAAAAAAAAAAAAAAAA`,
    sealForm(publicId, keys, Date.now()),
    sealForm('other', keys, Date.now() - 5_000),
  ]) {
    const html = await (await post(`/f/${publicId}`, typed({ ...values, 'shown-at': seal }))).text();
    expect(html).toContain('One more step');
    expect(html).toContain('I agree');
    expect(html).toContain('value="R &quot;&lt;2&gt;&quot;"');
  }
  // Who is quick keeps the time of the first page; what hangs on a seal of ours is not shown back.
  const quick = sealForm(publicId, keys, Date.now() + 60_000);
  const again = (seal: string) => post(`/f/${publicId}`, typed({ ...values, 'shown-at': seal }));
  expect(await (await again(quick)).text()).toContain(`name="shown-at" value="${quick}"`);
  expect(await (await again(`${quick}."><b>`)).text()).not.toContain('<b>');
  expect(await (await submit(publicId, { ...values, website: 'http://spam.test' })).text()).toContain(
    'Check your inbox',
  );
  expect([await contact('robot@people.test'), await requests('robot@people.test')]).toEqual([undefined, []]);
});
