import { addresses, expectExact, importContacts, startCampaign, untilStatus } from '../support/campaigns.js';
import { setScene } from '../support/scene.js';
import { until } from '../support/until.js';

const RECIPIENTS = 2_000;

const scene = setScene({ replyDelayMs: 5, account: { connections: 8 } });

it('a sender told to stop under load lets what is on the wire finish: nobody lost, doubled or even uncertain', async () => {
  const { product, api, sink } = scene;
  const campaign = await startCampaign(api, await importContacts(api, addresses(RECIPIENTS)));
  for (let turn = 1; turn <= 3; turn += 1) {
    await scene.more(100 + Math.floor(Math.random() * 150));
    const sender = product.pids()['sender-1'] as number;
    process.kill(sender, 'SIGTERM');
    await until(() => product.pids()['sender-1'] !== sender, { what: 'another sender', timeoutMs: 60_000 });
  }
  expect(sink.messages().length).toBeLessThan(RECIPIENTS); // the last one met a running campaign
  await untilStatus(product, api, campaign, 'sent');
  expect(await expectExact(product, api, campaign, sink)).toEqual({ accepted: RECIPIENTS });
  expect(product.output()).toContain('sender-1 ended (exit 0); starting it again');
});
