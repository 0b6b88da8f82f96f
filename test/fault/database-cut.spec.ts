import { addresses, expectExact, importContacts, startCampaign, untilStatus } from '../support/campaigns.js';
import { setScene } from '../support/scene.js';

const RECIPIENTS = 2_000;

const scene = setScene({ senders: 2, replyDelayMs: 5, account: { connections: 8 } });

it('every connection to Postgres cut again and again under load costs time and nothing else', async () => {
  const { product, api, sink } = scene;
  const campaign = await startCampaign(api, await importContacts(api, addresses(RECIPIENTS)));
  const senders = [product.pids()['sender-1'], product.pids()['sender-2']];
  for (let cut = 1; cut <= 5; cut += 1) {
    await scene.more(50 + Math.floor(Math.random() * 150));
    await product.sql(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
    );
  }
  expect(sink.messages().length).toBeLessThan(RECIPIENTS);
  await untilStatus(product, api, campaign, 'sent', 120_000);
  // No process died of it, so every reply was read and written down.
  expect([product.pids()['sender-1'], product.pids()['sender-2']]).toEqual(senders);
  expect(await expectExact(product, api, campaign, sink)).toEqual({ accepted: RECIPIENTS });
});
