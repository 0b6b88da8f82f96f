import { ContactBody, ContactQuery } from '#contracts';
import type { DomainError } from '#contracts';
import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import type { RequestContext } from '#domain/workspaces';
import { ContactsService, FieldsService, ListsService, TagsService, unsubscribeContact } from './index.js';

let test: TestDatabase;
let contacts: ContactsService;
let fields: FieldsService;
let lists: ListsService;
let tags: TagsService;
let ctx: RequestContext;
let other: RequestContext;

beforeAll(async () => {
  test = await createTestDatabase();
  contacts = new ContactsService(test.db);
  fields = new FieldsService(test.db);
  lists = new ListsService(test.db);
  tags = new TagsService(test.db);
});
afterAll(() => test.drop());
beforeEach(async () => {
  ctx = await workspace();
  other = await workspace();
});

async function workspace(): Promise<RequestContext> {
  const row = await test.db.first<{ id: string }>(
    "INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC') RETURNING id",
  );
  return {
    workspaceId: String(row?.id),
    actor: { type: 'key', id: '1', name: 'spec' },
    role: null,
    permissions: new Set(),
  };
}
const add = (body: object, as = ctx) => contacts.create(as, ContactBody.parse(body));
const search = (query: object) => contacts.list(ctx, ContactQuery.parse(query));
const newList = (name: string, optIn: 'single' | 'double' = 'single') =>
  lists.create(ctx, { name, description: '', optIn, public: false });
async function refusal(work: Promise<unknown>): Promise<DomainError> {
  return work.then(
    () => {
      throw new Error('it was not refused');
    },
    (error: DomainError) => error,
  );
}

describe('contacts', () => {
  it('are stored with typed fields, and every wrong value is named at once', async () => {
    await fields.create(ctx, { key: 'points', label: '积分', type: 'number', defaultValue: '' });
    await fields.create(ctx, { key: 'birthday', label: '生日', type: 'date', defaultValue: '' });
    await fields.create(ctx, { key: 'vip', label: 'VIP', type: 'boolean', defaultValue: '' });
    const contact = await add({
      email: ' Li.Ming@例子.测试 ',
      name: '李明',
      fields: { points: '1,280', birthday: '1990/3/5', vip: '是' },
      tags: ['a', 'b', 'a'],
    });
    expect(contact).toMatchObject({
      email: 'Li.Ming@xn--fsqu00a.xn--0zwm56d',
      fields: { points: 1280, birthday: '1990-03-05', vip: true },
      tags: ['a', 'b'],
      status: 'active',
      suppressed: false,
      version: 1,
    });
    const error = await refusal(add({ email: 'a,b@x.cn', fields: { points: 'many', vip: 'perhaps', nosuch: 1 } }));
    expect(error.errors?.map(({ property, code }) => [property, code])).toEqual([
      ['email', 'ADDRESS_NOT_ONE'],
      ['fields.points', 'NOT_A_NUMBER'],
      ['fields.vip', 'NOT_A_BOOLEAN'],
      ['fields.nosuch', 'UNKNOWN_FIELD'],
    ]);
    expect((await refusal(add({ email: 'nobody' }))).code).toBe('ADDRESS_INVALID');
  });

  it('are unique by canonical address within a workspace and not beyond', async () => {
    const first = await add({ email: 'Same@Example.com' });
    const error = await refusal(add({ email: 'same@example.COM' }));
    expect([error.code, error.extra]).toEqual(['ALREADY_EXISTS', { id: first.id }]);
    expect((await add({ email: 'same@example.com' }, other)).id).not.toBe(first.id);
    const second = await add({ email: 'two@example.com' });
    const rename = await refusal(contacts.update(ctx, second.id, { version: 1, email: 'SAME@example.com' }));
    expect([rename.code, rename.extra]).toEqual(['ALREADY_EXISTS', { id: first.id }]);
  });

  it('refuse a stale write and show the present state', async () => {
    const { id } = await add({ email: 'v@example.com', name: 'one' });
    await contacts.update(ctx, id, { version: 1, name: 'two' });
    const error = await refusal(contacts.update(ctx, id, { version: 1, name: 'three' }));
    expect([error.code, error.extra]).toEqual([
      'STALE_VERSION',
      { current: expect.objectContaining({ name: 'two', version: 2 }) },
    ]);
  });

  it('answer 404 for another workspace', async () => {
    const { id } = await add({ email: 'mine@example.com' });
    for (const work of [
      contacts.get(other, id),
      contacts.update(other, id, { version: 1 }),
      contacts.remove(other, id),
      contacts.timeline(other, id, { limit: 10 }),
    ]) {
      expect((await refusal(work)).code).toBe('NOT_FOUND');
    }
    expect(await contacts.change(other, { ids: [id], action: 'delete' })).toEqual({ affected: 0 });
    expect((await contacts.get(ctx, id)).id).toBe(id);
  });

  it('page without gap or repeat in every order, and count when asked', async () => {
    for (const name of ['c', 'a', 'e', 'b', 'd']) await add({ email: `${name}@example.com` });
    for (const [sort, expected] of [
      ['-createdAt', 'dbeac'],
      ['createdAt', 'caebd'],
      ['email', 'abcde'],
    ] as const) {
      let seen = '';
      let cursor: string | undefined;
      do {
        const page = await search({ sort, limit: 2, cursor, count: 'true' });
        seen += page.items.map((item) => item.email[0]).join('');
        expect(page.total).toBe(5);
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      expect(seen).toBe(expected);
    }
    const forged = Buffer.from('["x; DROP"]').toString('base64url');
    expect((await refusal(search({ cursor: forged }))).code).toBe('MALFORMED_REQUEST');
  });

  it('are found by a part of address or name, where % and _ mean themselves', async () => {
    await add({ email: 'per_cent@example.com', name: '100% 好' });
    await add({ email: 'percent@example.com', name: 'Zhang San' });
    const found = async (q: string) => (await search({ q })).items.map((item) => item.email).sort();
    expect(await found('R_C')).toEqual(['per_cent@example.com']);
    expect(await found('0%')).toEqual(['per_cent@example.com']);
    expect(await found('zhang')).toEqual(['percent@example.com']);
    expect(await found('\\')).toEqual([]);
  });

  it('are filtered by list, membership, tag and status', async () => {
    const list = await newList('news');
    await add({ email: 'in@example.com', lists: [{ id: list.id }], tags: ['x'] });
    await add({ email: 'out@example.com', lists: [{ id: list.id, status: 'unsubscribed' }] });
    await add({ email: 'none@example.com', tags: ['x'] });
    const found = async (query: object) => (await search({ ...query, sort: 'email' })).items.map((c) => c.email[0]);
    expect(await found({ list: list.id })).toEqual(['i', 'o']);
    expect(await found({ list: list.id, membership: 'unsubscribed' })).toEqual(['o']);
    expect(await found({ membership: 'subscribed' })).toEqual(['i']);
    expect(await found({ tag: 'x' })).toEqual(['i', 'n']);
    expect(await found({ status: 'bounced' })).toEqual([]);
  });
});

describe('memberships', () => {
  it('come back from unsubscribed only with evidence of consent', async () => {
    const list = await newList('news');
    const contact = await add({
      email: 'm@example.com',
      lists: [{ id: list.id, status: 'pending', consent: { source: 'form', ip: '192.0.2.7' } }],
    });
    const set = (version: number, entry: object) =>
      contacts.update(ctx, contact.id, { version, lists: [{ id: list.id, status: 'subscribed', ...entry }] });
    const confirmed = await set(1, {});
    expect(confirmed.lists[0]).toMatchObject({ status: 'subscribed', consent: { source: 'form', ip: '192.0.2.7' } });
    await test.db.transaction((tx) =>
      unsubscribeContact(tx, {
        workspaceId: ctx.workspaceId,
        contactId: contact.id,
        listIds: 'all',
        source: 'one-click',
      }),
    );
    const error = await refusal(set(2, {}));
    expect(error.errors?.[0]).toMatchObject({ property: 'lists.0.consent', code: 'CONSENT_REQUIRED' });
    await contacts.change(ctx, { ids: [contact.id], action: 'addToList', listId: list.id });
    expect((await contacts.get(ctx, contact.id)).lists[0]?.status).toBe('unsubscribed');
    const back = await set(2, { consent: { source: 'phone call' } });
    expect(back.lists[0]).toMatchObject({ status: 'subscribed', consent: { source: 'phone call' } });
  });

  it('end by an opt-out once, however often it is said, also on a list the contact was not on', async () => {
    const [one, two] = [await newList('one'), await newList('two')];
    const { id: contactId } = await add({ email: 'u@example.com', lists: [{ id: one.id }] });
    const request = { workspaceId: ctx.workspaceId, contactId, listIds: [one.id, two.id], source: 'page' };
    const sorted = async () => (await unsubscribeContact(test.db, request)).sort();
    expect(await sorted()).toEqual([one.id, two.id].sort());
    expect(await sorted()).toEqual([]);
    const elsewhere = { ...request, workspaceId: other.workspaceId };
    expect(await unsubscribeContact(test.db, elsewhere)).toEqual([]);
    const row = await test.db.first(
      'SELECT DISTINCT status, unsubscribed_source AS s FROM list_members WHERE contact_id = $1',
      [contactId],
    );
    expect(row).toEqual({ status: 'unsubscribed', s: 'page' });
  });

  it('are counted by status, and go with the list while the contacts stay', async () => {
    const list = await newList('counted', 'double');
    const a = await add({ email: 'a@example.com', lists: [{ id: list.id }] });
    const b = await add({ email: 'b@example.com' });
    expect(await contacts.change(ctx, { ids: [a.id, b.id], action: 'addToList', listId: list.id })).toEqual({
      affected: 1,
    });
    expect((await lists.get(ctx, list.id)).counts).toEqual({ subscribed: 1, pending: 1, unsubscribed: 0 });
    await lists.remove(ctx, list.id);
    expect((await contacts.get(ctx, a.id)).lists).toEqual([]);
    const strange = await refusal(add({ email: 'c@example.com', lists: [{ id: list.id }] }));
    expect(strange.errors?.[0]).toMatchObject({ property: 'lists.0.id', code: 'NOT_FOUND' });
  });
});

describe('the growth of a list', () => {
  it('has every day of ninety, each with who came and who left, in the time of the workspace', async () => {
    const list = await newList('growing');
    await test.db.run("UPDATE workspaces SET timezone = 'Asia/Shanghai' WHERE id = $1", [ctx.workspaceId]);
    const people = [];
    for (const name of ['a', 'b', 'c', 'd', 'e']) people.push((await add({ email: `${name}@growth.example` })).id);
    const today = `(date_trunc('day', now() AT TIME ZONE 'Asia/Shanghai') AT TIME ZONE 'Asia/Shanghai')`;
    await test.db.run(
      `INSERT INTO list_members (workspace_id, list_id, contact_id, status, created_at, unsubscribed_at, unsubscribed_source)
       VALUES ($1, $2, $3, 'subscribed', ${today}, NULL, NULL),
         ($1, $2, $4, 'subscribed', ${today} - interval '1 second', NULL, NULL),
         ($1, $2, $5, 'unsubscribed', ${today} - interval '3 days', ${today} + interval '1 second', 'operator'),
         ($1, $2, $6, 'pending', ${today}, NULL, NULL),
         ($1, $2, $7, 'subscribed', ${today} - interval '100 days', NULL, NULL)`,
      [ctx.workspaceId, list.id, ...people],
    );
    const { days } = await lists.growth(ctx, list.id);
    expect(days).toHaveLength(90);
    expect(new Set(days.map(({ day }) => day)).size).toBe(90);
    expect(days.slice(-4).map(({ joined, left }) => [joined, left])).toEqual([
      [1, 0],
      [0, 0],
      [1, 0],
      [1, 1],
    ]);
    expect(days.reduce((sum, { joined }) => sum + joined, 0)).toBe(3);
    // A page of lists says the same.
    const other = await newList('growing slowly');
    const { items } = await lists.growthOfPage(ctx, { q: 'growing', limit: 50 });
    expect(items).toEqual([
      { list: list.id, change: days.map(({ joined, left }) => joined - left) },
      { list: other.id, change: days.map(() => 0) },
    ]);
    await expect(lists.growth(ctx, '999999999')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('tags', () => {
  it('are registered by use, renamed and removed on every contact', async () => {
    const { id } = await add({ email: 't@example.com', tags: ['old', 'keep'] });
    const page = await tags.list(ctx, { limit: 50 });
    expect(page.items.map(({ name, contacts: n }) => [name, n])).toEqual([
      ['keep', 1],
      ['old', 1],
    ]);
    const old = page.items[1]?.id ?? '';
    expect((await refusal(tags.rename(ctx, old, 'keep'))).code).toBe('ALREADY_EXISTS');
    await tags.rename(ctx, old, 'new');
    expect((await contacts.get(ctx, id)).tags).toEqual(['new', 'keep']);
    await tags.remove(ctx, old);
    expect((await contacts.get(ctx, id)).tags).toEqual(['keep']);
    expect(await contacts.change(ctx, { ids: [id], action: 'addTag', tag: 'bulk' })).toEqual({ affected: 1 });
    expect(await contacts.change(ctx, { ids: [id], action: 'addTag', tag: 'bulk' })).toEqual({ affected: 0 });
    expect(await contacts.change(ctx, { ids: [id], action: 'removeTag', tag: 'keep' })).toEqual({ affected: 1 });
    expect((await contacts.get(ctx, id)).tags).toEqual(['bulk']);
  });
});

describe('fields', () => {
  it('say what names them, but for mail that has gone out', async () => {
    const make = (key: string, defaultValue = '') =>
      fields.create(ctx, { key, label: key, type: 'text' as const, defaultValue });
    const [town, towns] = [await make('town', '杭州'), await make('towns')];
    expect(town.defaultValue).toBe('杭州');
    const rule = { version: 1, root: { kind: 'all', of: [{ kind: 'any', of: [{ kind: 'field', key: 'town' }] }] } };
    const content = { html: '{{default fields.town "x"}} {{fields.town}}', document: { path: 'fields.towns' } };
    await test.db.run(
      `WITH s AS (INSERT INTO segments (workspace_id, name, rule) VALUES ($1, '本地', $2)),
         t AS (INSERT INTO templates (workspace_id, name, content) VALUES ($1, '信', $3)),
         b AS (INSERT INTO saved_blocks (workspace_id, name, content) VALUES ($1, '问候', $3))
       INSERT INTO campaigns (workspace_id, name, content, audience, status, uncertain, from_name, from_address)
       VALUES ($1, '草稿', $3, '{"lists": []}', 'draft', 'hold', '', ''), ($1, '旧', $3, '{"lists": []}', 'sent', 'hold', '', '')`,
      [ctx.workspaceId, JSON.stringify(rule), JSON.stringify(content)],
    );
    const usage = await fields.usage(ctx);
    expect(
      usage.map(({ field, total, uses }) => [field, total, uses.map(({ kind, name }) => `${kind} ${name}`)]),
    ).toEqual([
      [town.id, 4, ['template 信', 'segment 本地', 'saved_block 问候', 'campaign 草稿']],
      [towns.id, 3, ['template 信', 'saved_block 问候', 'campaign 草稿']],
    ]);
    await test.db.run(
      `INSERT INTO ab_tests (campaign_id, variants, sample, hold_out, metric, duration_minutes)
       SELECT id, $2, 20, 0, 'clicked', 60 FROM campaigns WHERE workspace_id = $1`,
      [ctx.workspaceId, JSON.stringify([{ content: { html: '{{fields.city}}' } }])],
    );
    const city = await make('city');
    expect((await fields.usage(ctx)).find(({ field }) => field === city.id)).toMatchObject({
      total: 1,
      uses: [{ kind: 'campaign', name: '草稿' }],
    });
    await fields.remove(ctx, city.id);
    expect(await fields.relabel(ctx, town.id, { label: 'Town' })).toMatchObject({
      label: 'Town',
      defaultValue: '杭州',
    });
    expect(await fields.relabel(ctx, town.id, { label: 'Town', defaultValue: '' })).toMatchObject({ defaultValue: '' });
  });

  it('take their values along when they are deleted', async () => {
    const field = await fields.create(ctx, { key: 'city', label: '城市', type: 'text', defaultValue: '' });
    expect((await refusal(fields.create(ctx, { key: 'city', label: 'x', type: 'text', defaultValue: '' }))).code).toBe(
      'ALREADY_EXISTS',
    );
    const { id } = await add({ email: 'f@example.com', fields: { city: '上海' } });
    await fields.remove(ctx, field.id);
    await fields.create(ctx, { key: 'city', label: 'City', type: 'number', defaultValue: '' });
    expect((await contacts.get(ctx, id)).fields).toEqual({});
  });
});

describe('the timeline', () => {
  it('shows facts newest first with names, page by page', async () => {
    const list = await newList('l');
    const { id } = await add({ email: 'h@example.com' });
    const campaign = await newCampaign('spring');
    for (const type of ['clicked', 'opened', 'unsubscribed']) {
      await test.db.run(
        `INSERT INTO events (at, workspace_id, campaign_id, contact_id, list_id, type)
         VALUES ('2036-01-01T00:00:00.123456Z', $1, $2, $3, $4, $5)`,
        [ctx.workspaceId, campaign, id, type === 'unsubscribed' ? list.id : null, type],
      );
    }
    const first = await contacts.timeline(ctx, id, { limit: 2 });
    expect(first.items).toEqual([
      expect.objectContaining({ type: 'unsubscribed', campaignName: 'spring', listName: 'l' }),
      expect.objectContaining({ type: 'opened', listName: null, at: '2036-01-01T00:00:00.123Z' }),
    ]);
    const second = await contacts.timeline(ctx, id, { limit: 2, cursor: first.nextCursor ?? undefined });
    expect(second).toMatchObject({ items: [{ type: 'clicked' }, { type: 'created' }], nextCursor: null });
    const opened = await contacts.timeline(ctx, id, { limit: 2, kind: 'opened' });
    expect(opened).toMatchObject({ items: [{ type: 'opened' }], nextCursor: null });
    expect((await contacts.timeline(ctx, id, { limit: 2, kind: 'bounced' })).items).toEqual([]);
  });

  it('knows when somebody was last active, machines left aside', async () => {
    const { id } = await add({ email: 'h@example.com' });
    expect((await contacts.get(ctx, id)).lastActiveAt).toBeNull();
    const seen = (at: string, type: string, human: boolean | null) =>
      test.db.run('INSERT INTO events (at, workspace_id, contact_id, type, human) VALUES ($1, $2, $3, $4, $5)', [
        ...[at, ctx.workspaceId, id, type, human],
      ]);
    await seen('2036-01-01T00:00:00Z', 'opened', true);
    await seen('2036-01-02T00:00:00Z', 'replied', null);
    await seen('2036-01-03T00:00:00Z', 'opened', false);
    await seen('2036-01-04T00:00:00Z', 'hard-bounced', null);
    expect((await contacts.get(ctx, id)).lastActiveAt).toBe('2036-01-02T00:00:00.000Z');
  });

  it('tells what became of each message, and which lists were joined and left', async () => {
    const [joined, left, byCampaign] = [await newList('joined'), await newList('left'), await newList('by campaign')];
    const { id } = await add({ email: 'h@example.com' });
    const [spring, autumn] = [await newCampaign('spring'), await newCampaign('autumn')];
    for (const [campaign, status] of [
      [spring, 'accepted'],
      [autumn, 'pending'],
    ]) {
      await test.db.run('SELECT ensure_recipient_partition($1)', [campaign]);
      await test.db.run(
        `INSERT INTO campaign_recipients (campaign_id, seq, workspace_id, contact_id, batch_id, email, canonical, provider,
           status, accepted_at)
         VALUES ($1, 1, $2, $3, 1, 'h@example.com', 'h@example.com', 'other', $4,
           CASE WHEN $4 = 'accepted' THEN '2036-03-01'::timestamptz END)`,
        [campaign, ctx.workspaceId, id, status],
      );
    }
    await test.db.run(
      `INSERT INTO list_members (workspace_id, contact_id, list_id, status, consent, created_at, unsubscribed_at, unsubscribed_source)
       VALUES ($1, $2, $3, 'subscribed', '{"source":"fair"}', '2036-01-01', NULL, NULL),
         ($1, $2, $4, 'unsubscribed', NULL, '2036-01-02', '2036-01-05', 'operator'),
         ($1, $2, $5, 'unsubscribed', NULL, '2036-01-03', '2036-01-04', 'page:campaign:7')`,
      [ctx.workspaceId, id, joined.id, left.id, byCampaign.id],
    );
    // An import makes contact and membership at once.
    await test.db.run("UPDATE contacts SET created_at = '2036-01-01' WHERE id = $1", [id]);
    const { items } = await contacts.timeline(ctx, id, { limit: 50 });
    expect(items.map(({ type, campaignName, listName, detail }) => [type, campaignName ?? listName, detail])).toEqual([
      ['accepted', 'spring', ''],
      ['unsubscribed', 'left', ''],
      ['subscribed', 'by campaign', ''],
      ['subscribed', 'left', ''],
      ['subscribed', 'joined', 'fair'],
      ['created', null, ''],
    ]);
    expect((await contacts.timeline(ctx, id, { limit: 50, kind: 'sent' })).items).toHaveLength(1);
  });

  const newCampaign = async (name: string) =>
    (
      await test.db.first<{ id: string }>(
        "INSERT INTO campaigns (workspace_id, name, content, audience) VALUES ($1, $2, '{}', '{}') RETURNING id",
        [ctx.workspaceId, name],
      )
    )?.id;
});
