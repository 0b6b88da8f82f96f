import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../test/support/until.js';
import { LONG_MS, addAccount, draft, ledgerIsSink } from './campaign.js';
import { row } from './report.js';
import type { Benchmark, Check, Row } from './report.js';
import { startRedis } from '../../libs/platform/testing/src/redis.js';
import { mostWithin } from './sink.js';
import { withWorkbench } from './workbench.js';
import type { Workbench } from './workbench.js';

/** Unless one is given. */
const RATES = [14, 200, 550];
/** The first and the last of a campaign: one sender takes its first batch before the others, one has the last. */
const EDGE_MS = 1_000;

/** How much of an account's limit per second several senders use together, before a server that refuses any faster. */
export const pace: Benchmark = {
  summary: 'four senders on Redis at 14, 200 and 550 a second, before a server that refuses any faster',
  options: { seconds: 60, senders: 4, connections: 20, rate: 0 },
  run: async ({ seconds = 0, senders = 4, connections = 0, rate: only = 0 }) => {
    const redis = await startRedis();
    try {
      const rates = only > 0 ? [only] : RATES;
      const readers = Math.max(...rates) * seconds;
      return await withWorkbench(readers, { senders, env: { QUEUE_URL: redis.url } }, async (bench) => {
        bench.sink.hurry();
        const rows: Row[] = [];
        const checks: Check[] = [];
        for (const rate of rates) {
          const { used, found } = await atRate(bench, rate, seconds, connections);
          rows.push(row(`of ${rate} a second`, 'messages/s', [used, rate, used / rate], [0.97, 0.995]));
          checks.push(...found);
        }
        return { checks, rows };
      });
    } finally {
      await redis.close();
    }
  },
};

/** A campaign of so many seconds at a limit; ended by a cancel, since how it ends is not what is measured. */
async function atRate(
  { product, api, sink, list }: Workbench,
  rate: number,
  seconds: number,
  connections: number,
): Promise<{ used: number; found: Check[] }> {
  await sink.clear();
  await sink.set({ perSecond: rate });
  const account = await addAccount(api, sink.port, { connections, limits: { perSecond: rate } });
  const campaign = await draft(api, [list], { smtpAccounts: [account] });
  await api.post(`/campaigns/${campaign}/start`);
  await until(async () => (await sink.counts()).messages > 0, { what: 'the first message', timeoutMs: LONG_MS });
  await sleep((seconds - 2) * 1_000);
  await api.post(`/campaigns/${campaign}/cancel`);
  await until(async () => (await api.get(`/campaigns/${campaign}/report`)).counts.pending === 0, {
    what: 'the rest to be settled',
  });
  const report = await sink.report();
  const { times } = report;
  const inner = times.filter((at) => at >= (times[0] ?? 0) + EDGE_MS && at <= (times.at(-1) ?? 0) - EDGE_MS);
  const most = mostWithin(times, 1_000);
  return {
    used: ((inner.length - 1) * 1_000) / ((inner.at(-1) ?? 0) - (inner[0] ?? 0)),
    found: [
      {
        name: `at ${rate}/s the server refused nothing`,
        ok: report.throttled === 0 && most <= rate + 1,
        detail: `${report.throttled} refused of ${report.messages + report.throttled}; at most ${most} in one second`,
      },
      await ledgerIsSink(product, campaign, report),
    ],
  };
}
