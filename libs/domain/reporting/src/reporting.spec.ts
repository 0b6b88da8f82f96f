import fc from 'fast-check';
import { CampaignCounts, CampaignQuery, CampaignReport, RECIPIENT_STATUSES, RecipientQuery } from '#contracts';
import type { RecipientStatus } from '#contracts';
import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { applyVisits } from '#domain/feedback';
import type { Visit } from '#domain/feedback';
import type { RequestContext } from '#domain/workspaces';
import { ReportsService, rollUp } from './index.js';
import { campaignCounts } from './campaign-counts.js';

const START = Date.parse('2026-03-02T08:00:00Z');

let test: TestDatabase;
let reports: ReportsService;
let ctx: RequestContext;
let other: RequestContext;

beforeAll(async () => {
  test = await createTestDatabase();
  reports = new ReportsService(test.db);
  ctx = await workspace();
  other = await workspace();
});
afterAll(() => test.drop());

async function workspace(): Promise<RequestContext> {
  const row = await test.db.first<{ id: string }>(
    `INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'zh-CN', 'Asia/Shanghai') RETURNING id`,
  );
  const actor = { type: 'key', id: '1', name: 'spec' } as const;
  return { workspaceId: String(row?.id), actor, role: null, permissions: new Set() };
}

/** One recipient as a story, from which the naive count is made. Minutes are after the start. */
interface Story {
  status: RecipientStatus;
  provider: string;
  retry: boolean;
  bounce: { kind: 'hard' | 'soft'; reason: string } | null;
  complained: boolean;
  replied: boolean;
  autoReplied: boolean;
  unsubscribed: boolean;
  minute: number;
  visits: Array<{ type: 'opened' | 'clicked'; human: boolean; link: number; minute: number }>;
}

const minute = fc.integer({ min: 0, max: 4_000 });
const story: fc.Arbitrary<Story> = fc.record({
  status: fc.constantFrom(...RECIPIENT_STATUSES, 'accepted', 'accepted', 'accepted'),
  provider: fc.constantFrom('qq', 'gmail', 'other'),
  retry: fc.boolean(),
  bounce: fc.option(
    fc.record({
      kind: fc.constantFrom('hard' as const, 'soft' as const),
      reason: fc.constantFrom('userunknown', 'mailboxfull', 'blocked'),
    }),
    { freq: 3 },
  ),
  complained: fc.boolean(),
  replied: fc.boolean(),
  autoReplied: fc.boolean(),
  unsubscribed: fc.boolean(),
  minute,
  visits: fc.array(
    fc.record({
      type: fc.constantFrom('opened' as const, 'clicked' as const),
      human: fc.boolean(),
      link: fc.integer({ min: 0, max: 2 }),
      minute,
    }),
    { maxLength: 6 },
  ),
});

const at = (minutes: number) => new Date(START + minutes * 60_000);

async function campaign(status = 'sent', as = ctx): Promise<string> {
  const row = await test.db.first<{ id: string }>(
    `INSERT INTO campaigns (workspace_id, name, status, content, audience, started_at, frozen_at, finished_at)
     VALUES ($1, '三月 March', $2, '{"subject":"你好"}', '{"lists":[],"excludeLists":[]}', $3, $3, $3) RETURNING id`,
    [as.workspaceId, status, at(0)],
  );
  const id = String(row?.id);
  await test.db.run(
    `INSERT INTO campaign_contents (campaign_id, compiled, links) VALUES ($1, '{}',
       '[{"url":"https://a.example","dynamic":false},{"url":"https://b.example","dynamic":false},{"url":"https://c.example","dynamic":false}]')`,
    [id],
  );
  return id;
}

async function fill(campaignId: string, stories: Story[], excluded: number): Promise<void> {
  for (const [index, one] of stories.entries()) {
    const { status, bounce } = one;
    const reported = bounce && ['accepted', 'uncertain', 'rejected'].includes(status) ? bounce : null;
    await test.db.run(
      `INSERT INTO campaign_recipients (campaign_id, seq, workspace_id, contact_id, batch_id, email, canonical, provider,
         status, attempts, retry_at, accepted_at, bounced_at, bounce_kind, bounce_reason, bounce_detail, complained_at,
         replied_at, auto_replied_at, unsubscribed_at, finished_at)
       VALUES ($1, $2, $3, $4, 1, $5, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
      [
        campaignId,
        index + 1,
        ctx.workspaceId,
        1_000_000 + index,
        `r${index + 1}@example.com`,
        one.provider,
        status,
        JSON.stringify([{ at: at(0), smtpAccountId: '1', kind: 'deferred', code: 451, text: 'try later' }]),
        status === 'pending' && one.retry ? at(one.minute) : null,
        status === 'accepted' ? at(one.minute) : null,
        reported && status !== 'rejected' ? at(one.minute) : null,
        reported?.kind ?? null,
        reported?.reason ?? null,
        reported ? 'they said no' : null,
        one.complained ? at(one.minute) : null,
        one.replied ? at(one.minute) : null,
        one.autoReplied ? at(one.minute) : null,
        one.unsubscribed ? at(one.minute) : null,
        status === 'pending' ? null : at(one.minute),
      ],
    );
  }
  for (let index = 0; index < excluded; index += 1) {
    await test.db.run('INSERT INTO campaign_exclusions VALUES ($1, $2, $3)', [
      campaignId,
      2_000_000 + index,
      index % 2 ? 'suppressed' : 'unsubscribed',
    ]);
  }
  await test.db.transaction((tx) => applyVisits(tx, visitsOf(campaignId, stories)));
}

function visitsOf(campaignId: string, stories: Story[]): Visit[] {
  return stories.flatMap(({ visits }, index) =>
    visits.map(({ type, human, link, minute: when }): Visit => {
      const visitor = { human, machineRule: human ? null : 'rule', userAgent: 'spec' };
      const base = { recipient: { campaignId, seq: index + 1 }, at: at(when), visitor };
      return type === 'opened' ? { type, ...base } : { type, ...base, link };
    }),
  );
}

/** The table of counts, told in the plainest way. */
function naiveCounts(stories: Story[], excluded: number): CampaignCounts {
  const count = (matches: (one: Story) => boolean) => stories.filter(matches).length;
  const of = (status: RecipientStatus) => count((one) => one.status === status);
  const bounced = (kind?: string) =>
    count((one) => one.status === 'accepted' && one.bounce !== null && (!kind || one.bounce.kind === kind));
  const visited = (type: string, human: boolean) => (one: Story) =>
    one.visits.some((visit) => visit.type === type && visit.human === human);
  return {
    candidates: stories.length + excluded,
    excluded,
    prepared: stories.length,
    pending: of('pending'),
    deferred: count((one) => one.status === 'pending' && one.retry),
    accepted: of('accepted'),
    rejected: of('rejected'),
    expired: of('expired'),
    uncertain: of('uncertain'),
    skipped: of('skipped'),
    bounced: bounced(),
    bouncedHard: bounced('hard'),
    bouncedSoft: bounced('soft'),
    delivered: of('accepted') - bounced(),
    opened: count((one) => visited('opened', true)(one) || visited('clicked', true)(one)),
    clicked: count(visited('clicked', true)),
    replied: count((one) => one.replied),
    unsubscribed: count((one) => one.unsubscribed),
    complained: count((one) => one.complained),
  };
}

const total = (stories: Story[], type: string, human: boolean, link?: number) =>
  stories
    .flatMap((one) => one.visits)
    .filter((visit) => visit.type === type && visit.human === human && (link === undefined || visit.link === link))
    .length;

describe('counts and report', () => {
  it('say of any ledger what counting by hand says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(story, { maxLength: 40 }), fc.nat({ max: 3 }), async (stories, excluded) => {
        const id = await campaign();
        await fill(id, stories, excluded);
        const expected = naiveCounts(stories, excluded);
        const report = await reports.report(ctx, id);
        expect((await campaignCounts(test.db, [id])).get(id)).toEqual(expected);
        expect(CampaignReport.parse(report)).toEqual(report);
        expect(report.counts).toEqual(expected);
        const openedByClickOnly = stories.filter(
          (one) => total([one], 'clicked', true) > 0 && total([one], 'opened', true) === 0,
        ).length;
        expect(report.opens.human).toEqual({
          unique: expected.opened,
          total: total(stories, 'opened', true) + openedByClickOnly,
        });
        expect(report.opens.machine.total).toBe(total(stories, 'opened', false));
        expect(report.clicks.human).toEqual({ unique: expected.clicked, total: total(stories, 'clicked', true) });
        expect(report.links.map((link) => [link.human.total, link.machine.total])).toEqual(
          [0, 1, 2].map((link) => [total(stories, 'clicked', true, link), total(stories, 'clicked', false, link)]),
        );
        expect(report.autoReplied).toBe(stories.filter((one) => one.autoReplied).length);
      }),
      { numRuns: 12, seed: 20260302 },
    );
  });

  it('agree with themselves: reasons, providers and the timeline add up to the counts', async () => {
    const id = await campaign();
    const stories = fc.sample(story, { numRuns: 150, seed: 7 });
    await fill(id, stories, 3);
    const { counts, rates, ...report } = await reports.report(ctx, id);
    expect(counts.bounced).toBeGreaterThan(5);
    const sum = (values: number[]) => values.reduce((all, value) => all + value, 0);
    expect(sum(report.bounceReasons.map((entry) => entry.count))).toBe(rates.bounce.count);
    expect(rates.bounce).toEqual({
      count: counts.bounced + counts.rejected + counts.expired,
      of: counts.accepted + counts.rejected + counts.expired,
    });
    expect(report.bounceReasons.find((entry) => entry.reason === 'expired')).toMatchObject({ sample: 'try later' });
    expect(report.bounceReasons.find((entry) => entry.reason === 'userunknown')).toMatchObject({
      sample: 'they said no',
    });
    expect(sum(report.providers.map((entry) => entry.prepared))).toBe(counts.prepared);
    expect(sum(report.providers.map((entry) => entry.bounced))).toBe(counts.bounced);
    expect(report.exclusions).toEqual([
      { reason: 'suppressed', count: 1 },
      { reason: 'unsubscribed', count: 2 },
    ]);
    const overTime = (name: 'accepted' | 'opened' | 'clicked' | 'bounced') =>
      sum(report.timeline.map((bucket) => bucket[name]));
    for (const name of ['accepted', 'opened', 'clicked'] as const) expect(overTime(name)).toBe(counts[name]);
    expect(overTime('bounced')).toBe(counts.bounced + counts.rejected + counts.expired);
    expect(report.timeline.length).toBeLessThanOrEqual(120);
    expect(report.timeline.length).toBeGreaterThan(20);
  });

  it('keep campaigns apart, and count a draft as nothing', async () => {
    const [one, two] = [await campaign(), await campaign()];
    await fill(one, fc.sample(story, { numRuns: 5, seed: 1 }), 1);
    await fill(two, fc.sample(story, { numRuns: 9, seed: 2 }), 0);
    await rollUp(test.db);
    const counts = await campaignCounts(test.db, [one, two, '999999']);
    expect([counts.get(one)?.candidates, counts.get(two)?.candidates]).toEqual([6, 9]);
    expect(CampaignCounts.parse(counts.get('999999'))).toMatchObject({ candidates: 0, delivered: 0 });
  });

  it('are not for another workspace', async () => {
    const id = await campaign();
    const query = RecipientQuery.parse({});
    for (const read of [reports.report(other, id), reports.recipients(other, id, query)]) {
      await expect(read).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    await expect(reports.recipientsCsv(other, id, query)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await reports.campaigns(other, CampaignQuery.parse({ count: 'true' }))).total).toBe(0);
  });
});

describe('recipients', () => {
  it('are, for every filter, as many as the count of that name', async () => {
    const id = await campaign();
    await fill(id, fc.sample(story, { numRuns: 60, seed: 3 }), 4);
    const { counts } = await reports.report(ctx, id);
    const list = (query: object) => reports.recipients(ctx, id, RecipientQuery.parse({ count: 'true', ...query }));
    for (const event of [
      'deferred',
      'opened',
      'clicked',
      'bounced',
      'complained',
      'unsubscribed',
      'replied',
    ] as const) {
      expect([event, (await list({ event })).total]).toEqual([event, counts[event]]);
    }
    for (const status of RECIPIENT_STATUSES) expect((await list({ status })).total).toBe(counts[status]);
    const excluded = await list({ event: 'excluded' });
    expect(excluded.total).toBe(4);
    expect(excluded.items[0]).toMatchObject({ seq: null, status: null, exclusion: 'unsubscribed', attempts: [] });
  });

  it('come page by page, each once, and are found by a part of their address', async () => {
    const id = await campaign();
    await fill(id, fc.sample(story, { numRuns: 23, seed: 4 }), 0);
    const seen: Array<number | null> = [];
    let cursor: string | undefined;
    do {
      const page = await reports.recipients(ctx, id, RecipientQuery.parse({ limit: 10, cursor }));
      seen.push(...page.items.map((item) => item.seq));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(Array.from({ length: 23 }, (_, index) => index + 1));
    const found = await reports.recipients(ctx, id, RecipientQuery.parse({ q: 'R22@' }));
    expect(found.items.map((item) => item.email)).toEqual(['r22@example.com']);
    const forged = Buffer.from('["9e99"]').toString('base64url');
    await expect(reports.recipients(ctx, id, RecipientQuery.parse({ cursor: forged }))).rejects.toMatchObject({
      code: 'MALFORMED_REQUEST',
    });
  });

  it('go out as CSV in which no spreadsheet finds a formula', async () => {
    const id = await campaign();
    await fill(id, fc.sample(story, { numRuns: 2, seed: 5 }), 0);
    await test.db.run(`UPDATE campaign_recipients SET email = '=cmd@example.com' WHERE campaign_id = $1 AND seq = 1`, [
      id,
    ]);
    let text = '';
    for await (const piece of await reports.recipientsCsv(ctx, id, RecipientQuery.parse({}))) text += piece;
    const lines = text.split('\r\n');
    expect(lines[0]).toMatch(/^\ufeffemail,name,provider,status,/);
    expect(lines[1]).toMatch(/^'=cmd@example\.com,/);
    expect(lines[2]).toMatch(/^r2@example\.com,.*,1,451 try later$/);
    expect(lines).toHaveLength(4);
    const trail = `SELECT action FROM audit_log WHERE workspace_id = $1 AND subject = $2`;
    expect(await test.db.rows(trail, [ctx.workspaceId, `campaign:${id}`])).toEqual([
      { action: 'campaign.recipients-exported' },
    ]);
  });
});

describe('the dashboard', () => {
  it('ticks the steps of a newcomer and adds up the last 30 days', async () => {
    const mine = await workspace();
    const empty = await reports.dashboard(mine, { days: 30 });
    expect(empty.checklist.map((step) => step.done)).toEqual([false, false, false, false, false, false]);
    expect(empty.trend).toHaveLength(30);
    const id = await campaign('sending', mine);
    await test.db.run('UPDATE campaigns SET started_at = now(), tested_at = now() WHERE id = $1', [id]);
    await test.db.run(
      `INSERT INTO contacts (workspace_id, email, canonical, domain)
       SELECT $1, n || '@example.com', n || '@example.com', 'example.com' FROM generate_series(1, 3) n`,
      [mine.workspaceId],
    );
    await test.db.run(
      `INSERT INTO suppressions (workspace_id, canonical, reason) VALUES ($1, '1@example.com', 'manual'), ($1, 'x@y.z', 'manual')`,
      [mine.workspaceId],
    );
    await fill(id, fc.sample(story, { numRuns: 8, seed: 6 }), 0);
    await test.db.run(
      `UPDATE campaign_recipients SET status = 'accepted', accepted_at = now(), bounced_at = NULL WHERE campaign_id = $1`,
      [id],
    );
    const full = await reports.dashboard(mine, { days: 30 });
    expect(full.checklist.filter((step) => step.done).map((step) => step.key)).toEqual([
      'contacts',
      'test',
      'campaign',
    ]);
    expect(full.contacts).toEqual({ total: 3, suppressed: 1, mailable: 2 });
    expect(full.totals).toMatchObject({ prepared: 8, accepted: 8, delivered: 8 });
    expect(full.active.map((entry) => [entry.id, entry.subject, entry.counts.accepted])).toEqual([[id, '你好', 8]]);
    expect(full.trend.at(-1)?.accepted).toBe(8);
    expect((await reports.live(mine.workspaceId)).map((entry) => entry.id)).toEqual([id]);
    expect((await reports.dashboard(other, { days: 30 })).totals.prepared).toBe(0);
  });
});
