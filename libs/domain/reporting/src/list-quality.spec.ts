import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { listQuality } from './list-quality.js';

let test: TestDatabase;
let workspaceId: string;
let list: string;
beforeAll(async () => {
  test = await createTestDatabase();
  workspaceId = await insert("INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC')");
  list = await insert("INSERT INTO lists (workspace_id, name) VALUES ($1, 'l')", [workspaceId]);
});
afterAll(() => test.drop());

async function insert(text: string, values: unknown[] = []): Promise<string> {
  return (await test.db.first<{ id: string }>(`${text} RETURNING id`, values))!.id;
}

it('counts what became of the mail to a list, by import and domain, people once, and says what is too high', async () => {
  const file = await insert(
    `INSERT INTO imports (workspace_id, list_id, file_name, options, file_id, created_by)
     VALUES ($1, $2, 'fair.csv', '{"consent": {"source": "fair"}}', gen_random_uuid(), 'x')`,
    [workspaceId, list],
  );
  // 100 by import at old.cn, of whom 6 do not exist; 50 one by one at firm.cn, of whom 1 complained; each mailed twice.
  await test.db.run(
    `WITH c AS (INSERT INTO contacts (workspace_id, email, canonical, domain)
       SELECT $1, a, a, split_part(a, '@', 2)
       FROM (SELECT 'u' || n || '@' || CASE WHEN n <= 100 THEN 'old.cn' ELSE 'firm.cn' END AS a FROM generate_series(1, 150) n) x
       RETURNING id, domain)
     INSERT INTO list_members (list_id, contact_id, workspace_id, status, import_id)
     SELECT $2::bigint, id, $1, 'subscribed', CASE WHEN domain = 'old.cn' THEN $3::bigint END FROM c`,
    [workspaceId, list, file],
  );
  for (const name of ['first', 'second']) {
    const campaign = await insert(
      `INSERT INTO campaigns (workspace_id, name, status, content, audience, started_at)
       VALUES ($1, $2, 'sent', '{}', jsonb_build_object('lists', jsonb_build_array($3::text)), now())`,
      [workspaceId, name, list],
    );
    await test.db.run(
      `INSERT INTO campaign_recipients (campaign_id, seq, workspace_id, contact_id, batch_id, email, canonical, provider, status,
         accepted_at, bounced_at, bounce_kind, complained_at, unsubscribed_at, clicked_at)
       SELECT $2, n, $1, id, 0, email, canonical, 'other', 'accepted', now(),
         CASE WHEN n <= 6 THEN now() END, CASE WHEN n <= 6 THEN 'hard' END, CASE WHEN $3 AND n = 150 THEN now() END,
         CASE WHEN $3 AND n BETWEEN 140 AND 142 THEN now() END, CASE WHEN $3 AND n BETWEEN 11 AND 20 THEN now() END
       FROM (SELECT *, row_number() OVER (ORDER BY id) AS n FROM contacts WHERE workspace_id = $1) c`,
      [workspaceId, campaign, name === 'first'],
    );
  }
  const { overall, imports, domains, campaigns, truncated } = await listQuality(test.db, workspaceId, list);
  expect({ campaigns, truncated }).toEqual({ campaigns: 2, truncated: false });
  expect(overall).toEqual({
    ...{ sent: 300, delivered: 288, hard: 12, complaints: 1, unsubscribed: 3, reached: 144, silent: 134 },
    ...{ hardLevel: 'warn', complaintLevel: 'stop' },
  });
  const bad = { sent: 200, delivered: 188, hard: 12, complaints: 0, reached: 94, silent: 84, hardLevel: 'stop' };
  const good = { sent: 100, delivered: 100, hard: 0, complaints: 1, hardLevel: 'ok', complaintLevel: 'stop' };
  expect(imports).toMatchObject([
    { importId: file, fileName: 'fair.csv', source: 'fair', ...bad },
    { importId: null, ...good },
  ]);
  expect(domains).toMatchObject([
    { domain: 'old.cn', ...bad },
    { domain: 'firm.cn', ...good },
  ]);
  await expect(listQuality(test.db, '999999', list)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
