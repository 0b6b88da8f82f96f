import type { BounceReason } from '#contracts';
import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { SuppressionsService } from '#domain/suppressions';
import type { RequestContext } from '#domain/workspaces';
import { ContactHygieneService, HygieneService, applyBounces } from './index.js';

const DAY = 86_400_000;
const ctx: RequestContext = {
  ...{ workspaceId: '1', role: null, permissions: new Set() },
  actor: { type: 'key', id: '1', name: 'spec' },
};
let test: TestDatabase;
let hygiene: HygieneService;
beforeAll(async () => {
  test = await createTestDatabase();
  hygiene = new HygieneService(test.db);
  await test.db.run(`INSERT INTO workspaces (name, locale, timezone) VALUES ('w', 'en', 'UTC')`);
});
afterAll(() => test?.drop());
beforeEach(() =>
  test.db.run('TRUNCATE hygiene_hits, suppressions, suppression_lifts, hygiene_settings, hygiene_changes CASCADE'),
);

let count = 0;
async function bounces(canonical: string, reason: BounceReason, ...days: number[]): Promise<void> {
  for (const ago of days) {
    const at = new Date(Date.now() - ago * DAY);
    const bounced = { campaignId: '1', seq: (count += 1) };
    const evidence = { reason, status: null, replyCode: 550, diagnostic: `550 ${reason}`, inboundMessageId: null };
    await test.db.transaction((tx) => applyBounces(tx, [{ workspaceId: '1', canonical, bounced, evidence, at }]));
  }
}
async function entries(): Promise<Record<string, string>> {
  const rows = await test.db.rows<{ canonical: string; reason: string }>('SELECT canonical, reason FROM suppressions');
  return Object.fromEntries(rows.map(({ canonical, reason }) => [canonical, reason]));
}
const suspended = (times: number, withinDays = 30) => ({ enabled: true, parameters: { times, withinDays } });

describe('a change of the decision table', () => {
  it('shows whom it would hit and free, does just that, and can be undone', async () => {
    await bounces('once@a.example', 'suspend', 3);
    await bounces('twice@a.example', 'suspend', 20, 2);
    await bounces('thrice@a.example', 'filtered', 20, 10, 2);
    await bounces('nobody@a.example', 'userunknown', 2);
    const before = await entries();
    expect(before).toEqual({
      ...{ 'twice@a.example': 'hard_bounce', 'thrice@a.example': 'hard_bounce', 'nobody@a.example': 'hard_bounce' },
    });

    // As it is, the table agrees with the list.
    expect(await hygiene.preview(ctx, 'suspended', suspended(2))).toMatchObject({ looked: 3, suppressed: 0, freed: 0 });
    const harsh = await hygiene.preview(ctx, 'suspended', suspended(1));
    expect(harsh).toMatchObject({ looked: 3, complete: true, suppressed: 1, backedOff: 0, freed: 0 });
    expect(harsh.examples).toMatchObject([{ address: 'once@a.example', effect: 'suppressed', bounces: 1 }]);
    const mild = await hygiene.preview(ctx, 'suspended', suspended(3));
    expect(mild.examples).toMatchObject([{ address: 'twice@a.example', effect: 'freed', bounces: 2 }]);
    expect(await entries()).toEqual(before);

    const first = await hygiene.change(ctx, 'suspended', { version: 0, replay: true, ...suspended(3) });
    expect(first).toMatchObject({ suppressed: 0, freed: 1, undoable: true, before: suspended(2), after: suspended(3) });
    expect(await entries()).toEqual({ 'thrice@a.example': 'hard_bounce', 'nobody@a.example': 'hard_bounce' });
    const second = await hygiene.change(ctx, 'suspended', { version: 1, replay: true, ...suspended(1) });
    expect(Object.keys(await entries()).sort()).toEqual([
      ...['nobody@a.example', 'once@a.example', 'thrice@a.example', 'twice@a.example'],
    ]);
    await expect(hygiene.undo(ctx, first.id)).rejects.toMatchObject({ code: 'RULE_CHANGE_NOT_UNDOABLE' });
    expect(await hygiene.undo(ctx, second.id)).toMatchObject({ undoable: false, undoneAt: expect.any(String) });
    await hygiene.undo(ctx, first.id);
    expect(await entries()).toEqual(before);
    const { items } = await hygiene.table(ctx);
    expect(items.find(({ rule }) => rule === 'suspended')?.parameters[0]).toMatchObject({ name: 'times', value: 2 });
    await expect(hygiene.undo(ctx, first.id)).rejects.toMatchObject({ code: 'RULE_CHANGE_NOT_UNDOABLE' });
  });

  it('leaves those alone whom a person barred or let go, and what happened since stays at the undo', async () => {
    const list = new SuppressionsService(test.db);
    await bounces('byhand@a.example', 'suspend', 2);
    await bounces('lifted@a.example', 'suspend', 10, 2);
    await bounces('angry@a.example', 'suspend', 2);
    await list.add(ctx, { address: 'byhand@a.example', reason: 'manual', note: '' });
    const { items } = await list.list(ctx, { limit: 50, q: 'lifted' } as never);
    await list.remove(ctx, items[0]!.id, 'they called');
    const change = await hygiene.change(ctx, 'suspended', { version: 0, replay: true, ...suspended(1) });
    expect(await entries()).toEqual({ 'byhand@a.example': 'manual', 'angry@a.example': 'hard_bounce' });
    await list.add(ctx, { address: 'angry@a.example', reason: 'complaint', note: '' });
    await hygiene.undo(ctx, change.id);
    expect(await entries()).toEqual({ 'byhand@a.example': 'manual', 'angry@a.example': 'complaint' });
  });

  it('knows back-off and domains too', async () => {
    await bounces('full@a.example', 'mailboxfull', 9);
    for (const [n, days] of [9, 8, 6, 4, 2, 1, 0].entries()) await bounces(`p${n}@gone.example`, 'expired', days);
    expect(await entries()).toEqual({});
    const { parameters } = (await hygiene.table(ctx)).items.find(({ rule }) => rule === 'mailbox_full')!;
    const full = Object.fromEntries(parameters.map(({ name, value }) => [name, value]));
    const body = { enabled: true, parameters: { ...full, backOffDays: 20 } };
    expect((await hygiene.preview(ctx, 'mailbox_full', body)).examples).toMatchObject([
      { address: 'full@a.example', effect: 'backed_off', until: expect.any(String) },
    ]);
    await hygiene.change(ctx, 'mailbox_full', { version: 0, replay: true, ...body });
    const domain = { enabled: true, parameters: { times: 7, spanDays: 9, quarantineDays: 10 } };
    await hygiene.change(ctx, 'unreachable', { version: 0, replay: true, ...domain });
    expect(await entries()).toEqual({ 'full@a.example': 'backed_off', '@gone.example': 'quarantined' });
  });

  it('is refused out of bounds, of an older version, and for what can’t be switched off', async () => {
    await expect(hygiene.preview(ctx, 'suspended', suspended(0))).rejects.toMatchObject({
      errors: [{ property: 'parameters.times', code: 'OUT_OF_BOUNDS', params: { min: 1, max: 10 } }],
    });
    await expect(
      hygiene.preview(ctx, 'suspended', { enabled: true, parameters: { ...suspended(2).parameters, hits: 1 } }),
    ).rejects.toMatchObject({
      errors: [
        {
          ...{ property: 'parameters.hits', code: 'UNKNOWN_FIELD' },
          message: 'is not a number of this row; known are times, withinDays',
        },
      ],
    });
    const change = (version: number, times: number) =>
      hygiene.change(ctx, 'suspended', { version, replay: false, ...suspended(times) });
    // Also where nothing is stored yet, and up to the largest number there is.
    for (const version of [7, 2_147_483_647, 2 ** 53 - 1]) {
      await expect(change(version, 4)).rejects.toMatchObject({ code: 'STALE_VERSION' });
    }
    await change(0, 4);
    await expect(change(0, 5)).rejects.toMatchObject({
      code: 'STALE_VERSION',
      extra: { current: { version: 1 } },
    });
    const off = { enabled: false, parameters: { activeDays: 30, activeTimes: 2, activeHours: 72 } };
    await expect(hygiene.preview(ctx, 'no_mailbox', off)).rejects.toMatchObject({ errors: [{ property: 'enabled' }] });
  });
});

it('a contact’s page says what is counted and why it is left alone', async () => {
  const row = await test.db.first<{ id: string }>(
    `INSERT INTO contacts (workspace_id, email, canonical, domain) VALUES (1, 'f@b.example', 'f@b.example', 'b.example')
     RETURNING id`,
  );
  await bounces('f@b.example', 'mailboxfull', 10, 3);
  expect(await new ContactHygieneService(test.db).get(ctx, row!.id)).toMatchObject({
    suppression: { reason: 'backed_off', expiresAt: expect.any(String), detail: '550 mailboxfull' },
    counters: [{ rule: 'mailbox_full', counting: 2, limit: 5 }],
    bounces: [{ reason: 'mailboxfull' }, { reason: 'mailboxfull' }],
  });
});
