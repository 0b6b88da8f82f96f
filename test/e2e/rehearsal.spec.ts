import type { ApiClient } from '../support/api-client.js';
import { draftCampaign, importContacts, untilStatus } from '../support/campaigns.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { until } from '../support/until.js';

/** Of the sandbox' account, so that pace and not the machine decides how long it takes. */
const PER_SECOND = 40;
const PEOPLE = ['qq', '163', 'gmail', 'outlook'].flatMap((provider) =>
  Array.from({ length: 120 }, (_, index) => `r${index}@${provider}.test`),
);

let product: Product;
let api: ApiClient;
let campaign: string;
beforeAll(async () => {
  product = await startProduct();
  api = await setUp(product);
  const account = (await api.get('/smtp-accounts')).items[0];
  await api.patch(`/smtp-accounts/${account.id}`, { limits: { perSecond: PER_SECOND }, version: account.version });
  campaign = await draftCampaign(api, await importContacts(api, PEOPLE));
});
afterAll(() => product?.stop());

interface Rehearsal {
  id: string;
  status: string;
  error: string | null;
  prediction: {
    durationMs: number;
    accepted: number;
    peakPerMinute: number;
    audience: { prepared: number };
    rendered: { sample: number; failed: number };
    providers: { provider: string; recipients: number }[];
    findings: { code: string; params: Record<string, unknown> }[];
  };
}

async function rehearse(body: object): Promise<Rehearsal> {
  const asked = await api.post<Rehearsal>(`/campaigns/${campaign}/rehearsals`, body);
  expect(['queued', 'running']).toContain(asked.status);
  let state = asked;
  await until(async () => !['queued', 'running'].includes((state = await api.get(`/rehearsals/${asked.id}`)).status), {
    what: 'the rehearsal to be over',
    timeoutMs: 60_000,
    detail: () => `${JSON.stringify(state)}\n${product.output()}`,
  });
  expect({ status: state.status, error: state.error }).toEqual({ status: 'done', error: null });
  return state;
}

it('a rehearsal predicts what the send then does, and sends and writes nothing itself', async () => {
  const { prediction } = await rehearse({ providers: 'generous' });
  expect(prediction).toMatchObject({
    audience: { prepared: PEOPLE.length },
    rendered: { sample: PEOPLE.length, failed: 0 },
    accepted: PEOPLE.length,
  });
  expect(prediction.providers.map(({ provider, recipients }) => [provider, recipients]).sort()).toEqual([
    ['gmail', 120],
    ['netease', 120],
    ['outlook', 120],
    ['qq', 120],
  ]);
  expect((await api.get('/sandbox/messages')).items).toEqual([]);
  const [rows] = await product.sql(
    `SELECT (SELECT count(*)::int FROM campaign_recipients) AS recipients, (SELECT count(*)::int FROM send_batches) AS batches,
       (SELECT count(*)::int FROM campaign_exclusions) AS exclusions`,
  );
  expect(rows).toEqual({ recipients: 0, batches: 0, exclusions: 0 });
  expect(await api.get(`/campaigns/${campaign}`)).toMatchObject({ status: 'draft', startedAt: null });

  await api.post(`/campaigns/${campaign}/start`);
  await untilStatus(product, api, campaign, 'sent');
  const [sent] = await product.sql<{ ms: number; accepted: number }>(
    `SELECT extract(epoch FROM max(accepted_at) - min(accepted_at)) * 1000 AS ms, count(accepted_at)::int AS accepted
     FROM campaign_recipients WHERE campaign_id = $1`,
    [campaign],
  );
  expect(sent?.accepted).toBe(prediction.accepted);
  // Twelve seconds by the limit of the account; a busy machine takes a little longer.
  expect(prediction.durationMs).toBeGreaterThan(10_500);
  expect(prediction.durationMs).toBeLessThan(14_000);
  expect(Number(sent?.ms) / prediction.durationMs).toBeGreaterThan(0.8);
  expect(Number(sent?.ms) / prediction.durationMs).toBeLessThan(1.6);
});

it('what has started is not rehearsed any more, and what was asked for is found again', async () => {
  await expect(api.post(`/campaigns/${campaign}/rehearsals`, {})).rejects.toMatchObject({
    status: 409,
    problem: { code: 'CAMPAIGN_NOT_STARTABLE' },
  });
  const { items } = await api.get<{ items: Rehearsal[] }>(`/campaigns/${campaign}/rehearsals`);
  expect(items.map(({ status }) => status)).toEqual(['done']);
  await expect(api.get('/rehearsals/999')).rejects.toMatchObject({ status: 404 });
});

it('strict providers ask to slow down, in their own words', async () => {
  campaign = (await api.post<{ id: string }>(`/campaigns/${campaign}/duplicate`)).id;
  const account = (await api.get('/smtp-accounts')).items[0];
  await api.patch(`/smtp-accounts/${account.id}`, { limits: {}, version: account.version });
  const { prediction } = await rehearse({ providers: 'strict', sample: 100 });
  expect(prediction.rendered.sample).toBeLessThanOrEqual(100);
  const slowed = prediction.findings.filter(({ code }) => code === 'PROVIDER_SLOWED');
  expect(slowed.map(({ params }) => params.provider)).toContain('qq');
  // Some have bounced or left meanwhile.
  expect(prediction.audience.prepared).toBeGreaterThan(400);
  expect(prediction.accepted).toBe(prediction.audience.prepared);
});
