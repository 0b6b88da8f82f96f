import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { simpleParser } from 'mailparser';
import { Database, EmbeddedPostgres, migrateDatabase } from '#platform/database';
import { readMail } from '#engine/dsn';
import { storeInbound } from '#domain/feedback';
import { MailReader } from '../../apps/inbound/src/mail-reader.js';
import { processMails } from '../../apps/inbound/src/process-mails.js';
import { KEYS, effectsOn, sentCampaign } from '../../apps/inbound/src/testing/sent-campaign.js';
import type { SentCampaign } from '../../apps/inbound/src/testing/sent-campaign.js';
import { BATCHES, BATCH_MAILS } from '../../apps/inbound/src/waiting-mails.js';
import { migrations } from '../../migrations/index.js';
import { postgresCpuMs } from './cpu.js';
import { kindOf, returnedMail } from './returned-mail.js';
import type { ReturnedKind } from './returned-mail.js';
import { row, rowAtMost } from './report.js';
import type { Benchmark, Check, Result } from './report.js';

/** Both sides in turns, so that a busy moment of the machine hits both. */
const ROUNDS = 4;

/** Stored mail to facts in the ledger, against a parser that only reads it. */
export const bounce: Benchmark = {
  summary: 'stored mail read, judged and applied to the ledger, against mailparser alone on the same mail',
  options: { messages: 20_000 },
  run: async ({ messages = 0 }) => {
    const dir = await mkdtemp(path.join(tmpdir(), 'hongyan-bench-'));
    await chmod(dir, 0o755); // Postgres' own user walks through it
    const server = await EmbeddedPostgres.start(path.join(dir, 'postgres'));
    try {
      await migrateDatabase(server.url, migrations);
      const db = new Database({ url: server.url, poolSize: 10, applicationName: 'bench' });
      return await measure(db, path.join(dir, 'postgres', 'postgres'), messages).finally(() => db.close());
    } finally {
      await server.stop();
      await rm(dir, { recursive: true, force: true });
    }
  },
};

async function measure(db: Database, cluster: string, messages: number): Promise<Result> {
  const campaign = await sentCampaign(db, 'reader', messages);
  await db.run('ANALYZE'); // as Postgres does by itself within a minute
  const reader = new MailReader();
  const tools = { db, reader, keys: KEYS };
  const ours: Lap[] = [];
  const reading: Lap[] = [];
  const theirs: Lap[] = [];
  const postgres: number[] = [];
  let bytes = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const seqs = Array.from({ length: messages / ROUNDS }, (_, n) => round * (messages / ROUNDS) + n + 1);
    const mails = seqs.map((seq) => returnedMail(campaign, seq));
    bytes += mails.reduce((sum, mail) => sum + mail.length, 0);
    theirs.push(await lap(mails, 1, (mail) => simpleParser(mail, { skipHtmlToText: true, skipTextToHtml: true })));
    reading.push(await lap(mails, 1, async (mail) => readMail(mail, { recipients: [], sender: null })));
    const ids = await storeAll(db, mails);
    const before = postgresCpuMs(cluster);
    ours.push(perMail(await lap(batches(ids), BATCHES, (batch) => processMails(tools, batch)), ids.length));
    postgres.push((postgresCpuMs(cluster) - before) / ids.length);
  }
  await reader.close();
  const rate = median(ours.map(({ perSecond }) => perSecond));
  const reference = median(theirs.map(({ perSecond }) => perSecond));
  const read = median(reading.map(({ perSecond }) => perSecond));
  const cpu = median(ours.map(({ cpuMs }) => cpuMs));
  const all = cpu + median(postgres);
  const referenceCpu = median(theirs.map(({ cpuMs }) => cpuMs));
  return {
    checks: [
      await everyFactOnce(db, campaign, messages),
      { name: 'size', ok: true, detail: `${Math.round(bytes / messages)} octets a mail` },
    ],
    rows: [
      row('read, judged, applied', 'mails/s', [rate, reference, rate / reference], [1, 2]),
      row('read and judged alone', 'mails/s', [read, reference, read / reference]),
      rowAtMost('processor time of a mail', 'ms', [cpu, referenceCpu, cpu / referenceCpu]),
      rowAtMost('the same with that of Postgres', 'ms', [all, referenceCpu, all / referenceCpu]),
    ],
  };
}

async function storeAll(db: Database, mails: readonly Buffer[]): Promise<string[]> {
  const recipients = ['bounces@brand.example'];
  const source = { type: 'smtp', recipients, sender: '', remote: '192.0.2.9' } as const;
  const ids: string[] = [];
  await db.transaction(async (tx) => {
    for (const mail of mails) ids.push((await storeInbound(tx, mail, source)) ?? '');
  });
  return ids;
}

interface Lap {
  perSecond: number;
  cpuMs: number;
}

async function lap<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<unknown>): Promise<Lap> {
  const queue = items.values();
  const before = process.cpuUsage();
  const started = performance.now();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const seconds = (performance.now() - started) / 1_000;
  const { user, system } = process.cpuUsage(before);
  return { perSecond: items.length / seconds, cpuMs: (user + system) / 1_000 / items.length };
}

/** As apps/inbound takes what waits. */
function batches(ids: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / BATCH_MAILS) }, (_, n) =>
    ids.slice(n * BATCH_MAILS, (n + 1) * BATCH_MAILS),
  );
}

function perMail({ perSecond, cpuMs }: Lap, mails: number): Lap {
  const each = mails / Math.ceil(mails / BATCH_MAILS);
  return { perSecond: perSecond * each, cpuMs: cpuMs / each };
}

/** The ledger has each of them once, as its kind, and nothing waits for a person. */
async function everyFactOnce(db: Database, { workspaceId }: SentCampaign, messages: number): Promise<Check> {
  const sent = Array.from({ length: messages }, (_, n) => kindOf(n + 1));
  const count = (...kinds: ReturnedKind[]) => sent.filter((kind) => kinds.includes(kind)).length;
  const { bounced, complained, replied } = await effectsOn(db, workspaceId);
  const applied = await db.first<{ n: number }>(
    "SELECT count(*)::int AS n FROM inbound_messages WHERE status = 'applied' AND trust = 'T2'",
  );
  const got = [bounced, complained, replied, applied?.n];
  const want = [count('hard', 'soft'), count('complaint'), count('reply'), messages];
  return {
    name: 'every fact in the ledger once',
    ok: got.every((value, index) => value === want[index]),
    detail: `${bounced} bounces, ${complained} complaints, ${replied} answers of ${applied?.n} mails`,
  };
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
