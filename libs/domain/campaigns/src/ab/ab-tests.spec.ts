import { AbTestBody, ContentBody } from '#contracts';
import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { listRevisions } from '#domain/templates';
import type { RequestContext } from '#domain/workspaces';
import { AbTestsService } from './ab-tests.service.js';

let test: TestDatabase;
let ctx: RequestContext;
let service: AbTestsService;
beforeAll(async () => {
  test = await createTestDatabase();
  const workspace = await one(`INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC') RETURNING id`);
  ctx = { workspaceId: workspace, actor: { type: 'system', name: 'spec' } } as unknown as RequestContext;
  service = new AbTestsService(test.db);
});
afterAll(() => test.drop());

async function one(text: string, values: unknown[] = []): Promise<string> {
  return (await test.db.first<{ id: string }>(text, values))?.id ?? '';
}

const says = (html: string) => ContentBody.parse({ subject: 'Tea', html });

/** A draft with a test of so many variants beside A that are as A in all. */
async function drafted(others: number): Promise<string> {
  const id = await one(
    `INSERT INTO campaigns (workspace_id, name, content, audience) VALUES ($1, 'c', $2, '{"lists": [], "excludeLists": []}') RETURNING id`,
    [ctx.workspaceId, JSON.stringify(says('<p>A</p>'))],
  );
  await service.save(ctx, id, AbTestBody.parse({ variants: Array.from({ length: others }, () => ({})) }));
  return id;
}

const history = async (campaignId: string, variant?: number) => {
  const owner = variant === undefined ? { campaignId } : { campaignId, variant };
  const { items } = await listRevisions(test.db, owner, { limit: 20 });
  return items;
};

it('a variant’s content is written alone, with a history of its own that begins with what A said', async () => {
  const id = await drafted(2);
  const { test: written } = await service.saveContent(ctx, id, 2, { version: 1, content: says('<p>C</p>') });
  expect(written).toMatchObject({ version: 2, variants: [{ content: null }, { content: { html: '<p>C</p>' } }] });
  const kept = await history(id, 2);
  expect(kept).toHaveLength(2);
  expect(await history(id, 1)).toEqual([]);
  expect(await history(id)).toEqual([]);
  const { test: restored } = await service.restore(ctx, id, 2, 2, kept[1]?.id ?? '');
  expect(restored.variants[1]?.content).toMatchObject({ html: '<p>A</p>' });
  expect((await history(id, 2))[0]).toMatchObject({ restoredFrom: kept[1]?.id });
});

it('a stale write is told, and so are a variant that there is not and a test of send times', async () => {
  const id = await drafted(1);
  const write = (variant: number, version: number) =>
    service.saveContent(ctx, id, variant, { version, content: says('<p>B</p>') });
  await write(1, 1);
  await expect(write(1, 1)).rejects.toMatchObject({ code: 'STALE_VERSION', extra: { current: { version: 2 } } });
  await expect(write(2, 2)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await service.save(ctx, id, AbTestBody.parse({ version: 2, variants: [{ sendAt: '2099-01-01T00:00:00Z' }] }));
  await expect(write(1, 3)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
});

it('where a variant is removed, those that move up do not inherit its history', async () => {
  const id = await drafted(2);
  await service.saveContent(ctx, id, 1, { version: 1, content: says('<p>B</p>') });
  const { test: both } = await service.saveContent(ctx, id, 2, { version: 2, content: says('<p>C</p>') });
  await service.save(ctx, id, AbTestBody.parse({ ...both, variants: both.variants.slice(1) }));
  const kept = await history(id, 1);
  expect(kept.map(({ subject }) => subject)).toHaveLength(2);
  expect(await history(id, 2)).toEqual([]);
  const rows = await test.db.rows<{ html: string }>(
    `SELECT content->>'html' AS html FROM content_revisions WHERE campaign_id = $1 ORDER BY id`,
    [id],
  );
  expect(rows.map(({ html }) => html)).toEqual(['<p>B</p>', '<p>C</p>']);
});
