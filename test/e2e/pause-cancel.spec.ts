import type { ApiClient } from '../support/api-client.js';
import {
  DOMAIN,
  addAccount,
  addresses,
  countBy,
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

const RECIPIENTS = 400;

let product: Product;
let api: ApiClient;
let sink: RecordingSink;
beforeAll(async () => {
  sink = await startRecordingSink();
  product = await startProduct({ senders: 2 });
  api = await setUp(product);
  await addAccount(api, sink.port, { limits: { perSecond: 60 } });
});
afterAll(async () => {
  await product?.stop();
  await sink?.close();
});

const taken = (prefix: string) => sink.messages().filter((message) => message.to.startsWith(prefix));

/** Nothing new reaches the wire later than a second after `answered`; batches are then given back. */
async function expectQuietSince(answered: number, campaign: string, prefix: string): Promise<void> {
  await until(
    async () => {
      const leased = await product.sql("SELECT 1 FROM send_batches WHERE campaign_id = $1 AND status = 'leased'", [
        campaign,
      ]);
      return leased.length === 0 && Date.now() > answered + 2_000;
    },
    { what: 'the senders to let go' },
  );
  const late = taken(prefix).filter((message) => message.startedAt > answered + 1_000);
  expect(late).toEqual([]);
}

it('a paused campaign is silent within a second, and resumed it reaches everybody once', async () => {
  const campaign = await startCampaign(api, await importContacts(api, addresses(RECIPIENTS, 'pause')));
  await until(() => taken('pause').length >= 60, { what: 'the first messages', detail: () => product.output() });
  expect((await api.post(`/campaigns/${campaign}/pause`)).status).toBe('paused');
  await expectQuietSince(Date.now(), campaign, 'pause');
  const paused = taken('pause').length;
  expect(paused).toBeLessThan(RECIPIENTS);
  const rows = await ledger(product, campaign);
  expect(countBy(rows.map((row) => row.status))).toEqual({ accepted: paused, pending: RECIPIENTS - paused });

  await api.post(`/campaigns/${campaign}/resume`);
  await untilStatus(product, api, campaign, 'sent');
  expect(await expectExact(product, api, campaign, { messages: () => taken('pause') })).toEqual({
    accepted: RECIPIENTS,
  });
});

it('a cancelled campaign is silent within a second, and who did not get it is told as skipped', async () => {
  const campaign = await startCampaign(api, await importContacts(api, addresses(RECIPIENTS, 'cancel')));
  await until(() => taken('cancel').length >= 60, { what: 'the first messages', detail: () => product.output() });
  expect((await api.post(`/campaigns/${campaign}/cancel`)).status).toBe('cancelled');
  await expectQuietSince(Date.now(), campaign, 'cancel');
  await until(async () => (await ledger(product, campaign)).every((row) => row.status !== 'pending'), {
    what: 'everybody to be settled',
  });
  const sent = taken('cancel').length;
  expect(sent).toBeLessThan(RECIPIENTS);
  expect(await expectExact(product, api, campaign, { messages: () => taken('cancel') })).toEqual({
    accepted: sent,
    skipped: RECIPIENTS - sent,
  });
});

it('a campaign cancelled at a server that does not answer leaves open only who may be on the way', async () => {
  const people = Array.from({ length: RECIPIENTS }, (_, n) => `hang-after-dot.${n}@${DOMAIN}`);
  const campaign = await startCampaign(api, await importContacts(api, people));
  await until(() => taken('hang').length > 0, { what: 'the first messages' });
  await api.post(`/campaigns/${campaign}/cancel`);
  let counts: Record<string, number> = {};
  await until(
    async () => {
      counts = countBy((await ledger(product, campaign)).map((row) => row.status));
      const { skipped = 0, pending = 0 } = counts;
      // Two slices of what sixty a second allow, from each of two senders.
      return skipped > 300 && pending <= 80;
    },
    { what: 'the others to be skipped', detail: () => counts },
  );
});
