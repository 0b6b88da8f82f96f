import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { storeCollected } from './index.js';
import type { SourceMail } from './index.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

async function mailbox(): Promise<{ workspaceId: string; mailboxId: string }> {
  const row = await test.db.first<{ id: string }>(
    `INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC') RETURNING id`,
  );
  return { workspaceId: row!.id, mailboxId: await addMailbox(row!.id) };
}

async function addMailbox(workspaceId: string): Promise<string> {
  const row = await test.db.first<{ id: string }>(
    `INSERT INTO mailboxes (workspace_id, name, protocol, host, port, security, auth_method, auth_user, folders)
     VALUES ($1, 'box', 'imap', '127.0.0.1', 1, 'none', 'password', 'anna', '{INBOX}') RETURNING id`,
    [workspaceId],
  );
  return row!.id;
}

const mail = (text: string | Buffer, uid: number | null): SourceMail => ({
  raw: Buffer.from(text as string),
  folder: 'INBOX',
  uidValidity: uid === null ? null : '7',
  uid: uid === null ? null : String(uid),
});

it('keeps every byte, the order and the place of each, and knows a mail by its content', async () => {
  const box = await mailbox();
  const bytes = Buffer.from([0, 13, 10, 255, 92, 39, 34, 123, 44]);
  const mails = [mail('一', 4_000_000_000), mail(bytes, 2), mail('', 3), mail('一', 9), mail('last', null)];
  const ids = await storeCollected(test.db, box, mails);
  const rows = await test.db.rows('SELECT id, raw, uid, uid_validity FROM inbound_messages ORDER BY id');
  expect(rows).toEqual([
    { id: ids[0], raw: Buffer.from('一'), uid: '4000000000', uid_validity: '7' },
    { id: ids[1], raw: bytes, uid: '2', uid_validity: '7' },
    { id: ids[2], raw: Buffer.alloc(0), uid: '3', uid_validity: '7' },
    { id: ids[3], raw: Buffer.from('last'), uid: null, uid_validity: null },
  ]);
  expect(await storeCollected(test.db, box, [mail('last', 11), mail('news', 12)])).toHaveLength(1);
  expect(await storeCollected(test.db, await mailbox(), [mail('last', 11)])).toHaveLength(1);
  expect(await storeCollected(test.db, box, [])).toEqual([]);
});

it('stores a mail once where two mailboxes read one account, and where one is removed and added again', async () => {
  const box = await mailbox();
  const second = { ...box, mailboxId: await addMailbox(box.workspaceId) };
  const mails = [mail('一', 1), mail('二', 2)];
  const store = (into: typeof box) => test.db.transaction((tx) => storeCollected(tx, into, mails));
  const both = await Promise.all([store(box), store(second)]);
  expect(both.map((ids) => ids.length).sort()).toEqual([0, 2]);

  await test.db.run('DELETE FROM mailboxes WHERE workspace_id = $1', [box.workspaceId]);
  const again = { ...box, mailboxId: await addMailbox(box.workspaceId) };
  expect(await storeCollected(test.db, again, [mail('二', 7), mail('三', 8)])).toHaveLength(1);
  expect(
    await test.db.rows(`SELECT mailbox_id AS box, uid FROM inbound_messages WHERE workspace_id = $1 ORDER BY uid`, [
      box.workspaceId,
    ]),
  ).toEqual([
    { box: null, uid: '1' },
    { box: again.mailboxId, uid: '7' }, // there it lies now, and there it is marked and moved
    { box: again.mailboxId, uid: '8' },
  ]);
});
