import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { dkimVerifies } from '../../test/support/dkim.js';
import { addAccount, allAccepted, draft, ledgerIsSink, untilSent } from './campaign.js';
import { sendersCpuMs } from './cpu.js';
import { rowAtMost } from './report.js';
import type { Check, Result } from './report.js';
import type { Workbench } from './workbench.js';

const DOMAINS = { plain: 'plain.hongyan-bench.org', signed: 'skylark.hongyan-bench.org' } as const;
/** Plain and signed in this order, so that what warms up or slows down with time weighs on both alike. */
const TURNS = ['plain', 'signed', 'signed', 'plain'] as const;

/** What a signature costs a sender's processor, against one bare signature of OpenSSL. */
export async function sendDkim(bench: Workbench, options: Record<string, number>): Promise<Result> {
  const { api, sink } = bench;
  const { messages = 0, connections = 0 } = options;
  await addAccount(api, sink.port, { connections });
  const { records } = await api.post<{ records: { kind: string; value: string }[] }>('/sending-domains', {
    domain: DOMAINS.signed,
  });
  const published = records.find(({ kind }) => kind === 'dkim')?.value ?? '';
  const cpu = { plain: 0, signed: 0 };
  const checks: Check[] = [];
  // One that is not counted: the first campaign pays for the compiler of the runtime.
  await campaignCpu(bench, DOMAINS.signed, messages);
  for (const turn of TURNS) {
    const { cpuMs, found } = await campaignCpu(bench, DOMAINS[turn], messages);
    cpu[turn] += cpuMs / messages / 2;
    checks.push(...found);
    if (turn === 'signed') checks.push(signed((await sink.report()).kept, published));
  }
  const signature = opensslSignatureMs();
  const added = cpu.signed - cpu.plain;
  return {
    checks,
    rows: [
      rowAtMost('processor time a signature adds', 'ms', [added, signature, added / signature], [1.4, 1.15]),
      rowAtMost('processor time of an unsigned message', 'ms', [cpu.plain, null, null]),
    ],
  };
}

async function campaignCpu(
  { product, api, sink, list }: Workbench,
  domain: string,
  messages: number,
): Promise<{ cpuMs: number; found: Check[] }> {
  await sink.clear();
  const campaign = await draft(api, [list], { from: { name: 'Skylark', address: `news@${domain}` } });
  const before = sendersCpuMs(product);
  await api.post(`/campaigns/${campaign}/start`);
  await untilSent(product, api, campaign);
  const cpuMs = sendersCpuMs(product) - before;
  const report = await sink.report();
  return {
    cpuMs,
    found: [await allAccepted(product, campaign, messages), await ledgerIsSink(product, campaign, report)],
  };
}

function signed(kept: readonly string[], dnsRecord: string): Check {
  const good = kept.filter((message) => dkimVerifies(undotted(message), dnsRecord));
  return {
    name: 'one in a hundred carries a signature that verifies',
    ok: kept.length > 0 && good.length === kept.length,
    detail: `${good.length} of ${kept.length}`,
  };
}

/** The message of a DATA (RFC 5321 section 4.5.2): without its final dot and the dots that were stuffed. */
function undotted(message: string): string {
  return message.slice(0, -3).replace(/^\.\./gm, '.');
}

/**
 * Milliseconds of one RSA-2048 signature by `openssl speed` on this machine, now, with every processor at work as during
 * a campaign: where two threads share a core each of them is slower.
 */
function opensslSignatureMs(): number {
  const processes = availableParallelism();
  const flags = ['speed', '-seconds', '2', '-multi', String(processes), 'rsa2048'];
  const said = execFileSync('openssl', flags, { encoding: 'utf8', stdio: 'pipe' });
  const [, perSecond = ''] = /^rsa\s+2048 bits\s+[\d.]+s\s+[\d.]+s\s+([\d.]+)/m.exec(said) ?? [];
  if (!(Number(perSecond) > 0)) throw new Error(`openssl speed said nothing of rsa 2048:\n${said}`);
  return (1000 * processes) / Number(perSecond);
}
