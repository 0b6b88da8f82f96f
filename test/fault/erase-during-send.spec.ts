import {
  DOMAIN,
  addresses,
  expectExact,
  importContacts,
  ledger,
  startCampaign,
  untilStatus,
} from '../support/campaigns.js';
import { setScene } from '../support/scene.js';

const RECIPIENTS = 500;

const scene = setScene({ senders: 2, account: { limits: { perSecond: 60 } } });

it('who is erased during the send gets nothing that starts more than a second later', async () => {
  const { product, api, sink } = scene;
  const campaign = await startCampaign(api, await importContacts(api, addresses(RECIPIENTS)));
  const answered = new Map<string, number>();
  for (let turn = 1; turn <= 6; turn += 1) {
    await scene.more(40);
    const next = sink.messages().length;
    // Some of them about to be sent to in this very moment.
    for (const number of [next + 5, next + 30, next + 60, RECIPIENTS + 1 - turn]) {
      const address = `r${String(number).padStart(5, '0')}@${DOMAIN}`;
      if (number > RECIPIENTS || answered.has(address)) continue;
      const { items } = await api.get<{ items: { id: string }[] }>(`/contacts?q=${encodeURIComponent(address)}`);
      await api.delete(`/contacts/${items[0]?.id}`);
      answered.set(address, Date.now());
    }
  }
  await untilStatus(product, api, campaign, 'sent');

  const late = sink.messages().filter(({ to, startedAt }) => startedAt > (answered.get(to) ?? Infinity) + 1_000);
  expect(late).toEqual([]);
  const counts = await expectExact(product, api, campaign, sink);
  expect((counts.accepted ?? 0) + (counts.skipped ?? 0)).toBe(RECIPIENTS);
  const skipped = (await ledger(product, campaign)).filter((row) => row.status === 'skipped');
  expect(skipped.length).toBeGreaterThan(6);
  expect(skipped.filter((row) => !answered.has(row.email))).toEqual([]);
});
