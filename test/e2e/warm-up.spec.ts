import type { ApiClient } from '../support/api-client.js';
import {
  DOMAIN,
  addAccount,
  addresses,
  importContacts,
  ledger,
  startCampaign,
  untilStatus,
} from '../support/campaigns.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { startRecordingSink } from '../support/recording-sink.js';
import type { RecordingSink } from '../support/recording-sink.js';
import { until } from '../support/until.js';

let product: Product;
let api: ApiClient;
let sink: RecordingSink;
beforeAll(async () => {
  product = await startProduct();
  api = await setUp(product);
  sink = await startRecordingSink();
});
afterAll(async () => {
  await product?.stop();
  await sink?.close();
});

const own = (volumes: number[], startAt = new Date().toISOString()) => ({ preset: 'own', startAt, volumes });
const state = async (id: string) => (await api.get(`/smtp-accounts/${id}`)).warmupState;

it('sends the volume of the day and no more, and says which day it is', async () => {
  const yesterday = new Date(Date.now() - 30 * 3_600_000).toISOString();
  const account = await addAccount(api, sink.port, { warmup: own([20, 40, 80], yesterday) });
  expect(await state(account.id)).toEqual({ day: 2, days: 3, volume: 40, stopped: null });
  const list = await importContacts(api, addresses(100, 'volume'));
  const campaign = await startCampaign(api, list, { smtpAccounts: [account.id] });
  const pace = () => api.get(`/smtp-accounts/${account.id}/pace`);
  await until(async () => (await pace()).used.perDay === 40, {
    what: 'the volume of the day',
    detail: () => product.output(),
  });
  // Leave that was given and not used, on a machine that is busy with something else, is used later.
  await until(async () => sink.messages().length === 40, { what: 'its messages', timeoutMs: 150_000 });
  await until(async () => (await pace()).pending === 60, { what: 'the rest to be seen waiting' });
  expect(await pace()).toMatchObject({ limits: { perDay: 40 }, nextAt: expect.any(String) });
  expect(sink.messages()).toHaveLength(40);
  await api.post(`/campaigns/${campaign}/cancel`);
  await untilStatus(product, api, campaign, 'cancelled');
});

it('stops itself when too many are refused, says so, and goes on when a person lets it', async () => {
  // Some seconds long, so that there is something left to stop.
  const account = await addAccount(api, sink.port, { warmup: own([1_000]), limits: { perSecond: 80 } });
  const refused = Array.from({ length: 30 }, (_, index) => `rcpt-550.${index}@${DOMAIN}`);
  const list = await importContacts(api, [...refused, ...addresses(400, 'stop')]);
  const campaign = await startCampaign(api, list, { smtpAccounts: [account.id] });
  // The same refusals may pause the campaign too, and first: that is let go on by itself.
  const goOn = async () => {
    const { status } = await api.get(`/campaigns/${campaign}`);
    if (status === 'paused') await api.post(`/campaigns/${campaign}/resume`);
    return status;
  };
  const isStopped = async () => {
    await goOn();
    return (await state(account.id)).stopped !== null;
  };
  await until(isStopped, { what: 'the plan to stop itself', detail: () => product.output() });
  const { stopped } = await state(account.id);
  expect(stopped).toMatchObject({ code: 'TOO_MANY_REFUSED', at: expect.any(String) });
  expect(stopped.count).toBeGreaterThan(stopped.of * 0.05);
  const sent = (await ledger(product, campaign)).filter(({ status }) => status === 'accepted').length;
  expect(sent).toBeLessThan(400);

  const { version, warmup } = await api.get(`/smtp-accounts/${account.id}`);
  await api.patch(`/smtp-accounts/${account.id}`, { warmup, version });
  expect((await state(account.id)).stopped).toBeNull();
  const isSent = async () => (await goOn()) === 'sent';
  await until(isSent, { what: 'the campaign to be sent', timeoutMs: 60_000, detail: () => product.output() });
});
