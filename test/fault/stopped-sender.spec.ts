import { setTimeout as sleep } from 'node:timers/promises';
import { addresses, expectExact, importContacts, startCampaign, untilStatus } from '../support/campaigns.js';
import { setScene } from '../support/scene.js';
import { until } from '../support/until.js';

const RECIPIENTS = 2_500;
/** A lease lasts 15 s, a machine that sleeps longer. */
const ASLEEP_MS = 17_000;
const EXPIRED = "status = 'leased' AND lease_until < now()";

const scene = setScene({ senders: 2, replyDelayMs: 5, account: { connections: 8 } });

it('a sender that slept past its lease and wakes sends nothing that another has taken over', async () => {
  const { product, api, sink } = scene;
  const campaign = await startCampaign(api, await importContacts(api, addresses(RECIPIENTS)));
  await scene.more(200);
  let mayBeUncertain = 0;
  const sleeper = product.pids()['sender-1'] as number;
  process.kill(sleeper, 'SIGSTOP');
  try {
    // Real time, by which the sleeper's own clock goes on too.
    await sleep(ASLEEP_MS);
    // The rest of the minute after which a silent owner is given up, once Postgres itself runs that long.
    await product.sql(`UPDATE send_batches SET lease_until = lease_until - interval '1 minute' WHERE ${EXPIRED}`);
    const [onTheWay] = await product.sql<{ n: number }>(
      `SELECT coalesce(sum(cardinality(slice)), 0)::int AS n FROM send_batches WHERE ${EXPIRED}`,
    );
    mayBeUncertain = onTheWay?.n ?? 0;
    await until(async () => (await product.sql(`SELECT 1 FROM send_batches WHERE ${EXPIRED}`)).length === 0, {
      what: 'the sleeper to be given up',
      timeoutMs: 75_000,
      detail: () => product.output(),
    });
  } finally {
    process.kill(sleeper, 'SIGCONT');
  }
  await untilStatus(product, api, campaign, 'sent');
  // It was not replaced: the same process found its lease gone.
  expect(product.pids()['sender-1']).toBe(sleeper);
  const counts = await expectExact(product, api, campaign, sink);
  expect((counts.accepted ?? 0) + (counts.uncertain ?? 0)).toBe(RECIPIENTS);
  // Its journal could not be read: those who were on its way, and nobody else, may be left for a person to decide.
  expect(counts.uncertain ?? 0).toBeLessThanOrEqual(mayBeUncertain);
});
