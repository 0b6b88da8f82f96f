import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { waitingGroups } from './waiting-groups.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

it('groups who waits for another try by provider and reply, and looks only at batches that were begun', async () => {
  const id = async (text: string, values: unknown[] = []) =>
    (await test.db.first<{ id: string }>(text, values))?.id ?? '';
  const workspace = await id(`INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC') RETURNING id`);
  const campaign = await id(
    `INSERT INTO campaigns (workspace_id, name, content, audience, status) VALUES ($1, 'c', '{}', '{}', 'sending') RETURNING id`,
    [workspace],
  );
  await test.db.run('SELECT ensure_recipient_partition($1)', [campaign]);
  const batch = (fence: number) =>
    id(
      `INSERT INTO send_batches (campaign_id, workspace_id, provider, size, fence) VALUES ($1, $2, 'qq', 9, $3) RETURNING id`,
      [campaign, workspace, fence],
    );
  const [begun, untouched] = [await batch(1), await batch(0)];
  let seq = 0;
  const recipient = (inBatch: string, provider: string, attempt: object | null) =>
    test.db.run(
      `INSERT INTO campaign_recipients (campaign_id, seq, workspace_id, contact_id, batch_id, email, canonical, provider,
         attempts, retry_at)
       VALUES ($1, $2::int, $3, $2::int, $4, 'a@x.cn', 'a@x.cn', $5, $6, $7)`,
      [
        ...[campaign, (seq += 1), workspace, inBatch, provider],
        ...[JSON.stringify(attempt ? [attempt] : []), attempt ? '2027-03-01T09:00:00Z' : null],
      ],
    );
  const busy = { kind: 'deferred', code: 451, text: '451 4.7.1 try later', at: '2027-03-01T08:00:00Z' };
  await recipient(begun, 'qq', busy);
  await recipient(begun, 'qq', { ...busy, text: '451 4.7.1 slow down' });
  await recipient(begun, 'other', { kind: 'unreachable', text: 'no answer within 30 s', at: busy.at });
  await recipient(begun, 'qq', null);
  await recipient(untouched, 'qq', null);
  const retryAt = '2027-03-01T09:00:00.000Z';
  expect(await waitingGroups(test.db, campaign)).toEqual({
    whole: true,
    groups: [
      { provider: 'qq', kind: 'deferred', code: 451, count: 2, sample: '451 4.7.1 slow down', retryAt },
      { provider: 'other', kind: 'unreachable', code: null, count: 1, sample: 'no answer within 30 s', retryAt },
    ],
  });
});
