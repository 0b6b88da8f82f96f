import { emptyDocument, newBlock, newColumn, newReusable, newSection, richText } from '#contracts';
import type { Doc, DocBlock } from '#contracts';
import { RunningApi } from '../testing/running-api.js';

let api: RunningApi;
let cookie: string;
beforeAll(async () => {
  api = await RunningApi.start();
  cookie = await api.setUp();
}, 60_000);
afterAll(() => api.stop());

let last = 0;
const newId = () => `n${(last += 1)}`;
const textBlock = (words: string): DocBlock => ({ ...newBlock('text', newId, 'zh-CN'), content: richText(words) });
const documentOf = (...blocks: DocBlock[]): Doc => {
  const document = emptyDocument(newId, 'zh-CN');
  return { ...document, sections: [newSection(newId, [newColumn(newId, blocks)]), ...document.sections.slice(1)] };
};
const post = async (route: string, body: object) => (await api.post(route, { cookie, body })).body;

it('a document comes back equal, and is one way to write content among others', async () => {
  const document = documentOf(textBlock('第一版'));
  const made = await post('/templates', { name: 'doc', subject: 's', document });
  expect(made).toMatchObject({ version: 1, html: null, mjml: null });
  expect((await api.get(`/templates/${made.id}`, { cookie })).body.document).toEqual(document);
  expect((await api.get('/templates', { cookie })).body.items).toMatchObject([{ id: made.id, format: 'document' }]);
  const both = await post('/templates/preview', { content: { subject: 's', document, html: '<p>x</p>' } });
  expect(both.problems).toMatchObject([{ severity: 'error', property: 'document' }]);
});

it('a wrong document is refused with the path of what is wrong', async () => {
  const document = documentOf({ ...textBlock('x'), color: 'red' } as DocBlock);
  const { status, body } = await api.post('/templates', { cookie, body: { name: 'doc', subject: 's', document } });
  expect(status).toBe(422);
  expect(body.errors.map(({ property }: { property: string }) => property)).toEqual([
    'document.sections.0.columns.0.blocks.0.color',
  ]);
});

it('a preview asks what the chosen contact did', async () => {
  const { id: contactId } = await post('/contacts', { email: 'reader@example.com' });
  const workspace = await api.test.db.first<{ id: string }>('SELECT workspace_id AS id FROM contacts WHERE id = $1', [
    contactId,
  ]);
  const visibleIf = {
    match: 'all' as const,
    rules: [{ kind: 'behaviour' as const, event: 'clicked' as const, did: true, days: 30, campaignId: null }],
  };
  const content = { subject: 's', document: documentOf({ ...textBlock('点击过的人'), visibleIf }) };
  const clicked = (days: number, human: boolean) =>
    api.test.db.run(
      `INSERT INTO events (at, workspace_id, contact_id, type, human) VALUES (now() - make_interval(days => $3), $1, $2, 'clicked', $4)`,
      [workspace?.id, contactId, days, human],
    );
  const seen = async () => {
    const { html, text } = await post('/templates/preview', { content, contactId });
    return [html.includes('点击过的人'), text.includes('点击过的人')];
  };
  await clicked(31, true);
  await clicked(1, false);
  expect(await seen()).toEqual([false, false]);
  await clicked(29, true);
  expect(await seen()).toEqual([true, true]);
});

it('saves of one person become one revision, and restoring is a change like any other', async () => {
  const { id } = await post('/templates', { name: 'r', subject: 'one', document: documentOf(textBlock('一')) });
  const save = (version: number, subject: string) =>
    api.patch(`/templates/${id}`, { cookie, body: { version, subject } });
  await save(1, 'two');
  await save(2, 'three');
  const revisions = async () => (await api.get(`/templates/${id}/revisions`, { cookie })).body.items;
  expect(await revisions()).toMatchObject([
    { subject: 'three', by: expect.stringContaining('@'), format: 'document', restoredFrom: null },
    { subject: 'one', by: null },
  ]);
  const [, first] = await revisions();
  const whole = await api.get(`/templates/${id}/revisions/${first.id}`, { cookie });
  expect(whole.body.content).toMatchObject({ subject: 'one', html: null });
  const restore = (version: number) =>
    api.post(`/templates/${id}/revisions/${first.id}/restore`, { cookie, body: { version } });
  expect(await restore(2)).toMatchObject({ status: 409, body: { code: 'STALE_VERSION', current: { version: 3 } } });
  expect(await restore(3)).toMatchObject({ body: { version: 4, subject: 'one' } });
  expect(await revisions()).toMatchObject([
    { subject: 'one', restoredFrom: first.id },
    { subject: 'three' },
    { subject: 'one' },
  ]);
});

it('a campaign has revisions too, of which fifty are kept', async () => {
  const { id } = await post('/campaigns', { name: 'c', content: { subject: 'v0', html: '<p>x</p>' } });
  for (let version = 1; version <= 52; version += 1) {
    await api.patch(`/campaigns/${id}`, { cookie, body: { version, content: { subject: `v${version}` } } });
    await api.test.db.run(`UPDATE content_revisions SET created_at = created_at - interval '1 hour'`);
  }
  const { items, nextCursor } = (await api.get(`/campaigns/${id}/revisions?limit=49`, { cookie })).body;
  expect(items[0]).toMatchObject({ subject: 'v52' });
  const rest = (await api.get(`/campaigns/${id}/revisions?limit=49&cursor=${nextCursor}`, { cookie })).body;
  expect(rest).toMatchObject({ items: [{ subject: 'v3' }], nextCursor: null });
  const restored = await api.post(`/campaigns/${id}/revisions/${rest.items[0].id}/restore`, {
    cookie,
    body: { version: 53 },
  });
  expect(restored.body).toMatchObject({ version: 54, content: { subject: 'v3', html: '<p>x</p>' } });
});

it('a saved block stands wherever it is referred to, changes there, and stays while it does', async () => {
  const block = textBlock('我们的地址');
  const saved = await post('/saved-blocks', { name: '页脚', content: { kind: 'block', block } });
  const nested = { kind: 'block', block: newReusable(saved.id, newId) };
  expect((await api.post('/saved-blocks', { cookie, body: { name: 'x', content: nested } })).status).toBe(422);
  const document = documentOf(newReusable(saved.id, newId));
  const template = await post('/templates', { name: 'with', subject: 's', document });
  const campaign = await post('/campaigns', { name: 'campaign with', content: { subject: 's', document } });
  const shown = async () => (await post(`/templates/${template.id}/preview`, {})).html;
  expect(await shown()).toContain('我们的地址');
  const content = { kind: 'block', block: { ...block, content: richText('新地址') } };
  const body = { version: 1, content };
  expect(await api.patch(`/saved-blocks/${saved.id}`, { cookie, body })).toMatchObject({ body: { version: 2 } });
  expect(await api.patch(`/saved-blocks/${saved.id}`, { cookie, body })).toMatchObject({ status: 409 });
  expect(await shown()).toContain('新地址');
  const uses = [
    { kind: 'template', id: template.id, name: 'with' },
    { kind: 'campaign', id: campaign.id, name: 'campaign with' },
  ];
  expect((await api.get(`/saved-blocks/${saved.id}/uses`, { cookie })).body.items).toEqual(uses);
  expect(await api.delete(`/saved-blocks/${saved.id}`, { cookie })).toMatchObject({
    status: 409,
    body: { code: 'IN_USE', uses },
  });
  await api.delete(`/templates/${template.id}`, { cookie });
  await api.delete(`/campaigns/${campaign.id}`, { cookie });
  expect((await api.delete(`/saved-blocks/${saved.id}`, { cookie })).status).toBe(204);
});

it('a document goes on as MJML, with what its references stand for and its variables as they are', async () => {
  const saved = await post('/saved-blocks', { name: 's', content: { kind: 'block', block: textBlock('保存的') } });
  const hello: DocBlock = {
    ...newBlock('text', newId, 'zh-CN'),
    content: {
      type: 'doc',
      content: [
        {
          type: 'paragraph',
          content: [{ type: 'mergeTag', attrs: { path: 'name', fallback: '朋友', format: null } }],
        },
      ],
    },
  };
  const document = documentOf(hello, newReusable(saved.id, newId));
  const { mjml } = await post('/templates/mjml', { document });
  expect(mjml).toContain('{{default name "朋友"}}');
  expect(mjml).toContain('保存的');
  const preview = await post('/templates/preview', { content: { subject: 's', mjml } });
  expect(preview.problems.filter(({ severity }: { severity: string }) => severity === 'error')).toEqual([]);
  expect(preview.html).toContain('保存的');
});
