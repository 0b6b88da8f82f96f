import { ContactBody, ContactTimelineQuery, PurchaseQuery, PurchasesBody } from '#contracts';
import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import type { RequestContext } from '#domain/workspaces';
import { ContactsService, PurchasesService, findBehaviours } from './index.js';

let test: TestDatabase;
let contacts: ContactsService;
let purchases: PurchasesService;
let ctx: RequestContext;
beforeAll(async () => {
  test = await createTestDatabase();
  contacts = new ContactsService(test.db);
  purchases = new PurchasesService(test.db);
});
afterAll(() => test.drop());
beforeEach(async () => {
  ctx = await workspace();
});

async function workspace(): Promise<RequestContext> {
  const row = await test.db.first<{ id: string }>(
    "INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC') RETURNING id",
  );
  const actor = { type: 'key' as const, id: '1', name: 'spec' };
  return { workspaceId: row?.id ?? '', actor, role: null, permissions: new Set() };
}

const add = async (email: string, as = ctx) => (await contacts.create(as, ContactBody.parse({ email }))).id;
const report = async (orders: object[], as = ctx) =>
  (await purchases.report(as, PurchasesBody.parse({ purchases: orders }))).items;
const list = async (query: object = {}, as = ctx) => purchases.list(as, PurchaseQuery.parse(query));
const results = (items: { result: string }[]) => items.map(({ result }) => result);
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

it('takes orders of contacts by any spelling of their address, and says of whom it knows nothing', async () => {
  const li = await add('Li@example.com');
  const items = await report([
    { email: ' li@EXAMPLE.com', orderId: 'A-1', amount: '128.00', currency: 'CNY', at: daysAgo(3) },
    { email: 'nobody@example.com', orderId: 'A-2' },
    { email: 'no address', orderId: 'A-3' },
    { email: 'li@example.com', orderId: 'A-4' },
  ]);
  expect(results(items)).toEqual(['created', 'unknown_contact', 'unknown_contact', 'created']);
  expect(items.map(({ id }) => id === null)).toEqual([false, true, true, false]);
  const { items: stored } = await list();
  expect(stored).toMatchObject([
    { orderId: 'A-4', contactId: li, email: 'Li@example.com', amount: null, currency: null },
    { orderId: 'A-1', contactId: li, amount: '128.00', currency: 'CNY' },
  ]);
  expect((await contacts.list(ctx, { limit: 50, sort: '-createdAt' })).items).toHaveLength(1);
});

it('changes nothing by the same report again, and corrects an order by one that says otherwise', async () => {
  const [li, wang] = [await add('li@example.com'), await add('wang@example.com')];
  const order = { email: 'li@example.com', orderId: 'B', amount: '10.50', currency: 'EUR', at: daysAgo(2) };
  const [first] = await report([order]);
  expect(await report([order])).toEqual([{ ...first, result: 'unchanged' }]);
  expect(await report([{ email: 'li@example.com', orderId: 'B' }])).toEqual([{ ...first, result: 'unchanged' }]);
  expect(await report([{ ...order, amount: '7.5' }])).toEqual([{ ...first, result: 'updated' }]);
  expect(await report([{ email: 'wang@example.com', orderId: 'B' }])).toEqual([{ ...first, result: 'updated' }]);
  expect((await list()).items).toMatchObject([{ contactId: wang, amount: '7.5', currency: 'EUR', at: order.at }]);
  expect((await list({ contact: li })).items).toEqual([]);
});

it('takes each order once, however many reports of it come at the same moment', async () => {
  for (let n = 0; n < 5; n += 1) await add(`p${n}@example.com`);
  const orders = Array.from({ length: 40 }, (_, n) => ({
    ...{ email: `p${n % 5}@example.com`, orderId: `C-${n}` },
    at: daysAgo(1),
  }));
  const reports = await Promise.all(
    [orders, [...orders].reverse(), orders, [...orders].reverse()].map((each) => report(each)),
  );
  expect(results(reports.flat()).filter((result) => result === 'created')).toHaveLength(40);
  expect(new Set(results(reports.flat()))).toEqual(new Set(['created', 'unchanged']));
});

it('stores nothing of a report in which a time can’t be, and names each', async () => {
  await add('li@example.com');
  const at = (time: string, orderId: string) => ({ email: 'li@example.com', orderId, at: time });
  const wrong = report([at(daysAgo(1), 'fine'), at(daysAgo(-1), 'ahead'), at(daysAgo(3651), 'old')]);
  await expect(wrong).rejects.toMatchObject({
    code: 'VALIDATION_FAILED',
    errors: [
      { property: 'purchases.1.at', code: 'TIME_FUTURE' },
      { property: 'purchases.2.at', code: 'TIME_PAST' },
    ],
  });
  expect((await list()).items).toEqual([]);
  // The shop's clock is a little ahead.
  expect(results(await report([at(daysAgo(-1 / 1440), 'soon'), at(daysAgo(3649), 'long ago')]))).toEqual([
    'created',
    'created',
  ]);
});

it.each([
  ['an amount without currency', { amount: '1' }, ['purchases', 0, 'currency']],
  ['a currency without amount', { currency: 'CNY' }, ['purchases', 0, 'currency']],
  ['an amount below nothing', { amount: '-1', currency: 'CNY' }, ['purchases', 0, 'amount']],
  ['a currency by its sign', { amount: '1', currency: '¥' }, ['purchases', 0, 'currency']],
  ['no order', { orderId: ' ' }, ['purchases', 0, 'orderId']],
  ['a field by another name', { total: '1' }, ['purchases', 0]],
])('refuses %s', (_, order, path) => {
  const refused = PurchasesBody.safeParse({ purchases: [{ email: 'a@example.com', orderId: '1', ...order }] });
  expect(refused.error?.issues.map((issue) => issue.path)).toEqual([path]);
});

it('refuses an order that stands twice in a report, no orders and too many', () => {
  const order = (orderId: string) => ({ email: 'a@example.com', orderId });
  const refusal = (orders: object[]) => PurchasesBody.safeParse({ purchases: orders }).error?.issues[0]?.path;
  expect(refusal([order('1'), order('2'), order(' 1')])).toEqual(['purchases', 2, 'orderId']);
  expect(refusal([])).toEqual(['purchases']);
  expect(refusal(Array.from({ length: 1001 }, (_, n) => order(String(n))))).toEqual(['purchases']);
});

it('lists by contact, order and time, a page at a time, and shows no other workspace anything', async () => {
  const [li, wang] = [await add('li@example.com'), await add('wang@example.com')];
  const at = daysAgo(5);
  await report([1, 2, 3].map((n) => ({ email: 'li@example.com', orderId: `D-${n}`, at })));
  await report([{ email: 'wang@example.com', orderId: 'D-4', at: daysAgo(9) }]);
  const seen: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await list({ limit: 2, ...(cursor ? { cursor } : {}) });
    seen.push(...page.items.map(({ orderId }) => orderId));
    cursor = page.nextCursor;
  }
  expect(seen).toEqual(['D-3', 'D-2', 'D-1', 'D-4']);
  const orders = async (query: object) => (await list(query)).items.map(({ orderId }) => orderId);
  expect(await orders({ contact: wang })).toEqual(['D-4']);
  expect(await orders({ contact: li, before: at })).toEqual([]);
  expect(await orders({ from: at })).toHaveLength(3);
  expect(await orders({ orderId: 'D-2' })).toEqual(['D-2']);
  expect(await orders({ from: '0000-01-01T00:00:00+14:00', before: '9999-12-31T23:59:59-12:00' })).toHaveLength(4);

  const other = await workspace();
  const [{ id } = { id: '' }] = (await list({ orderId: 'D-2' })).items;
  expect((await list({}, other)).items).toEqual([]);
  await expect(purchases.remove(other, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(results(await report([{ email: 'li@example.com', orderId: 'D-2' }], other))).toEqual(['unknown_contact']);
  await add('li@example.com', other);
  expect(results(await report([{ email: 'li@example.com', orderId: 'D-2' }], other))).toEqual(['created']);
  await purchases.remove(ctx, id);
  expect(await orders({ orderId: 'D-2' })).toEqual([]);
  expect((await list({}, other)).items).toHaveLength(1);
});

it('goes with the contact, and stands in the timeline and in what is kept about a person', async () => {
  const [li, wang] = [await add('li@example.com'), await add('wang@example.com')];
  await report([
    { email: 'li@example.com', orderId: 'E-1', amount: '128.00', currency: 'CNY', at: daysAgo(400) },
    { email: 'wang@example.com', orderId: 'E-2' },
  ]);
  const timeline = async (query: object) => (await contacts.timeline(ctx, li, ContactTimelineQuery.parse(query))).items;
  const entry = { type: 'bought', purchase: { orderId: 'E-1', amount: '128.00', currency: 'CNY' } };
  expect(await timeline({})).toMatchObject([{ type: 'created', purchase: null }, entry]);
  expect(await timeline({ kind: 'bought' })).toMatchObject([entry]);
  expect(await contacts.personalData(ctx, li)).toMatchObject({
    purchases: [{ order: 'E-1', amount: '128.00', currency: 'CNY' }],
  });
  await contacts.remove(ctx, li);
  expect((await list()).items).toMatchObject([{ contactId: wang }]);
});

it('tells a mail who bought within the days it asks for, in one question with what else they did', async () => {
  const [buyer, earlier, opener] = [await add('b@example.com'), await add('e@example.com'), await add('o@example.com')];
  await report([
    { email: 'b@example.com', orderId: 'F-1', at: daysAgo(29) },
    { email: 'e@example.com', orderId: 'F-2', at: daysAgo(31) },
  ]);
  await test.db.run(
    `INSERT INTO events (at, workspace_id, contact_id, type, human) VALUES (now(), $1, $2, 'opened', true)`,
    [ctx.workspaceId, opener],
  );
  const question = (event: string, days: number, campaignId: string | null = null) => {
    return { key: `${event}_${days}${campaignId ?? ''}`, event, days, campaignId };
  };
  const questions = [
    question('bought', 30),
    question('bought', 60),
    question('opened', 30),
    question('bought', 60, '1'),
  ];
  const ask = (of: RequestContext, at: Date) =>
    findBehaviours(test.db, of.workspaceId, questions, [buyer, earlier, opener], at);
  const found = Object.fromEntries(await ask(ctx, new Date(Date.now() + 1000)));
  expect(found).toEqual({
    [buyer]: { bought_30: true, bought_60: true },
    [earlier]: { bought_60: true },
    [opener]: { opened_30: true },
  });
  expect(await ask(await workspace(), new Date())).toEqual(new Map());
  // As it was when a mail was written: nobody had bought yet.
  expect(await ask(ctx, new Date(daysAgo(40)))).toEqual(new Map());
});
