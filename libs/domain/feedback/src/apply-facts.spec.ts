import type { BounceReason, Fact } from '#contracts';
import type { Database } from '#platform/database';
import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { factTypeOf } from './fact-type.js';
import { applyFacts } from './index.js';
import type { ToldFact } from './index.js';

/** Two databases with the same ledger: what one is told together, the other is told one by one. */
let together: TestDatabase;
let oneByOne: TestDatabase;
beforeAll(async () => {
  [together, oneByOne] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  await Promise.all([seed(together.db), seed(oneByOne.db)]);
});
afterAll(async () => {
  await together?.drop();
  await oneByOne?.drop();
});

const PEOPLE = 30;
const CAMPAIGNS = ['1', '2', '3'] as const;
/** What ends by itself must not have ended yet. */
const NOW = Date.now();
const DAY = 86_400_000;

/** Three campaigns to the same few people of two workspaces, at three domains. */
async function seed(db: Database): Promise<void> {
  await db.run(
    `INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC'), ('x', 'en', 'UTC');
     INSERT INTO lists (workspace_id, name) VALUES (1, 'l'), (2, 'l');
     INSERT INTO campaigns (workspace_id, name, content, audience)
       SELECT CASE n WHEN 3 THEN 2 ELSE 1 END, 'c', '{}', jsonb_build_object('lists', jsonb_build_array(CASE n WHEN 3 THEN 2 ELSE 1 END))
       FROM generate_series(1, 3) n;
     INSERT INTO contacts (workspace_id, email, canonical, domain)
       SELECT w, a, a, substring(a from '[^@]*$') FROM generate_series(1, 2) w, LATERAL (
         SELECT 'r' || n || '@' || (ARRAY['a.example', 'b.example', 'qq.com'])[n % 3 + 1] AS a FROM generate_series(1, ${PEOPLE}) n) x;
     INSERT INTO list_members (list_id, contact_id, workspace_id, status)
       SELECT workspace_id, id, workspace_id, 'subscribed' FROM contacts;
     INSERT INTO campaign_recipients (campaign_id, seq, workspace_id, contact_id, batch_id, email, canonical, provider, status,
         accepted_at)
       SELECT k.id, row_number() OVER (PARTITION BY k.id ORDER BY c.id), k.workspace_id, c.id, 1, c.email, c.canonical, 'other',
         (ARRAY['accepted', 'accepted', 'pending', 'uncertain', 'rejected'])[(c.id + k.id) % 5 + 1], '${new Date(NOW - 100 * DAY).toISOString()}'
       FROM campaigns k JOIN contacts c USING (workspace_id);
     INSERT INTO hygiene_settings (workspace_id, rule, version, setting) VALUES
       (1, 'unreachable', 1, '{"parameters": {"times": 2, "spanDays": 1, "quarantineDays": 365}}'),
       (1, 'left_company', 1, '{"parameters": {"times": 1}}'),
       (1, 'mailbox_full', 1, '{"parameters": {"times": 3, "spanDays": 0, "backOffDays": 60}}');`,
  );
}

const REASONS = [
  ...(['userunknown', 'mailboxfull', 'mailboxfull', 'suspend', 'expired', 'networkerror'] as const),
  ...(['spamdetected', 'undefined'] as const),
] satisfies BounceReason[];

/** Facts of every kind by a small generator of its own, so that a failure comes again. */
function facts(count: number, start: number): ToldFact[] {
  let state = start;
  const below = (n: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * n);
  };
  return Array.from({ length: count }, (): ToldFact => {
    const recipient = { campaignId: CAMPAIGNS[below(3)]!, seq: below(PEOPLE + 1) + 1 }; // one more than there are
    const at = new Date(NOW - below(40) * DAY);
    const inboundMessageId = String(below(1_000) + 1);
    const visitor = { human: below(2) === 0, machineRule: null, userAgent: 'x' };
    const reason = REASONS[below(REASONS.length)]!;
    const evidence = { reason, status: null, replyCode: 550, diagnostic: `said ${below(1_000)}`, inboundMessageId };
    const left = { reason: 'leftcompany', diagnostic: 'Somebody has left the company', inboundMessageId } as const;
    const several: Fact[] = [
      ...Array.from({ length: 6 }, () => ({ type: factTypeOf(reason), recipient, at, evidence })),
      { type: 'complained', recipient, at, inboundMessageId },
      { type: 'unsubscribed', recipient, at, via: 'mail' },
      { type: 'replied', recipient, at, inboundMessageId },
      { type: 'auto-replied', recipient, at, inboundMessageId },
      ...Array.from({ length: 2 }, (): Fact => ({ type: 'left-company', recipient, at, evidence: left })),
      { type: 'delivery-delayed', recipient, at, detail: 'later', inboundMessageId },
      { type: 'clicked', recipient, at, link: 0, visitor },
    ];
    return { fact: several[below(several.length)]! };
  });
}

/** Everything facts write, without the numbers and times that the database gives by itself. */
function state(db: Database) {
  return Promise.all(
    [
      `SELECT campaign_id, seq, status, accepted_at, bounce_kind, bounce_reason, bounce_detail, bounced_at, complained_at,
         unsubscribed_at, replied_at, auto_replied_at, opened_at, clicked_at, machine_clicked_at
       FROM campaign_recipients ORDER BY 1, 2`,
      `SELECT workspace_id, canonical, reason, rule, detail, note, campaign_id, inbound_message_id, expires_at
       FROM suppressions ORDER BY 1, 2`,
      `SELECT workspace_id, canonical, rule, reason, at, campaign_id, seq, message_id, words, inbound_message_id
       FROM hygiene_hits ORDER BY campaign_id, seq, message_id`,
      `SELECT id, status FROM contacts ORDER BY id`,
      `SELECT list_id, contact_id, status, unsubscribed_source FROM list_members ORDER BY 1, 2`,
      `SELECT contact_id, array_agg(jsonb_build_array(type, campaign_id, seq, at, detail, inbound_message_id) ORDER BY id)
       FROM events GROUP BY 1 ORDER BY 1`,
    ].map((text) => db.rows(text)),
  );
}

it('facts that are told together change what they change one by one, and what they return', async () => {
  for (const [size, start] of [
    [40, 1],
    [80, 2],
    [120, 3],
  ] as const) {
    const told = facts(size, start);
    const atOnce = await together.db.transaction((tx) => applyFacts(tx, told));
    const each: boolean[] = [];
    for (const one of told) each.push(...(await oneByOne.db.transaction((tx) => applyFacts(tx, [one]))));
    expect(atOnce).toEqual(each);
    expect(await state(together.db)).toEqual(await state(oneByOne.db));
  }
  const rules = await together.db.rows<{ rule: string }>('SELECT DISTINCT rule FROM suppressions ORDER BY 1');
  expect(rules.map(({ rule }) => rule)).toEqual(
    expect.arrayContaining(['left_company', 'mailbox_full', 'no_mailbox', 'unreachable']),
  );
});

it('batches of several processes about the same people end all, and each fact changes something once', async () => {
  const told = facts(200, 4).filter(({ fact }) => 'evidence' in fact || fact.type === 'complained');
  const backwards = [...told].reverse();
  const results = await Promise.all(
    [told, backwards, told, backwards].map((some) => together.db.transaction((tx) => applyFacts(tx, some))),
  );
  expect(results.map((changed) => changed.length)).toEqual(Array(4).fill(told.length));
  const twice = await together.db.rows(
    `SELECT campaign_id, seq, type FROM events WHERE type = 'complained' GROUP BY 1, 2, 3 HAVING count(*) > 1`,
  );
  expect(twice).toEqual([]);
});
