import fc from 'fast-check';
import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { applyVisits } from '#domain/feedback';
import { campaignCounts } from '../campaign-counts.js';
import { checkRollups } from './check-rollups.js';
import { rollUp, rollUpSome } from './roll-up.js';

let test: TestDatabase;
let workspace: string;
beforeAll(async () => {
  test = await createTestDatabase();
  const row = await test.db.first<{ id: string }>(
    `INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'Asia/Shanghai') RETURNING id`,
  );
  workspace = String(row?.id);
});
afterAll(() => test.drop());

/** A campaign of 700 recipients: three blocks. */
async function campaign(): Promise<string> {
  const row = await test.db.first<{ id: string }>(
    `INSERT INTO campaigns (workspace_id, name, status, content, audience, started_at, frozen_at)
     VALUES ($1, 'c', 'sending', '{}', '{"lists":[]}', now() - interval '1 day', now()) RETURNING id`,
    [workspace],
  );
  const id = String(row?.id);
  await test.db.run(
    `INSERT INTO campaign_recipients (campaign_id, seq, workspace_id, contact_id, batch_id, email, canonical, provider)
     SELECT $1, n, $2, n, 1, mail, mail, CASE n % 3 WHEN 0 THEN 'qq' ELSE 'other' END
     FROM generate_series(1, 700) n, LATERAL (SELECT n || '@host' || n % 4 || '.example' AS mail) m`,
    [id, workspace],
  );
  return id;
}

/** Statements that change some seqs ($2) of a campaign ($1), as senders, feedback and people do, in any order. */
const CHANGES = [
  `UPDATE campaign_recipients SET status = 'accepted', accepted_at = now() - seq * interval '1 s'`,
  `UPDATE campaign_recipients SET status = 'rejected', finished_at = now(), bounce_kind = 'hard', bounce_reason = 'userunknown'`,
  `UPDATE campaign_recipients SET status = 'expired', finished_at = now(), attempts = '[{"text":"451 later"}]'`,
  `UPDATE campaign_recipients SET status = 'uncertain', accepted_at = NULL`,
  `UPDATE campaign_recipients SET status = 'pending', finished_at = NULL, accepted_at = NULL, retry_at = now()`,
  `UPDATE campaign_recipients SET bounced_at = now(), bounce_kind = 'soft', bounce_reason = 'mailboxfull', bounce_detail = 'full'`,
  // A correction, and an undo: what was said is taken back.
  `UPDATE campaign_recipients SET bounce_kind = 'hard', bounce_reason = 'userunknown'`,
  `UPDATE campaign_recipients SET bounced_at = NULL, bounce_kind = NULL, bounce_reason = NULL`,
  `UPDATE campaign_recipients SET complained_at = now(), unsubscribed_at = now(), replied_at = now()`,
  `UPDATE campaign_recipients SET opened_at = NULL, clicked_at = NULL`,
  // What an erasure may do to the rows themselves.
  `UPDATE campaign_recipients SET email = '', canonical = 'erased@erased.invalid'`,
  'DELETE FROM events',
  'DELETE FROM campaign_recipients',
];

const seqs = fc.uniqueArray(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 20 });
const step = fc.oneof(
  fc.record({ kind: fc.constant('change' as const), change: fc.nat({ max: CHANGES.length - 1 }), seqs }),
  fc.record({
    kind: fc.constant('visit' as const),
    seqs,
    human: fc.boolean(),
    link: fc.option(fc.nat({ max: 2 })),
  }),
  fc.record({ kind: fc.constant('exclude' as const), seqs }),
  fc.record({ kind: fc.constant('roll-up' as const) }),
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function act(id: string, step: Step): Promise<void> {
  switch (step.kind) {
    case 'change':
      await test.db.run(`${CHANGES[step.change]} WHERE campaign_id = $1 AND seq = ANY ($2::int[])`, [id, step.seqs]);
      return;
    case 'visit': {
      const visitor = { human: step.human, machineRule: null, userAgent: 'spec' };
      const visits = step.seqs.map((seq) => {
        const base = { recipient: { campaignId: id, seq }, at: new Date(), visitor };
        const { link } = step;
        return link === null ? { type: 'opened' as const, ...base } : { type: 'clicked' as const, ...base, link };
      });
      return test.db.transaction((tx) => applyVisits(tx, visits));
    }
    case 'exclude':
      await test.db.run(
        `INSERT INTO campaign_exclusions SELECT $1, s * 1000, CASE s % 2 WHEN 0 THEN 'suppressed' ELSE 'unsubscribed' END
         FROM unnest($2::int[]) s ON CONFLICT DO NOTHING`,
        [id, step.seqs],
      );
      return;
    case 'roll-up':
      await rollUp(test.db, [id]);
  }
}

describe('rollups', () => {
  it('are what the rows say, after any history of facts, corrections and erasures', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const id = await campaign();
        for (const one of steps) await act(id, one);
        await rollUp(test.db, [id]);
        expect(await checkRollups(test.db, id)).toEqual([]);
        const [rows] = await test.db.rows<{ prepared: number; clicked: number; excluded: number }>(
          `SELECT count(*)::int AS prepared, count(clicked_at)::int AS clicked,
             (SELECT count(*)::int FROM campaign_exclusions WHERE campaign_id = $1) AS excluded
           FROM campaign_recipients WHERE campaign_id = $1`,
          [id],
        );
        expect((await campaignCounts(test.db, [id])).get(id)).toMatchObject(rows ?? {});
      }),
      { numRuns: 20, seed: 20261122 },
    );
  });

  it('lose nothing that is written while they are made', async () => {
    const id = await campaign();
    const chunks = Array.from({ length: 14 }, (_, chunk) => Array.from({ length: 50 }, (_, n) => chunk * 50 + n + 1));
    const write = async () => {
      for (const chunk of chunks) await act(id, { kind: 'change', change: 0, seqs: chunk });
    };
    const visit = async () => {
      for (const chunk of chunks) await act(id, { kind: 'visit', seqs: chunk, human: true, link: 1 });
    };
    const count = async () => {
      for (let round = 0; round < 15; round += 1) await rollUp(test.db);
    };
    await Promise.all([write(), visit(), count(), count()]);
    await rollUp(test.db);
    expect(await checkRollups(test.db, id)).toEqual([]);
    expect((await campaignCounts(test.db, [id])).get(id)).toMatchObject({ accepted: 700, clicked: 700 });
  });

  it('keep no block waiting for others that are written again and again', async () => {
    const id = await campaign();
    await rollUp(test.db);
    const mark = (from: number) =>
      test.db.run(
        `INSERT INTO report_marks (campaign_id, block, part) SELECT $1, n, 'visits' FROM generate_series($2::int, $3) n`,
        [id, from, from + 199],
      );
    const left = () => test.db.rows('SELECT DISTINCT block::int / 200 AS hundreds FROM report_marks ORDER BY 1');
    await mark(0);
    await mark(200);
    await mark(0);
    expect(await rollUpSome(test.db)).toBe(200);
    expect(await left()).toEqual([{ hundreds: 1 }]);
    await mark(0);
    expect(await rollUpSome(test.db)).toBe(200);
    expect(await left()).toEqual([{ hundreds: 0 }]);
    await rollUp(test.db);
    expect(await checkRollups(test.db, id)).toEqual([]);
  });

  it('go with their campaign', async () => {
    const id = await campaign();
    await rollUp(test.db);
    await act(id, { kind: 'change', change: 0, seqs: [1, 2, 3] });
    await test.db.run('DELETE FROM campaigns WHERE id = $1', [id]);
    await rollUp(test.db);
    const [left] = await test.db.rows<{ n: number }>(
      `SELECT ((SELECT count(*) FROM report_cells WHERE campaign_id = $1)
        + (SELECT count(*) FROM report_marks WHERE campaign_id = $1))::int AS n`,
      [id],
    );
    expect(left).toEqual({ n: 0 });
  });
});
