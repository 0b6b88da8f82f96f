import { addAccount, allAccepted, draft, ledgerIsSink, sampleIsRight, untilSent } from './campaign.js';
import { nodemailerPool, smtpSource } from './references.js';
import { row } from './report.js';
import type { Benchmark, Check, Result } from './report.js';
import { sendDkim } from './send-dkim.js';
import { sendReject } from './send-reject.js';
import { rateOf } from './sink.js';
import { startSlowLine } from './slow-line.js';
import { withWorkbench } from './workbench.js';
import type { Workbench } from './workbench.js';

type Options = Record<string, number>;

/** A campaign from the claim of its first batch to durable ledger rows. */
export const send: Benchmark = {
  summary:
    'a campaign to a loopback sink with durable ledger rows, against nodemailer’s pool and Postfix’ smtp-source; ' +
    'over a long line (--rtt 50), with refusals (--reject 10), signed (--dkim)',
  options: { messages: 100_000, reference: 5_000, connections: 10, senders: 1, rtt: 0, reject: 0, dkim: 0 },
  flags: ['dkim'],
  run: (options) => {
    const { messages = 0, senders = 1, rtt = 0, reject = 0, dkim = 0 } = options;
    const run = dkim ? sendDkim : reject ? sendReject : rtt ? sendFar : sendNear;
    return withWorkbench(messages, { senders }, (bench) => run(bench, options));
  },
};

async function sendNear(bench: Workbench, { messages = 0, reference = 0, connections = 0 }: Options): Promise<Result> {
  const { product, sink } = bench;
  const pool = await nodemailerPool(product, sink.port, reference, connections);
  const source = await smtpSource(sink.port, reference * 4, connections);
  const { rate, checks } = await campaign(bench, sink.port, messages, connections);
  return {
    checks,
    rows: [
      row('against nodemailer’s pool', 'messages/s', [rate, pool, rate / pool], [5, 10]),
      row('against smtp-source', 'messages/s', [rate, source, rate / source], [0.35, 0.6]),
    ],
  };
}

async function sendFar(bench: Workbench, options: Options): Promise<Result> {
  const { messages = 0, reference = 0, connections = 0, rtt = 0 } = options;
  const line = await startSlowLine(bench.sink.port, rtt);
  try {
    const pool = await nodemailerPool(bench.product, line.port, reference, connections);
    const { rate, checks } = await campaign(bench, line.port, messages, connections);
    const name = `against nodemailer’s pool, ${rtt} ms away`;
    return { checks, rows: [row(name, 'messages/s', [rate, pool, rate / pool], [2, 3.8])] };
  } finally {
    await line.close();
  }
}

async function campaign(
  { product, api, sink, list }: Workbench,
  port: number,
  messages: number,
  connections: number,
): Promise<{ rate: number; checks: Check[] }> {
  await sink.clear();
  await addAccount(api, port, { connections });
  const id = await draft(api, [list]);
  await api.post(`/campaigns/${id}/start`);
  await untilSent(product, api, id);
  const report = await sink.report();
  const checks = [
    await allAccepted(product, id, messages),
    await ledgerIsSink(product, id, report),
    await sampleIsRight(report.kept),
  ];
  return { rate: rateOf(report), checks };
}
