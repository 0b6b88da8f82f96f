import { createTestAuthority, startDovecot } from '#platform/testing';
import type { Dovecot } from '#platform/testing';
import { mixedMail } from '../support/mixed-mail.js';
import type { ApiClient } from '../support/api-client.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { until } from '../support/until.js';

const MAILS = 400;
const KILLS = 3;
const PASSWORD = 'secret-of-bounces';

let product: Product;
let api: ApiClient;
let dovecot: Dovecot;
beforeAll(async () => {
  const users = { imap: PASSWORD, pop: PASSWORD };
  dovecot = await startDovecot({ users, certificate: createTestAuthority().issue('localhost') });
  product = await startProduct();
  api = await setUp(product);
});
afterAll(async () => {
  await product?.stop();
  await dovecot?.close();
});

const TARGET = 'Bounces';

it('a reader killed again and again loses no mail and stores none twice, by IMAP, which moves some, and by POP3', async () => {
  for (let n = 0; n < MAILS; n += 1) {
    dovecot.append('imap', n % 4 ? 'INBOX' : 'Junk', mixedMail(n));
    // Others, since a workspace keeps one of two that are the same.
    dovecot.append('pop', 'INBOX', mixedMail(MAILS + n));
  }
  const handle = [
    { kind: 'bounce', action: 'move', folder: TARGET },
    { kind: 'auto-reply', action: 'seen' },
  ];
  const imap = await addMailbox('imap', dovecot.imapPort, { handle });
  const pop = await addMailbox('pop3', dovecot.pop3Port, { deleteAfterDays: 0 });

  for (let kill = 1; kill <= KILLS; kill += 1) {
    await until(async () => (await stored()).n >= (kill * 2 * MAILS) / (KILLS + 2), {
      what: `enough mail for kill ${kill}`,
      detail: () => product.output(),
    });
    const victim = product.pids().inbound as number;
    process.kill(victim, 'SIGKILL');
    await until(() => product.pids().inbound !== victim, { what: 'another reader' });
  }
  const all = async () => (await stored()).done === 2 * MAILS;
  await until(all, { what: 'every mail to be processed', timeoutMs: 60_000, detail: () => product.output() });

  expect(await stored()).toEqual({ n: 2 * MAILS, contents: 2 * MAILS, done: 2 * MAILS });
  await until(async () => (await api.get(`/mailboxes/${pop}`)).state === 'polling', { what: 'POP3 to have quit' });
  // What was stored is deleted or moved where the operator said so, and lies where it lay elsewhere.
  const isBounce = (item: { kind: string }) => item.kind === 'bounce';
  const bounces = (await api.get('/mailboxes/collected')).items.find(isBounce).count as number;
  const lying = (folder: string) => dovecot.count('imap', folder);
  const left = () => lying('INBOX') + lying('Junk'); // a server copies before it takes away
  await until(() => lying(TARGET) >= bounces && left() <= MAILS - bounces, { what: 'the bounces to be moved' });
  expect(dovecot.count('pop', 'INBOX')).toBe(0);
  expect([lying(TARGET), left()]).toEqual([bounces, MAILS - bounces]);
  const { items } = await api.get('/mailboxes/collected');
  for (const mailboxId of [imap, pop]) {
    const own = (items as { mailboxId: string; count: number }[]).filter((each) => each.mailboxId === mailboxId);
    expect(own.reduce((sum, { count }) => sum + count, 0)).toBe(MAILS);
    expect(await api.get(`/mailboxes/${mailboxId}`)).toMatchObject({ processed: MAILS, behind: 0, lastError: null });
  }
});

async function addMailbox(protocol: 'imap' | 'pop3', port: number, keep: object = {}): Promise<string> {
  const user = protocol === 'imap' ? 'imap' : 'pop';
  const auth = { method: 'password', user, password: PASSWORD };
  const place = { host: 'localhost', port, security: 'none' };
  return (await api.post('/mailboxes', { name: protocol, protocol, ...place, auth, keep })).id;
}

async function stored(): Promise<{ n: number; contents: number; done: number }> {
  const [row] = await product.sql<{ n: number; contents: number; done: number }>(
    `SELECT count(*)::int AS n, count(DISTINCT (mailbox_id, content_hash))::int AS contents,
            (count(*) FILTER (WHERE status <> 'stored'))::int AS done FROM inbound_messages`,
  );
  return row!;
}
