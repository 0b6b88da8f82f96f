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
  const row = await test.db.first<{ workspaceId: string; mailboxId: string }>(
    `WITH w AS (INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC') RETURNING id)
     INSERT INTO mailboxes (workspace_id, name, protocol, host, port, security, auth_method, auth_user, folders)
     SELECT id, 'box', 'imap', '127.0.0.1', 1, 'none', 'password', 'anna', '{INBOX}' FROM w
     RETURNING id AS "mailboxId", workspace_id AS "workspaceId"`,
  );
  return row!;
}

const mail = (text: string | Buffer, uid: number | null): SourceMail => ({
  raw: Buffer.from(text as string),
  folder: 'INBOX',
  uidValidity: uid === null ? null : '7',
  uid: uid === null ? null : String(uid),
});

it('keeps every byte, the order and the place of each, and knows a mail by its content within its mailbox', async () => {
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
