import { SUBJECTS, click, draftTest, passTime } from '../support/ab-tests.js';
import { expectExact, untilStatus } from '../support/campaigns.js';
import { countBy } from '../support/exactness.js';
import { setScene } from '../support/scene.js';
import { until } from '../support/until.js';

const scene = setScene();

it('the sample gets A and B in equal parts, the rest the winner, the hold-out group nothing, everyone one mail at most', async () => {
  const { product, api, sink } = scene;
  const id = await draftTest(api, 600, { sample: 40, holdOut: 10, durationMinutes: 60, fallback: null });
  const before = await api.get(`/campaigns/${id}/audience`);
  expect(before).toMatchObject({ prepared: 540, exclusions: [{ reason: 'hold_out', count: 60 }] });
  await api.post(`/campaigns/${id}/start`);
  await scene.more(240);
  const report = async () => (await api.get(`/campaigns/${id}/report/ab-test`)).report;
  await until(async () => (await report()).state === 'measuring', { what: 'the sample to be out' });
  expect(countBy(sink.messages().map(({ subject }) => subject))).toEqual({ [SUBJECTS[0]!]: 120, [SUBJECTS[1]!]: 120 });
  expect(await api.get(`/campaigns/${id}`)).toMatchObject({ status: 'sending' });

  // A pause in the middle changes nothing, and nobody is decided about while it lasts.
  await api.post(`/campaigns/${id}/pause`);
  await click(scene, id, [5, 30]);
  await passTime(scene, id);
  await api.post(`/campaigns/${id}/resume`);
  await untilStatus(product, api, id, 'sent');

  expect(await expectExact(product, api, id, sink)).toEqual({ accepted: 540 });
  expect(countBy(sink.messages().map(({ subject }) => subject))).toEqual({ [SUBJECTS[0]!]: 120, [SUBJECTS[1]!]: 420 });
  const held = await api.get(`/campaigns/${id}/recipients?event=excluded&limit=100`);
  const got = new Set(sink.messages().map(({ to }) => to));
  expect(held.items).toHaveLength(60);
  expect(held.items.filter(({ email }: { email: string }) => got.has(email))).toEqual([]);
  expect(await report()).toMatchObject({
    state: 'decided',
    ...{ winner: 1, chosenBy: 'rule', heldOut: 60 },
    verdict: { winner: 1, reason: null },
    arms: [
      { prepared: 120, delivered: 120, acted: 5, subject: SUBJECTS[0] },
      { prepared: 120, delivered: 120, acted: 30, subject: SUBJECTS[1] },
    ],
    rest: { prepared: 300, delivered: 300 },
  });
  expect(await product.sql('SELECT after FROM audit_log WHERE action = $1', ['campaign.ab-test.judged'])).toEqual([
    { after: { winner: 1, rest: 1 } },
  ]);
  await expect(api.post(`/campaigns/${id}/ab-test/winner`, { variant: 0 })).rejects.toThrow(/AB_TEST_NOT_OPEN/);
  // A resend says what most of them got.
  const resend = await api.post(`/campaigns/${id}/follow-up`, { to: 'not_opened' });
  expect(resend).toMatchObject({ status: 'draft', content: { subject: SUBJECTS[1] } });
});
