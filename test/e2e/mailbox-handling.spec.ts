import { once } from 'node:events';
import { connect } from 'node:net';
import { createTestAuthority, startDovecot } from '#platform/testing';
import type { Dovecot } from '#platform/testing';
import type { ApiClient } from '../support/api-client.js';
import { mixedMail } from '../support/mixed-mail.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { until } from '../support/until.js';

const PASSWORD = 'secret-of-bounces';
/** Two of each sort: bounces, automatic answers, replies, newsletters, nonsense. */
const MAILS = 10;

let product: Product;
let api: ApiClient;
let dovecot: Dovecot;
beforeAll(async () => {
  dovecot = await startDovecot({ users: { box: PASSWORD }, certificate: createTestAuthority().issue('localhost') });
  product = await startProduct();
  api = await setUp(product);
});
afterAll(async () => {
  await product?.stop();
  await dovecot?.close();
});

it('judged mail is moved, marked as read or tagged by kind where the operator says so, and read once', async () => {
  for (let n = 0; n < MAILS; n += 1) dovecot.append('box', n % 2 ? 'INBOX' : 'Junk', mixedMail(n));
  const handle = [
    { kind: 'bounce', action: 'move', folder: '退信/2026' },
    { kind: 'auto-reply', action: 'seen', folder: null },
    { kind: 'other', action: 'keyword', folder: null },
  ];
  const place = { protocol: 'imap', host: 'localhost', port: dovecot.imapPort, security: 'none' };
  const auth = { method: 'password', user: 'box', password: PASSWORD };
  const folders = ['INBOX', 'Junk'];
  const { id } = await api.post('/mailboxes', { name: '收信', ...place, auth, folders, keep: { handle } });
  await until(async () => (await ask('STATUS &kABP4Q-/2026 (MESSAGES)')).includes('MESSAGES 2'), {
    what: 'both bounces to be moved into a folder that is made',
    detail: () => product.output(),
  });
  const kinds = (await api.get('/mailboxes/collected')).items as { kind: string; count: number }[];
  const tagged = kinds.find(({ kind }) => kind === 'other')?.count ?? 0;
  expect(tagged).toBeGreaterThan(0);
  await until(async () => (await found('KEYWORD $Hongyan-other')) === tagged, { what: 'the others to be tagged' });
  await until(async () => (await found('SEEN')) === 2, { what: 'the automatic answers to be marked as read' });
  expect(dovecot.count('box', 'INBOX') + dovecot.count('box', 'Junk')).toBe(MAILS - 2);

  // The folder is read from now on and holds nothing new; what was handled stays so.
  const { version } = await api.get(`/mailboxes/${id}`);
  await api.patch(`/mailboxes/${id}`, { version, folders: [...folders, '退信/2026'], keep: { handle: [] } });
  dovecot.append('box', 'INBOX', mixedMail(MAILS));
  await until(async () => (await api.get(`/mailboxes/${id}`)).processed === MAILS + 1, { what: 'one more mail' });
  await until(async () => (await api.get(`/mailboxes/${id}`)).state === 'idle', { what: 'every folder to be read' });
  expect(await api.get(`/mailboxes/${id}`)).toMatchObject({ processed: MAILS + 1, keepProblem: null, lastError: null });
});

/** Mails in both folders that a search finds. */
async function found(search: string): Promise<number> {
  const answers = await Promise.all(['INBOX', 'Junk'].map((folder) => ask(`SELECT ${folder}`, `SEARCH ${search}`)));
  return answers.reduce(
    (sum, text) => sum + (/\* SEARCH([ \d]*)/.exec(text)?.[1]?.trim().split(' ').filter(Boolean).length ?? 0),
    0,
  );
}

/** What the server itself says, without the product's code. */
async function ask(...commands: string[]): Promise<string> {
  const socket = connect(dovecot.imapPort, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const lines = [`LOGIN box ${PASSWORD}`, ...commands, 'LOGOUT'];
  socket.write(lines.map((line, n) => `a${n} ${line}\r\n`).join(''));
  await once(socket, 'close');
  return text;
}
