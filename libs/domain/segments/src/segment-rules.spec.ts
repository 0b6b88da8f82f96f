import fc from 'fast-check';
import { SEGMENT_ACTIVITIES, SEGMENT_OUTCOMES, SegmentRule } from '#contracts';
import type { SegmentNode } from '#contracts';
import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { countAndSample, membersAmong } from './ask-rule.js';
import { belongs } from './testing/naive.js';
import { makeWorld } from './testing/world.js';
import type { World } from './testing/world.js';

let test: TestDatabase;
let world: World;
/** Nearly midnight in Shanghai, another day in UTC, and the anniversaries of leap days near enough to be asked for. */
const NOW = Date.parse('2027-02-26T17:30:00Z');
beforeAll(async () => {
  test = await createTestDatabase();
  world = await makeWorld(test.db, 120, NOW);
});
afterAll(() => test.drop());

const oneOf = <T>(...values: T[]) => fc.constantFrom(...values);
const days = fc.constantFrom(0, 1, 7, 30, 3650);
const day = oneOf('2027-02-26', '2027-02-27', '2027-02-01', '1990-02-28', '2000-01-01');
const words = oneOf('上海', 'beijing', 'BEI', 'zürich', 'ann', 'n', '%', '_', "o'x", '@qq.com', 'zh-CN');
const text = fc.oneof(
  fc.record({ op: oneOf('is', 'is_not'), values: fc.array(words, { minLength: 1, maxLength: 3 }) }),
  fc.record({ op: oneOf('contains', 'contains_not', 'starts_with', 'ends_with'), value: words }),
  fc.record({ op: oneOf('set', 'empty') }),
);
const between = <T>(values: fc.Arbitrary<T>) =>
  fc.tuple(values, values).map(([a, b]) => ({ op: 'between', from: a <= b ? a : b, to: a <= b ? b : a }));
const numbers = oneOf(0, 5, -2.5, 100, 7);
const number = fc.oneof(
  fc.record({ op: oneOf('eq', 'ne', 'lt', 'lte', 'gt', 'gte'), value: numbers }),
  between(numbers),
  fc.record({ op: oneOf('set', 'empty') }),
);
const absolute = [fc.record({ op: oneOf('on', 'before', 'after'), date: day }), between(day)];
const period = fc.oneof(
  fc.record({ op: oneOf('ever', 'today', 'this_month') }),
  fc.record({ op: oneOf('in_last', 'before_last'), days }),
  ...absolute,
);
const date = fc.oneof(
  fc.record({ op: oneOf('today', 'this_month', 'anniversary_today', 'anniversary_this_month', 'set', 'empty') }),
  fc.record({ op: oneOf('in_last', 'before_last', 'in_next'), days }),
  fc.record({ op: fc.constant('anniversary_in_next'), days: oneOf(0, 1, 3, 30, 366) }),
  ...absolute,
);
const subset = (values: string[], minLength = 0) => fc.subarray(values, { minLength });

/** Any condition about the people of the world. */
function conditions({ lists, campaigns }: World) {
  const is = oneOf('is', 'is_not');
  const amount = oneOf('any', 'all', 'none');
  const field = (type: string, key: string, value: fc.Arbitrary<unknown>) =>
    fc.record({ kind: fc.constant('field'), type: fc.constant(type), key: fc.constant(key), test: value });
  const truth = fc.oneof(
    fc.record({ op: fc.constant('is'), value: fc.boolean() }),
    fc.record({ op: oneOf('set', 'empty') }),
  );
  return fc.oneof(
    fc.record({ kind: fc.constant('property'), property: oneOf('email', 'name', 'domain', 'locale'), test: text }),
    fc.record({ kind: fc.constant('created'), when: period }),
    field('text', 'city', text),
    field('number', 'points', number),
    field('boolean', 'member', truth),
    field('date', 'birthday', date),
    fc.record({ kind: fc.constant('tag'), op: amount, tags: subset(['vip', 'new'], 1) }),
    fc.record({
      ...{ kind: fc.constant('list'), op: amount, lists: subset(lists, 1) },
      status: oneOf('subscribed', 'pending', 'unsubscribed', 'any'),
    }),
    fc.record({
      ...{ kind: fc.constant('consent'), op: oneOf('has', 'lacks'), lists: subset(lists) },
      ...{ source: oneOf(null, 'fair', 'FORM'), when: period },
    }),
    fc.record({ kind: fc.constant('status'), op: is, values: subset(['active', 'bounced', 'complained'], 1) }),
    fc.record({ kind: fc.constant('suppressed'), op: is, reasons: subset(['hard_bounce', 'complaint', 'manual']) }),
    fc.record({ kind: fc.constant('provider'), op: is, providers: subset(['qq', 'exmail', 'other', 'gmail'], 1) }),
    fc
      .record({
        ...{ kind: fc.constant('activity'), op: oneOf('did', 'did_not'), did: oneOf(...SEGMENT_ACTIVITIES) },
        ...{ campaigns: subset(campaigns), url: oneOf(null, 'tea', 'nowhere'), when: period },
        ...{ atLeast: oneOf(1, 1, 2), machine: fc.boolean() },
      })
      .map((each) => (each.did === 'bought' ? { ...each, campaigns: [] } : each)),
    fc.record({
      ...{ kind: fc.constant('recipient'), op: is, campaign: oneOf(...campaigns), outcome: oneOf(...SEGMENT_OUTCOMES) },
      ...{ link: oneOf(null, 0, 1), reason: oneOf(null, null, 'userunknown'), provider: oneOf(null, null, 'qq') },
      machine: fc.boolean(),
    }),
  );
}

function rules(of: World): fc.Arbitrary<SegmentRule> {
  const { node } = fc.letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      { arbitrary: conditions(of), weight: 3 },
      {
        arbitrary: fc.record({
          kind: oneOf('all', 'any', 'none'),
          of: fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
        }),
        weight: 2,
      },
    ),
  }));
  return fc
    .record({ kind: oneOf('all', 'any', 'none'), of: fc.array(node, { minLength: 1, maxLength: 4 }) })
    .map((root) => SegmentRule.parse({ version: 1, root }));
}

const IS_CLICKER = { kind: 'property', property: 'email', test: { op: 'is', values: ['clicker@example.com'] } };

const expected = (node: SegmentNode) =>
  world.people.filter((person) => belongs(node, person, world)).map(({ id }) => id);

it('finds by SQL exactly whom the plainest reading of the rule finds, of all and of a few', async () => {
  const context = { workspaceId: world.workspaceId, timezone: world.timezone, nowMs: NOW };
  const everyone = world.people.map(({ id }) => id);
  await fc.assert(
    fc.asyncProperty(rules(world), async (rule) => {
      const wanted = expected(rule.root);
      const { count, sample } = await countAndSample(test.db, rule, context, 50);
      expect({ count, sample: sample.map(({ id }) => id).sort() }).toEqual({
        count: wanted.length,
        sample: sample.length === wanted.length ? [...wanted].sort() : expect.anything(),
      });
      expect(sample).toHaveLength(Math.min(50, wanted.length));
      expect(wanted).toEqual(expect.arrayContaining(sample.map(({ id }) => id)));
      expect([...(await membersAmong(test.db, rule, everyone, context))].sort()).toEqual([...wanted].sort());
    }),
    { numRuns: 250, seed: 20261122 },
  );
});

it('counts how often somebody opened, and no click as one more open of the same mail', async () => {
  const [campaign, other] = world.campaigns;
  const { id } = (await test.db.first<{ id: string }>(
    `INSERT INTO contacts (workspace_id, email, canonical, domain) VALUES ($1, $2, $2, 'example.com') RETURNING id`,
    [world.workspaceId, 'clicker@example.com'],
  ))!;
  const visits = [
    [campaign, 'opened'],
    ...[campaign, campaign, other, other].map((each) => [each, 'clicked']),
  ] as const;
  for (const [of, type] of visits) {
    await test.db.run(
      `INSERT INTO events (at, workspace_id, campaign_id, seq, contact_id, type, human) VALUES (now(), $1, $2, 9000, $3, $4, true)`,
      [world.workspaceId, of, id, type],
    );
  }
  const context = { workspaceId: world.workspaceId, timezone: world.timezone, nowMs: NOW };
  const often = async (atLeast: number) => {
    const node = { kind: 'activity', op: 'did', did: 'opened', atLeast };
    const rule = SegmentRule.parse({ version: 1, root: { kind: 'all', of: [node, IS_CLICKER] } });
    const { count } = await countAndSample(test.db, rule, context, 0);
    expect(await membersAmong(test.db, rule, [id], context)).toHaveProperty('size', count);
    return count;
  };
  expect([await often(1), await often(2), await often(3)]).toEqual([1, 1, 0]);
  await test.db.run('DELETE FROM contacts WHERE id = $1', [id]);
});

it('asks every kind of condition of somebody and not of everybody, so that the comparison means something', async () => {
  const telling = new Set<string>();
  for (const condition of fc.sample(conditions(world), { numRuns: 500, seed: 1 }) as { kind: string }[]) {
    const { root } = SegmentRule.parse({ version: 1, root: { kind: 'all', of: [condition] } });
    const found = expected(root).length;
    if (found > 0 && found < world.people.length) telling.add(condition.kind);
  }
  expect([...telling].sort()).toEqual([
    'activity',
    'consent',
    'created',
    'field',
    'list',
    'property',
    'provider',
    'recipient',
    'status',
    'suppressed',
    'tag',
  ]);
});

it('refuses to ask by which campaign somebody bought', () => {
  const node = { kind: 'activity', op: 'did', did: 'bought', campaigns: ['1'] };
  const refused = SegmentRule.safeParse({ version: 1, root: { kind: 'all', of: [node] } });
  expect(refused.error?.issues).toMatchObject([{ path: ['root', 'of', 0, 'campaigns'] }]);
});
