import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { countDraftAudience } from '#domain/campaigns';
import { holdBouncingImports } from './index.js';

let test: TestDatabase;
let workspaceId: string;
beforeAll(async () => {
  test = await createTestDatabase();
  workspaceId = (await test.db.first<{ id: string }>(
    "INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC') RETURNING id",
  ))!.id;
});
afterAll(() => test.drop());

let campaign = 0;
/** A list with an import of 300 people, of whom the first `mailed` got a campaign and `bounced` of those bounced. */
async function imported(mailed: number, bounced: number): Promise<{ list: string; id: string }> {
  const row = await test.db.first<{ list: string; id: string }>(
    `WITH l AS (INSERT INTO lists (workspace_id, name) VALUES ($1, 'l' || $2) RETURNING id)
     INSERT INTO imports (workspace_id, list_id, file_name, options, status, file_id, created_by)
     SELECT $1, id, 'a.csv', '{}', 'done', gen_random_uuid(), 'x' FROM l RETURNING id, list_id AS list`,
    [workspaceId, ++campaign],
  );
  await test.db.run(
    `WITH c AS (INSERT INTO contacts (workspace_id, email, canonical, domain, import_id)
       SELECT $1, a, a, 'firm.cn', $2::bigint FROM (SELECT 'u' || n || '-' || $2::bigint || '@firm.cn' AS a FROM generate_series(1, 300) n) x
       RETURNING id),
     m AS (INSERT INTO list_members (list_id, contact_id, workspace_id, status, import_id)
       SELECT $3, id, $1, 'subscribed', $2::bigint FROM c RETURNING contact_id),
     sent AS (
       INSERT INTO campaign_recipients (campaign_id, seq, workspace_id, contact_id, batch_id, email, canonical, provider,
         status, accepted_at, bounced_at, bounce_kind)
       SELECT $4, n, $1, contact_id, 0, '', '', 'other', 'accepted', now(), CASE WHEN n <= $6 THEN now() END,
         CASE WHEN n <= $6 THEN 'hard' END
       FROM (SELECT contact_id, row_number() OVER (ORDER BY contact_id) AS n FROM m) o WHERE n <= $5
       RETURNING contact_id, bounce_kind)
     INSERT INTO events (at, workspace_id, contact_id, type)
     SELECT now(), $1, contact_id, 'hard-bounced' FROM sent WHERE bounce_kind = 'hard'`,
    [workspaceId, row!.id, row!.list, campaign, mailed, bounced],
  );
  return row!;
}
const audience = (list: string) =>
  countDraftAudience(test.db, workspaceId, { lists: [list], excludeLists: [], segments: [], excludeSegments: [] });

it('holds back who was not reached yet when more than one in twenty of the first mailed bounces, until it is released', async () => {
  const bad = await imported(200, 11);
  const good = await imported(200, 10);
  const early = await imported(99, 20);
  expect(await holdBouncingImports(test.db)).toEqual([bad.id]);
  expect(await holdBouncingImports(test.db)).toEqual([]);
  // The 189 who were reached are known to be good; the 11 who bounced and the 100 others are not.
  expect(await audience(bad.list)).toMatchObject({ prepared: 189, exclusions: [{ reason: 'held', count: 111 }] });
  expect(await audience(good.list)).toMatchObject({ prepared: 300, excluded: 0 });
  expect(await audience(early.list)).toMatchObject({ prepared: 300, excluded: 0 });

  await test.db.run('UPDATE imports SET held_at = NULL, released_at = now() WHERE id = $1', [bad.id]);
  expect(await holdBouncingImports(test.db)).toEqual([]);
  expect(await audience(bad.list)).toMatchObject({ prepared: 300 });
});
