import type { ApiClient } from '../support/api-client.js';
import {
  DOMAIN,
  addAccount,
  addresses,
  expectExact,
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

const RECIPIENTS = 500;

let product: Product;
let api: ApiClient;
let sink: RecordingSink;
beforeAll(async () => {
  sink = await startRecordingSink();
  product = await startProduct({ senders: 2 });
  api = await setUp(product);
  await addAccount(api, sink.port, { limits: { perSecond: 50 } });
});
afterAll(async () => {
  await product?.stop();
  await sink?.close();
});

it('who unsubscribes or is suppressed during the send gets nothing that starts more than a second later', async () => {
  const list = await importContacts(api, addresses(RECIPIENTS));
  const campaign = await startCampaign(api, list);
  const answered = new Map<string, number>();
  // People all over the campaign, some of them about to be sent to in this very moment.
  for (let turn = 1; turn <= 8; turn += 1) {
    await until(() => sink.messages().length >= turn * 40, { what: `${turn * 40} messages` });
    const next = sink.messages().length;
    for (const number of [next + 10, next + 30, next + 60, RECIPIENTS + 1 - turn]) {
      if (number > RECIPIENTS) continue;
      const address = `r${String(number).padStart(5, '0')}@${DOMAIN}`;
      if (answered.has(address)) continue;
      if (turn % 2 === 0) await api.post('/suppressions', { address });
      else {
        const { items } = await api.get(`/contacts?q=${encodeURIComponent(address)}`);
        await api.post('/contacts/bulk', { ids: [items[0].id], action: 'unsubscribe', listId: list });
      }
      answered.set(address, Date.now());
    }
  }
  await untilStatus(product, api, campaign, 'sent');

  const late = sink.messages().filter(({ to, startedAt }) => startedAt > (answered.get(to) ?? Infinity) + 1_000);
  expect(late).toEqual([]);
  const counts = await expectExact(product, api, campaign, sink);
  expect((counts.accepted ?? 0) + (counts.skipped ?? 0)).toBe(RECIPIENTS);
  // Each of those not sent to is one of ours, with the reason.
  const skipped = (await ledger(product, campaign)).filter((row) => row.status === 'skipped');
  expect(skipped.length).toBeGreaterThan(10);
  expect(skipped.filter((row) => !answered.has(row.email))).toEqual([]);
  const reasons = await product.sql<{ reason: string }>(
    `SELECT DISTINCT skip_reason AS reason FROM campaign_recipients WHERE campaign_id = $1 AND status = 'skipped'
     ORDER BY 1`,
    [campaign],
  );
  expect(reasons.map((row) => row.reason)).toEqual(['suppressed', 'unsubscribed']);
});
