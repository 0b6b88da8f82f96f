import {
  addresses,
  draftCampaign,
  expectExact,
  importContacts,
  startCampaign,
  untilStatus,
} from '../support/campaigns.js';
import { setScene } from '../support/scene.js';
import { until } from '../support/until.js';

const scene = setScene();

it('a campaign with an hourly limit leaves by the minute, makes up for no pause, and survives a kill', async () => {
  const { product, api, sink } = scene;
  const list = await importContacts(api, addresses(6));
  const campaign = await draftCampaign(api, list, { hourlyLimit: 60 });
  const byZone = { at: '2099-01-01T09:00', timezone: 'UTC', inRecipientZone: true };
  await expect(api.post(`/campaigns/${campaign}/schedule`, byZone)).rejects.toMatchObject({
    problem: { errors: [{ property: 'inRecipientZone', code: 'LIMIT_BY_ZONE' }] },
  });
  await api.post(`/campaigns/${campaign}/start`);
  const prepared = async () => (await api.get(`/campaigns/${campaign}`)).preparedAt !== null;
  await until(prepared, { what: 'the audience to be prepared', detail: () => product.output() });
  // As though it were one in an hour: a busy machine takes more than a minute for what follows.
  await move('due_at + (due_at - (SELECT started_at FROM campaigns WHERE id = $1)) * 59');
  expect(await othersGoAhead('a')).toBe(0);

  await pass(3);
  await until(() => ours().length === 3, { what: 'those of three hours', detail: () => product.output() });

  await api.post(`/campaigns/${campaign}/pause`);
  await product.killEverything();
  await product.restart();
  await pass(2);
  await product.sql(`UPDATE campaigns SET paused_at = paused_at - interval '2 hours' WHERE id = $1`, [campaign]);
  await api.post(`/campaigns/${campaign}/resume`);
  expect(await othersGoAhead('b')).toBe(3);

  await pass(4);
  await untilStatus(product, api, campaign, 'sent');
  expect(await expectExact(product, api, campaign, { messages: ours })).toEqual({ accepted: 6 });

  /** How many of the limited campaign have been reached once another one, begun after it, is through. */
  async function othersGoAhead(prefix: string): Promise<number> {
    const other = await startCampaign(api, await importContacts(api, addresses(3, prefix)));
    await untilStatus(product, api, other, 'sent');
    return ours().length;
  }

  function ours() {
    return sink.messages().filter(({ to }) => to.startsWith('r0'));
  }

  /** So many hours go by for those who wait. */
  function pass(hours: number): Promise<unknown> {
    return move(`due_at - ${hours} * interval '1 hour'`);
  }

  function move(to: string): Promise<unknown> {
    return product.sql(
      `UPDATE send_batches SET due_at = ${to}, ready_at = ${to} WHERE campaign_id = $1 AND status = 'ready'`,
      [campaign],
    );
  }
});
