import { ImapFlow } from 'imapflow';
import { createTestAuthority, startDovecot } from '#platform/testing';
import type { Dovecot } from '#platform/testing';
import type { ApiClient } from '../support/api-client.js';
import { importContacts, startCampaign, untilStatus } from '../support/campaigns.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { until } from '../support/until.js';

const PASSWORD = 'secret-of-replies';
const [ANNA, LEAVER] = ['success+anna@simulator.test', 'success+leaver@simulator.test'];

let product: Product;
let api: ApiClient;
let dovecot: Dovecot;
let elsewhere: ImapFlow;
let list: string;
/** Message-ID of what each of them got. */
const sent = new Map<string, string>();
beforeAll(async () => {
  dovecot = await startDovecot({ users: { replies: PASSWORD }, certificate: createTestAuthority().issue('localhost') });
  product = await startProduct();
  api = await setUp(product);
  list = await importContacts(api, [ANNA!, LEAVER!]);
  const campaign = await startCampaign(api, list);
  await untilStatus(product, api, campaign, 'sent');
  for (const { id, to } of await sandbox()) sent.set(to[0]!, header(await rawOf(id), 'Message-ID')!);
  const auth = { method: 'password', user: 'replies', password: PASSWORD };
  const place = { host: 'localhost', port: dovecot.imapPort, security: 'none' };
  await api.post('/mailboxes', { name: '回信', protocol: 'imap', ...place, auth });
  // Another mail program of the same person.
  elsewhere = new ImapFlow({
    ...{ host: '127.0.0.1', port: dovecot.imapPort, secure: false, doSTARTTLS: false, logger: false },
    auth: { user: 'replies', pass: PASSWORD },
  });
  await elsewhere.connect();
  await elsewhere.mailboxOpen('INBOX');
});
afterAll(async () => {
  await elsewhere?.logout().catch(() => undefined);
  await product?.stop();
  await dovecot?.close();
});

const sandbox = async () => (await api.get('/sandbox/messages?limit=200')).items as { id: string; to: string[] }[];
const rawOf = async (id: string) => (await api.raw(`/sandbox/messages/${id}/raw`)).text();
const header = (raw: string, name: string) =>
  new RegExp(`^${name}: (.*(?:\\r\\n[ \\t].*)*)`, 'im').exec(raw)?.[1]?.replace(/\r\n\s+/g, ' ');

function write(from: string, text: string, original: string, id: string): void {
  const lines = [
    `From: ${from}`,
    'To: news@brand.example',
    'Subject: =?utf-8?B?5Zue5aSN77ya5pil6Iy2?=',
    `Message-ID: <${id}@people.example>`,
    `In-Reply-To: ${original}`,
    `References: ${original}`,
    'Content-Type: text/plain; charset=utf-8',
  ];
  dovecot.append('replies', 'INBOX', [...lines, '', text, ''].join('\r\n'));
}

const threads = async (query = '') => (await api.get(`/replies${query}`)).items;
async function untilThread(query: string, what: string) {
  let found: { id: string; unread: number; state: string }[] = [];
  await until(async () => (found = await threads(query)).length > 0, { what, detail: () => product.output() });
  return found[0]!;
}

/** UID of a mail in the mailbox, as the other mail program sees it. */
async function uidOf(id: string): Promise<string> {
  await elsewhere.noop();
  const uids = (await elsewhere.search({ header: { 'message-id': `${id}@people.example` } }, { uid: true })) || [];
  if (uids[0] === undefined) throw new Error(`${id} is not in the mailbox`);
  return String(uids[0]);
}

async function flagsOf(id: string): Promise<string[]> {
  const mail = await elsewhere.fetchOne(await uidOf(id), { flags: true }, { uid: true });
  return mail ? [...(mail.flags ?? [])] : [];
}

it('a reply is a thread; opened it is \\Seen in the mailbox, answered it is \\Answered, and the answer is in its place', async () => {
  write(ANNA!, '请问周日营业吗？', sent.get(ANNA!)!, 'first');
  const { id } = await untilThread('?state=new', 'the reply to be shown');
  expect(await api.get('/inbound/counts')).toEqual({ review: 0, replies: 1 });
  expect(await flagsOf('first')).not.toContain('\\Seen');

  expect(await api.post(`/replies/${id}/read`, {})).toMatchObject({ unread: 0, state: 'open' });
  await until(async () => (await flagsOf('first')).includes('\\Seen'), {
    what: 'the mail to be \\Seen in the mailbox',
  });
  expect(await flagsOf('first')).not.toContain('\\Answered');

  await api.post(`/replies/${id}/answers`, { text: '您好 {{name}}，\n\n周日十点开门。' });
  await until(async () => (await api.get(`/replies/${id}`)).answers[0].state === 'sent', {
    what: 'the answer to be sent',
  });
  await until(async () => (await flagsOf('first')).includes('\\Answered'), { what: 'the mail to be \\Answered' });
  const ours = (await sandbox()).filter(({ to }) => to[0] === ANNA);
  expect(ours).toHaveLength(2);
  const raw = await rawOf(ours[0]!.id);
  expect(header(raw, 'In-Reply-To')).toBe('<first@people.example>');
  expect(header(raw, 'References')).toBe(`${sent.get(ANNA!)} <first@people.example>`);
  const { subject, text } = await api.get(`/sandbox/messages/${ours[0]!.id}`);
  expect([subject, text.trim().replace(/\r\n/g, '\n')]).toEqual(['回复：春茶', '您好 {{name}}，\n\n周日十点开门。']);

  // Two colleagues at once: the second is told, and may send all the same.
  const { answers } = await api.get(`/replies/${id}`);
  const second = { text: '我们十点开门。', lastAnswerId: null };
  await expect(api.post(`/replies/${id}/answers`, second)).rejects.toMatchObject({
    problem: { status: 409, code: 'ANSWERED_MEANWHILE' },
  });
  expect((await api.get(`/replies/${id}`)).answers).toHaveLength(1);
  const more = await api.post(`/replies/${id}/answers`, { ...second, lastAnswerId: answers[0].id });
  expect(more.answers).toHaveLength(2);

  // What she writes to our answer belongs to the same thread.
  write(ANNA!, '谢谢！', header(raw, 'Message-ID')!, 'second');
  await until(async () => (await api.get(`/replies/${id}`)).mails.length === 2, {
    what: 'her second mail in the thread',
  });
  expect((await api.get(`/replies/${id}`)).mails.map((mail: { matched: string }) => mail.matched)).toEqual([
    'token',
    'token',
  ]);
});

it('what is read in another mail program is read here', async () => {
  const { id } = await untilThread('?unread=true', 'the second mail to be unread');
  await elsewhere.messageFlagsAdd(await uidOf('second'), ['\\Seen'], { uid: true });
  await until(async () => (await api.get(`/replies/${id}`)).unread === 0, { what: 'the thread to be read here' });
});

it('a top line TD leaves the list within seconds, and a human reply counts as one', async () => {
  write(LEAVER!, 'TD\r\n\r\n发自我的iPhone', sent.get(LEAVER!)!, 'leave');
  await untilThread('?kind=unsubscribe', 'the wish to leave to be shown');
  const contacts = (await api.get(`/contacts?q=${encodeURIComponent(LEAVER!)}`)).items as { id: string }[];
  const { lists } = await api.get(`/contacts/${contacts[0]!.id}`);
  expect(lists).toMatchObject([{ id: list, status: 'unsubscribed' }]);
  const [row] = await product.sql(
    `SELECT count(replied_at)::int AS replied, count(unsubscribed_at)::int AS left FROM campaign_recipients`,
  );
  expect(row).toEqual({ replied: 1, left: 1 });
});
