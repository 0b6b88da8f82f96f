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
