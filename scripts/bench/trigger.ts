import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient } from '../../test/support/api-client.js';
import { until } from '../../test/support/until.js';
import { FROM, addAccount, allAccepted, draft, ledgerIsSink, untilSent } from './campaign.js';
import { SOURCE } from './content.js';
import { row } from './report.js';
import type { Benchmark, Check, Row } from './report.js';
import { rateOf } from './sink.js';
import { withWorkbench } from './workbench.js';
import type { Workbench } from './workbench.js';

/** The content of the other benchmarks as a program would send it: data of its own, and no list to leave. */
const TEMPLATE = {
  name: 'triggered',
  subject: SOURCE.subject,
  html: asTriggered(SOURCE.html),
  text: asTriggered(SOURCE.text),
};
/** What p99 must and should stay below, in milliseconds from the request to the final dot. */
const MUST_MS = 1_000;
const AIM_MS = 200;

/** How long a triggered message takes to the sink, with nothing else to do and during a campaign over the same account. */
export const trigger: Benchmark = {
  summary: 'triggered mail from the request to the sink, idle and during a campaign over the same account',
  options: { messages: 100_000, triggered: 400, rate: 20, connections: 10, senders: 1 },
  run: ({ messages = 0, triggered = 0, rate = 0, connections = 0, senders = 1 }) =>
    withWorkbench(messages, { senders }, async (bench) => {
      const { product, api, sink, list } = bench;
      await addAccount(api, sink.port, { connections });
      const templateId = (await api.post<{ id: string }>('/templates', TEMPLATE)).id;
      const key = (await api.post<{ key: string }>('/api-keys', { name: 'shop', scopes: ['messages'] })).key;
      const program: Program = { bench, api: new ApiClient(product.url, key), templateId, rate };
      await postAt(program, 0, 20); // loads threads and caches, as any process has after its first minute
      await arrived(bench, 20);

      const idle = await postAt(program, 1_000, triggered);
      await arrived(bench, 20 + triggered);
      const quiet = latencies(idle, await bench.sink.report());

      await sink.clear();
      const campaign = await draft(api, [list]);
      await api.post(`/campaigns/${campaign}/start`);
      await until(async () => (await sink.counts()).messages > 0, { what: 'the campaign’s first message' });
      let running = true;
      const sent = untilSent(product, api, campaign).finally(() => (running = false));
      const during = await postAt(program, 100_000, triggered, () => running);
      await sent;
      const report = await arrived(bench, during.size);
      // Only those asked for while the campaign was sending tell of it.
      const busy = latencies(during, report);
      const others = { ...report, messages: report.messages - report.triggered.length };
      return {
        checks: [
          await eachOnce(bench, 20 + triggered + during.size, busy.length, during.size),
          await allAccepted(product, campaign, messages),
          await ledgerIsSink(product, campaign, report),
        ],
        rows: [
          ...figures('idle', quiet, null),
          ...figures('during a campaign', busy, percentile(quiet, 0.99)),
          row('the campaign meanwhile', 'messages/s', [rateOf(others), null, null]),
        ],
      };
    }),
};

interface Program {
  bench: Workbench;
  api: ApiClient;
  templateId: string;
  /** Requests a second, whatever becomes of those before. */
  rate: number;
}

/**
 * Asks for messages at an even rate, as users do who know nothing of one another.
 * @returns epoch milliseconds of each request, by the message's number
 */
async function postAt(
  { api, templateId, rate }: Program,
  first: number,
  count: number,
  go: () => boolean = () => true,
): Promise<Map<number, number>> {
  const asked = new Map<number, number>();
  const requests: Promise<unknown>[] = [];
  const start = performance.now();
  for (let index = 0; index < count && go(); index += 1) {
    await sleep(Math.max(0, start + (index * 1_000) / rate - performance.now()));
    const number = first + index;
    const body = {
      to: { name: 'Anna Meyer', address: `triggered${number}@rcpt${number % 50}.hongyan-bench.org` },
      from: FROM,
      templateId,
      data: { city: 'Lisbon', points: number, vip: true, salutation: 'Dear', tags: ['novels', 'poetry', 'travel'] },
      tags: ['bench'],
    };
    asked.set(number, performance.timeOrigin + performance.now());
    requests.push(api.post('/messages', body, { 'idempotency-key': `bench-${number}` }));
  }
  await Promise.all(requests);
  return asked;
}

async function arrived({ sink, product }: Workbench, count: number) {
  let there = 0;
  await until(async () => (there = (await sink.counts()).triggeredMessages) >= count, {
    what: `${count} triggered messages at the sink`,
    detail: () => `${there} are there\n${product.output()}`,
  });
  return sink.report();
}

/** Milliseconds from each request to its message's final dot, ascending. */
function latencies(asked: Map<number, number>, { triggered }: { triggered: Array<[number, number]> }): number[] {
  const times = triggered.flatMap(([number, at]) => {
    const since = asked.get(number);
    return since === undefined ? [] : [at - since];
  });
  return times.sort((a, b) => a - b);
}

function percentile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The limits are absolute, so what stands as the reference of p99 is the time it may take at most. */
function figures(when: string, sorted: number[], idle: number | null): Row[] {
  const p99 = percentile(sorted, 0.99);
  const bounds = { reference: MUST_MS, ratio: p99 / MUST_MS, must: 1, aim: AIM_MS / MUST_MS };
  return [
    row(`p50, ${when}`, 'ms', [percentile(sorted, 0.5), null, null]),
    { ...row(`p99, ${when}`, 'ms', [p99, null, null]), ...bounds, lessIsBetter: true, ok: p99 <= MUST_MS },
    ...(idle === null ? [] : [row('p99 during a campaign, times idle', 'ms', [p99, idle, p99 / idle])]),
  ];
}

/** Everything asked for is accepted by the log, and was taken once. */
async function eachOnce({ product, sink }: Workbench, asked: number, counted: number, during: number): Promise<Check> {
  const rows = await product.sql<{ status: string; n: number }>(
    'SELECT status, count(*)::int AS n FROM messages GROUP BY status',
  );
  const numbers = (await sink.report()).triggered.map(([number]) => number);
  const ok =
    rows.length === 1 &&
    rows[0]?.status === 'accepted' &&
    rows[0].n === asked &&
    new Set(numbers).size === numbers.length &&
    counted === during &&
    during >= 50;
  const detail = `${JSON.stringify(rows)} of ${asked}, ${during} during the campaign, ${numbers.length} of them at the sink`;
  return { name: 'every triggered message accepted and taken once', ok, detail };
}

function asTriggered(source: string): string {
  return source
    .replace(/ ?<a href="\{\{unsubscribeUrl\}\}">Unsubscribe<\/a>|Unsubscribe: \{\{unsubscribeUrl\}\}\n/, '')
    .replaceAll('fields.', 'data.')
    .replaceAll('{{#each tags}}', '{{#each data.tags}}');
}
