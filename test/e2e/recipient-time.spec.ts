import { DOMAIN, draftCampaign, expectExact, untilStatus } from '../support/campaigns.js';
import type { ApiClient } from '../support/api-client.js';
import { setScene } from '../support/scene.js';
import { until } from '../support/until.js';

const scene = setScene();

/** A list with these people, each in a time zone or in none. */
async function listOf(api: ApiClient, people: Record<string, string | null>): Promise<string> {
  const { id } = await api.post('/lists', { name: Object.keys(people).join() });
  for (const [name, timezone] of Object.entries(people)) {
    const lists = [{ id, consent: { source: 'fair' } }];
    await api.post('/contacts', { email: `${name}@${DOMAIN}`, timezone, lists });
  }
  return id;
}

/** What clocks in UTC show so many milliseconds from now, in whole seconds. */
const inUtc = (ms: number) => new Date(Date.now() + ms).toISOString().slice(0, 19);
const reached = () =>
  scene.sink
    .messages()
    .map(({ to }) => to.split('@')[0])
    .sort();

it('a campaign reaches each time zone at its own hour, who is past it on the next day, and survives pauses and a kill', async () => {
  const { product, api, sink } = scene;
  // East of UTC the hour has passed, west of it it is to come; half an hour counts too.
  const people = { here: null, utc: 'UTC', east: 'Etc/GMT-1', west: 'Etc/GMT+2', half: 'America/St_Johns' };
  const list = await listOf(api, people);
  const campaign = await draftCampaign(api, list);
  const passed = { at: '2020-01-01T09:00', timezone: 'UTC', inRecipientZone: true };
  await expect(api.post(`/campaigns/${campaign}/schedule`, passed)).rejects.toMatchObject({
    problem: { errors: [{ property: 'at', code: 'TIME_PAST' }] },
  });
  const at = inUtc(12_000);
  const due = Date.parse(`${at}Z`);
  const asked = await api.post('/campaigns/zones', { audience: { lists: [list] }, at, timezone: 'UTC' });
  const scheduled = await api.post(`/campaigns/${campaign}/schedule`, { at, timezone: 'UTC', inRecipientZone: true });
  expect(scheduled).toMatchObject({ status: 'scheduled', recipientTime: at, scheduledAt: new Date(due).toISOString() });
  const plan = (await api.get(`/campaigns/${campaign}/zones`)) as typeof asked;
  expect(asked.zones).toEqual(plan.zones);
  expect(plan).toMatchObject({ withZone: 4, withoutZone: 1, begins: scheduled.scheduledAt, frozen: false });
  const hours = new Map(
    (plan.zones as { zone: string | null; at: string }[]).map((each) => [
      each.zone,
      (Date.parse(each.at) - due) / 3_600_000,
    ]),
  );
  const newfoundland = hours.get('America/St_Johns')!;
  expect(hours).toEqual(
    new Map<string | null, number>([
      ['UTC', 0],
      [null, 0],
      ['Etc/GMT+2', 2],
      ['America/St_Johns', newfoundland],
      ['Etc/GMT-1', 23],
    ]),
  );
  expect([2.5, 3.5]).toContain(newfoundland);

  await until(() => sink.messages().length === 2, { what: 'the first two zones', detail: () => product.output() });
  expect(reached()).toEqual(['here', 'utc']);
  expect(Math.min(...sink.messages().map(({ startedAt }) => startedAt))).toBeGreaterThanOrEqual(due);
  const states = async () =>
    ((await api.get(`/campaigns/${campaign}/zones`)).zones as { state: string }[]).map(({ state }) => state);
  await until(async () => (await states())[0] === 'done', { what: 'the first zones to be done' });
  expect(await states()).toEqual(['done', 'done', 'waiting', 'waiting', 'waiting']);

  // The next hour comes while the campaign is paused, and the system has died and come back.
  await api.post(`/campaigns/${campaign}/pause`);
  await product.killEverything();
  await product.restart();
  await pass(2);
  await api.post(`/campaigns/${campaign}/resume`);
  await until(() => sink.messages().length === 3, { what: 'the zone whose hour came', detail: () => product.output() });
  expect(reached()).toEqual(['here', 'utc', 'west']);
  await pass(newfoundland - 2);
  await until(() => sink.messages().length === 4, { what: 'the zone of half an hour' });
  expect(await states()).toContain('waiting');
  await pass(23 - newfoundland);
  await untilStatus(product, api, campaign, 'sent');
  expect(reached()).toEqual(['east', 'half', 'here', 'utc', 'west']);
  expect(await expectExact(product, api, campaign, sink)).toEqual({ accepted: 5 });
  // Two days for retries, counted from who was due last.
  const [row] = await product.sql<{ hours: number }>(
    `SELECT round(extract(epoch FROM deadline_at - scheduled_at) / 3600)::int AS hours FROM campaigns WHERE id = $1`,
    [campaign],
  );
  expect(row?.hours).toBe(48 + 23);

  /** So many hours go by for those who wait. */
  async function pass(count: number): Promise<void> {
    await product.sql(
      `UPDATE campaign_zones SET due_at = due_at - $2 * interval '1 hour' WHERE campaign_id = $1 AND due_at > now()`,
      [campaign, count],
    );
    await product.sql(
      `UPDATE send_batches SET due_at = due_at - $2 * interval '1 hour', ready_at = ready_at - $2 * interval '1 hour'
       WHERE campaign_id = $1 AND status = 'ready'`,
      [campaign, count],
    );
  }
});

it('taken back, it is a draft with its hour again, and cancelled it reaches nobody who still waits', async () => {
  const { product, api, sink } = scene;
  const list = await listOf(api, { soon: 'UTC', later: 'Etc/GMT+1' });
  const campaign = await draftCampaign(api, list);
  const far = { at: '2099-03-29T02:30', timezone: 'Europe/Berlin', inRecipientZone: true };
  await api.post(`/campaigns/${campaign}/schedule`, far);
  expect(await api.post(`/campaigns/${campaign}/unschedule`)).toMatchObject({
    ...{ status: 'draft', recipientTime: '2099-03-29T02:30:00', timezone: 'Europe/Berlin' },
  });
  const before = sink.messages().length;
  await api.post(`/campaigns/${campaign}/schedule`, { ...far, at: inUtc(3_000) });
  await until(() => sink.messages().length === before + 1, { what: 'the first zone', detail: () => product.output() });
  await api.post(`/campaigns/${campaign}/cancel`);
  const skipped = async () =>
    (await api.get(`/campaigns/${campaign}/recipients?status=skipped`)).items as { email: string }[];
  await until(async () => (await skipped()).length === 1, { what: 'the other to be skipped' });
  expect((await skipped())[0]?.email).toBe(`later@${DOMAIN}`);
  expect(sink.messages()).toHaveLength(before + 1);
});
