import { until } from '../../test/support/until.js';
import { LONG_MS, addAccount, countRows, draft, ledgerIsSink, untilSent } from './campaign.js';
import { row } from './report.js';
import type { Result } from './report.js';
import type { Workbench } from './workbench.js';

/** Of a hundred readers so many are told to come back later, beside those refused. */
const DEFERRED = 5;

/**
 * A campaign of which a part is refused at RCPT and another deferred, against the same campaign where everybody is
 * taken: recipients that got their first answer, a second.
 */
export async function sendReject(bench: Workbench, options: Record<string, number>): Promise<Result> {
  const { product, api, sink, list } = bench;
  const { messages = 0, connections = 0, reject = 0 } = options;
  await addAccount(api, sink.port, { connections });
  // One that is not counted: the first campaign pays for the compiler of the runtime.
  await firstAnswers(bench, await draft(api, [list]), messages);
  await sink.clear();
  const plain = await firstAnswers(bench, await draft(api, [list]), messages);
  await sink.clear();
  await sink.set({ refusedOfHundred: reject, deferredOfHundred: DEFERRED });
  const campaign = await draft(api, [list]);
  const mixed = await firstAnswers(bench, campaign, messages);

  const { deferred } = await sink.counts();
  await retryNow(bench, campaign);
  await untilSent(product, api, campaign);
  const report = await sink.report();
  const counts = await countRows(product, campaign);
  const refused = counts.rejected ?? 0;
  return {
    checks: [
      await ledgerIsSink(product, campaign, report),
      {
        name: 'the refused are rejected, the deferred accepted at the second try, and all others at the first',
        ok:
          report.refused === refused &&
          refused === ofHundred(messages, reject) &&
          deferred === ofHundred(messages, reject + DEFERRED) - refused &&
          counts.accepted === messages - refused,
        detail: `${JSON.stringify(counts)}, ${deferred} of them deferred first`,
      },
    ],
    rows: [
      row(`${reject} % refused, ${DEFERRED} % deferred`, 'recipients/s', [mixed, plain, mixed / plain], [0.85, 0.97]),
    ],
  };
}

/** How many of the numbers below `count` end in less than `part` of a hundred. */
function ofHundred(count: number, part: number): number {
  return Math.floor(count / 100) * part + Math.min(count % 100, part);
}

/** Recipients answered a second, from the start of the campaign's first message until everybody was tried once. */
async function firstAnswers({ product, api, sink }: Workbench, campaign: string, messages: number): Promise<number> {
  await api.post(`/campaigns/${campaign}/start`);
  const answered = async () => {
    const { messages: taken, refused, deferred } = await sink.counts();
    return taken + refused + deferred;
  };
  await until(async () => (await answered()) >= messages, {
    what: 'everybody to be tried once',
    timeoutMs: LONG_MS,
    detail: () => product.output(),
  });
  const { times, messages: taken } = await sink.report();
  // Refusals carry no time of their own; among so many the last message is as good as the last answer.
  const rate = ((messages - 1) * 1000) / ((times[taken - 1] ?? 0) - (times[0] ?? 0));
  await until(
    async () => {
      const pending = await product.sql(
        `SELECT 1 FROM campaign_recipients WHERE campaign_id = $1 AND status = 'pending' AND retry_at IS NULL LIMIT 1`,
        [campaign],
      );
      return pending.length === 0;
    },
    { what: 'every answer to be in the ledger' },
  );
  return rate;
}

/** The wait before a second try is minutes by design and not what is measured. */
async function retryNow({ product }: Workbench, campaign: string): Promise<void> {
  await product.sql("UPDATE campaign_recipients SET retry_at = now() WHERE campaign_id = $1 AND status = 'pending'", [
    campaign,
  ]);
  await product.sql("UPDATE send_batches SET ready_at = now() WHERE campaign_id = $1 AND status = 'ready'", [campaign]);
}
