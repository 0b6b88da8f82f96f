import { startRedis } from '../../libs/platform/testing/src/redis.js';
import { addAccount, allAccepted, draft, ledgerIsSink, untilSent } from './campaign.js';
import { sendersCpuMs } from './cpu.js';
import { rowAtMost } from './report.js';
import type { Benchmark, Check, Row } from './report.js';
import { withWorkbench } from './workbench.js';
import type { Workbench } from './workbench.js';

const SENDERS = [1, 2, 4];
/** Only the last step has a mark. */
const MARKS: readonly [number, number] = [1.33, 1.1];

/** What a message costs the processor when several sender processes share the work. */
export const scale: Benchmark = {
  summary: 'processor time per message with 1, 2 and 4 sender processes on Redis',
  options: { messages: 100_000, connections: 10 },
  run: async ({ messages = 0, connections = 0 }) => {
    const redis = await startRedis();
    try {
      return await withWorkbench(messages, { senders: 1, env: { QUEUE_URL: redis.url } }, async (bench) => {
        await addAccount(bench.api, bench.sink.port, { connections });
        const rows: Row[] = [];
        const checks: Check[] = [];
        let one = 0;
        for (const senders of SENDERS) {
          await restart(bench, senders);
          // The first campaign of each number pays for the compilers of the runtimes and is not counted.
          await campaignCpu(bench, messages);
          const { cpuMs, found } = await campaignCpu(bench, messages);
          if (senders === 1) one = cpuMs;
          const compared = senders === 1 ? ([cpuMs, null, null] as const) : ([cpuMs, one, cpuMs / one] as const);
          rows.push(rowAtMost(`${senders} senders`, 'ms/message', compared, senders === 4 ? MARKS : undefined));
          checks.push(...found);
        }
        return { checks, rows };
      });
    } finally {
      await redis.close();
    }
  },
};

async function restart({ product }: Workbench, senders: number): Promise<void> {
  product.signal('SIGTERM');
  await product.ended();
  await product.restart(senders);
}

/** Milliseconds of all senders' processor time for a message of one campaign. */
async function campaignCpu(
  { product, api, sink, list }: Workbench,
  messages: number,
): Promise<{ cpuMs: number; found: Check[] }> {
  await sink.clear();
  const campaign = await draft(api, [list]);
  const before = sendersCpuMs(product);
  await api.post(`/campaigns/${campaign}/start`);
  await untilSent(product, api, campaign);
  const cpuMs = (sendersCpuMs(product) - before) / messages;
  const report = await sink.report();
  return {
    cpuMs,
    found: [await allAccepted(product, campaign, messages), await ledgerIsSink(product, campaign, report)],
  };
}
