import { until } from '../../test/support/until.js';
import type { Product } from '../../test/support/product.js';
import { LONG_MS, addAccount, countRows, draft, ledgerIsSink, untilSent } from './campaign.js';
import { rowAtMost } from './report.js';
import type { Benchmark } from './report.js';
import { withWorkbench } from './workbench.js';
import type { Workbench } from './workbench.js';

/** One kill of a sender. */
interface Kill {
  at: number;
  /** Milliseconds until a message of its successor was at the sink. */
  resumedMs: number;
}

/** kill -9 of a sender at full speed, again and again in one campaign. */
export const crash: Benchmark = {
  summary: 'kill -9 of a sender at full speed, again and again: nobody lost, nobody doubled, few uncertain, soon back',
  options: { messages: 100_000, kills: 20, connections: 10 },
  run: ({ messages = 0, kills = 0, connections = 0 }) =>
    withWorkbench(messages, { senders: 1 }, async (bench) => {
      const { product, api, sink, list } = bench;
      await addAccount(api, sink.port, { connections });
      const campaign = await draft(api, [list]);
      await api.post(`/campaigns/${campaign}/start`);
      const done: Kill[] = [];
      for (let n = 1; n <= kills; n += 1) {
        // Spread over the campaign, at no particular byte.
        await untilTaken(bench, Math.floor((messages * (n - Math.random() / 2)) / (kills + 1)));
        done.push(await killSender(bench));
      }
      await untilSent(product, api, campaign);
      const counts = await countRows(product, campaign);
      const each = await uncertainByKill(product, campaign, done);
      const settled = (counts.accepted ?? 0) + (counts.uncertain ?? 0);
      const slowest = Math.max(...done.map(({ resumedMs }) => resumedMs)) / 1000;
      const typical = (done.map(({ resumedMs }) => resumedMs).sort((a, b) => a - b)[kills >> 1] ?? 0) / 1000;
      return {
        checks: [
          await ledgerIsSink(product, campaign, await sink.report()),
          {
            name: 'everybody is accepted or uncertain',
            ok: settled === messages && Object.values(counts).reduce((sum, n) => sum + n, 0) === messages,
            detail: JSON.stringify(counts),
          },
          {
            name: 'uncertain at each kill ≤ open connections',
            ok: Math.max(...each) <= connections,
            detail: `${each.join(', ')} over ${connections} connections`,
          },
        ],
        rows: [
          rowAtMost('slowest resumption after a kill', 's', [slowest, 5, slowest / 5], [null, 1]),
          rowAtMost('typical resumption', 's', [typical, 5, typical / 5], [null, 1]),
        ],
      };
    }),
};

async function untilTaken({ product, sink }: Workbench, goal: number): Promise<void> {
  await until(async () => (await sink.counts()).messages >= goal, {
    what: `message ${goal}`,
    timeoutMs: LONG_MS,
    detail: () => product.output(),
  });
}

async function killSender({ product, sink }: Workbench): Promise<Kill> {
  const victim = product.pids()['sender-1'] as number;
  const at = Date.now();
  process.kill(victim, 'SIGKILL');
  await until(() => product.pids()['sender-1'] !== victim, { what: 'another sender', timeoutMs: LONG_MS });
  // Only now: what the kernel still held of the dead one's has been read long since.
  const before = (await sink.counts()).messages;
  await untilTaken({ product, sink } as Workbench, before + 1);
  const { times } = await sink.report();
  return { at, resumedMs: (times[before] ?? 0) - at };
}

/** How many became uncertain by each kill, told by the time at which the recovery wrote them down. */
async function uncertainByKill(product: Product, campaign: string, kills: readonly Kill[]): Promise<number[]> {
  const rows = await product.sql<{ at: string }>(
    `SELECT attempts->-1->>'at' AS at FROM campaign_recipients WHERE campaign_id = $1 AND status = 'uncertain'`,
    [campaign],
  );
  return kills.map((kill, n) => {
    const end = kills[n + 1]?.at ?? Infinity;
    return rows.filter(({ at }) => Date.parse(at) >= kill.at && Date.parse(at) < end).length;
  });
}
