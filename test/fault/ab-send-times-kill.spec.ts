import { addresses, draftCampaign, expectExact, importContacts, untilStatus } from '../support/campaigns.js';
import { setScene } from '../support/scene.js';
import { until } from '../support/until.js';

const PEOPLE = 300;
const AHEAD_MS = 20_000;
const scene = setScene();

it('a sender killed between the times of two variants loses and doubles nobody, and nobody is early', async () => {
  const { product, api, sink } = scene;
  const list = await importContacts(api, addresses(PEOPLE));
  const id = await draftCampaign(api, list);
  const sendAt = new Date(Date.now() + AHEAD_MS).toISOString();
  const written = await api.put(`/campaigns/${id}/ab-test`, { variants: [{ sendAt }], holdOut: 10 });
  expect(written.test).toMatchObject({ sample: 90, fallback: null });
  await api.post(`/campaigns/${id}/start`);
  await scene.more(135);
  const report = async () => (await api.get(`/campaigns/${id}/report/ab-test`)).report;
  await until(async () => (await report()).arms[0].accepted === 135, { what: 'the first variant in the report' });
  expect(await report()).toMatchObject({ state: 'sampling', ofTimes: true, arms: [{}, { accepted: 0, sendAt }] });

  const victim = product.pids()['sender-1'] as number;
  process.kill(victim, 'SIGKILL');
  await until(() => product.pids()['sender-1'] !== victim, { what: 'another sender' });
  await expect(api.post(`/campaigns/${id}/ab-test/winner`, { variant: 1 })).rejects.toThrow(/AB_TEST_NOT_OPEN/);

  await untilStatus(product, api, id, 'sent');
  expect(await expectExact(product, api, id, sink)).toEqual({ accepted: 270 });
  const later = await product.sql<{ email: string }>(
    `SELECT r.email FROM campaign_recipients r JOIN send_batches b ON b.id = r.batch_id WHERE r.campaign_id = $1 AND b.arm = 1`,
    [id],
  );
  const emails = new Set(later.map(({ email }) => email));
  const times = (ofLater: boolean) =>
    sink.messages().flatMap(({ to, startedAt }) => (emails.has(to) === ofLater ? [startedAt] : []));
  expect(times(true)).toHaveLength(135);
  expect(Math.min(...times(true))).toBeGreaterThanOrEqual(Date.parse(sendAt));
  expect(Math.max(...times(false))).toBeLessThan(Date.parse(sendAt));
});

it('a time that has passed or is too far off is refused at the start, and what differs in more than the time when written', async () => {
  const { api } = scene;
  const list = await importContacts(api, addresses(4, 'late'));
  const id = await draftCampaign(api, list);
  const write = (variants: unknown[], version = 0) => api.put(`/campaigns/${id}/ab-test`, { version, variants });
  const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  await expect(write([{ sendAt: inHours(1), subject: 'Another' }])).rejects.toThrow(/VALIDATION_FAILED/);
  await expect(write([{ sendAt: inHours(1) }, { subject: null }])).rejects.toThrow(/VALIDATION_FAILED/);
  await write([{ sendAt: inHours(-1) }, { sendAt: inHours(200) }]);
  const { items } = await api.get(`/campaigns/${id}/checklist`);
  expect(items.filter(({ code }: { code: string }) => code.startsWith('AB_'))).toMatchObject([
    { code: 'AB_TIME_PAST', severity: 'error', property: 'abTest.variants.0.sendAt', params: { variant: 'B' } },
  ]);
  await expect(api.post(`/campaigns/${id}/start`)).rejects.toThrow(/AB_TIME_PAST.*AB_TIME_FAR/);
  await write([{ sendAt: inHours(2) }], 1);
  const schedule = (at: string) => api.post(`/campaigns/${id}/schedule`, { at, timezone: 'Asia/Shanghai' });
  await expect(schedule(inHours(3))).rejects.toThrow(/AB_TIME_EARLY/);
  expect(await schedule(inHours(1))).toMatchObject({ status: 'scheduled' });
});

/** A campaign of two send times to its own people, whose first variant is out. @returns its id and the later time */
async function halfSent(prefix: string, aheadMs: number): Promise<{ id: string; sendAt: string }> {
  const { api } = scene;
  const id = await draftCampaign(api, await importContacts(api, addresses(40, prefix)));
  const sendAt = new Date(Date.now() + aheadMs).toISOString();
  await api.put(`/campaigns/${id}/ab-test`, { variants: [{ sendAt }] });
  await api.post(`/campaigns/${id}/start`);
  await scene.more(20);
  return { id, sendAt };
}

it('a pause over the time of a variant sends it late, to everybody', async () => {
  const { product, api, sink } = scene;
  const { id, sendAt } = await halfSent('paused', 12_000);
  await api.post(`/campaigns/${id}/pause`);
  const before = sink.messages().length;
  await until(() => Date.now() > Date.parse(sendAt) + 1_500, { what: 'the time to pass' });
  expect(sink.messages()).toHaveLength(before);
  await api.post(`/campaigns/${id}/resume`);
  await untilStatus(product, api, id, 'sent');
  const rows = await product.sql(
    'SELECT status, count(*)::int AS n FROM campaign_recipients WHERE campaign_id = $1 GROUP BY 1',
    [id],
  );
  expect(rows).toEqual([{ status: 'accepted', n: 40 }]);
  expect(new Set(sink.messages().map(({ messageId }) => messageId)).size).toBe(sink.messages().length);
});

it('a campaign that is cancelled between the times spares the later variant and comes to no decision', async () => {
  const { product, api } = scene;
  const { id } = await halfSent('cancelled', 600_000);
  await api.post(`/campaigns/${id}/cancel`);
  const skipped = async () => (await api.get(`/campaigns/${id}/report`)).counts.skipped;
  await until(async () => (await skipped()) === 20, { what: 'the later variant to be skipped' });
  expect((await api.get(`/campaigns/${id}/report/ab-test`)).report).toMatchObject({ state: 'stopped', verdict: null });
  expect(await product.sql('SELECT judged_at FROM ab_tests WHERE campaign_id = $1', [id])).toEqual([
    { judged_at: null },
  ]);
});
