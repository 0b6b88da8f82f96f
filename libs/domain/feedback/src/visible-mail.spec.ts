import { createTestDatabase } from '#platform/testing';
import { VISIBLE_MAIL, storeInbound } from './index.js';

it('mail of nobody is shown where one workspace alone can be meant, whatever demo stands beside it', async () => {
  const test = await createTestDatabase();
  const add = async (demo: boolean) => {
    const row = await test.db.first<{ id: string }>(
      `INSERT INTO workspaces (name, locale, timezone, demo) VALUES ('w', 'en', 'UTC', $1) RETURNING id`,
      [demo],
    );
    return row!.id;
  };
  const shown = async (workspaceId: string) =>
    (await test.db.rows(`SELECT 1 FROM inbound_messages m WHERE ${VISIBLE_MAIL}`, [workspaceId])).length;
  try {
    await storeInbound(test.db, Buffer.from('x'), { type: 'smtp', recipients: [], sender: null, remote: '127.0.0.1' });
    const demo = await add(true);
    expect(await shown(demo)).toBe(1);
    const ours = await add(false);
    expect([await shown(ours), await shown(demo)]).toEqual([1, 0]);
    const theirs = await add(false);
    expect([await shown(ours), await shown(theirs), await shown(demo)]).toEqual([0, 0, 0]);
  } finally {
    await test.drop();
  }
});
