import type { ApiClient } from '../support/api-client.js';
import { addAccount, expectExact, importContacts, ledger, startCampaign, untilStatus } from '../support/campaigns.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { startRecordingSink } from '../support/recording-sink.js';
import type { RecordingSink, SunkMessage } from '../support/recording-sink.js';
import { until } from '../support/until.js';

let product: Product;
let api: ApiClient;
let sink: RecordingSink;
beforeAll(async () => {
  product = await startProduct({ senders: 2 });
  api = await setUp(product);
  sink = await startRecordingSink();
});
afterAll(async () => {
  await product?.stop();
  await sink?.close();
});

const at = (domain: string, count: number) =>
  Array.from({ length: count }, (_, index) => `r${String(index + 1).padStart(5, '0')}@${domain}`);
const of = (messages: SunkMessage[], domain: string) => messages.filter(({ to }) => to.endsWith(`@${domain}`));

it('a "QQ" that asks to slow down is slowed within seconds, the others keep their speed, and it recovers by itself', async () => {
  await sink.set({ perSecond: { 'qq.com': 3 } });
  const account = await addAccount(api, sink.port);
  const list = await importContacts(api, [...at('qq.com', 250), ...at('gmail.com', 3_000), ...at('163.com', 3_000)]);
  const campaign = await startCampaign(api, list, { smtpAccounts: [account.id] });

  // Everybody else is through while QQ has taken what it takes.
  await until(() => ['gmail.com', '163.com'].every((domain) => of(sink.messages(), domain).length === 3_000), {
    what: 'the others to be through',
    timeoutMs: 60_000,
    detail: () => product.output(),
  });
  const others = sink.messages().filter(({ to }) => !to.endsWith('@qq.com'));
  const seconds = (Math.max(...others.map((each) => each.at)) - Math.min(...others.map((each) => each.at))) / 1_000;
  const slow = of(sink.messages(), 'qq.com').length;
  expect(slow).toBeLessThanOrEqual(Math.ceil(3 * (seconds + 3)));
  expect(others.length / seconds).toBeGreaterThan(100);

  // Whoever looks is told why, in the server's own words.
  const { providers } = await api.get(`/smtp-accounts/${account.id}/pace`);
  const shown = (name: string) => providers.find(({ provider }: { provider: string }) => provider === name);
  expect(shown('qq')).toMatchObject({ perMinute: expect.any(Number), pending: expect.any(Number) });
  expect(shown('qq').events.at(-1)).toMatchObject({
    code: 'PROVIDER_SLOWED',
    said: expect.stringMatching(/frequency limited/),
  });
  expect(shown('gmail')).toMatchObject({ perMinute: null, pending: 0, events: [] });

  // Few were refused: a pace was found instead of asking again and again.
  const rows = await ledger(product, campaign);
  const refused = rows.flatMap(({ attempts }) => attempts).filter(({ kind }) => kind === 'deferred').length;
  expect(refused).toBeLessThan(250);

  await sink.set({ perSecond: {} });
  await untilStatus(product, api, campaign, 'sent', 90_000);
  const counts = await expectExact(product, api, campaign, sink);
  expect(counts).toEqual({ accepted: 6_250 });
});
