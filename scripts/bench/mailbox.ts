import { setTimeout as sleep } from 'node:timers/promises';
import { createTestAuthority, startDovecot } from '#platform/testing';
import type { Dovecot } from '#platform/testing';
import type { ApiClient } from '../../test/support/api-client.js';
import { mixedMail } from '../../test/support/mixed-mail.js';
import { setUp, startProduct } from '../../test/support/product.js';
import type { Product } from '../../test/support/product.js';
import { until } from '../../test/support/until.js';
import { LONG_MS } from './campaign.js';
import { peakMb } from './cpu.js';
import { rowAtMost } from './report.js';
import type { Benchmark } from './report.js';

const USER = 'bounces';
const PASSWORD = 'secret-of-bounces';
/** What the design allows: twenty minutes for 100,000 mails, 300 MB. */
const MS_A_MAIL = 12;
const MEMORY_MB = 300;
/** Mails appended one by one afterwards, to see how soon each is stored. */
const LATE = 40;
const LATE_SECONDS = 5;

interface Counts {
  stored: number;
  contents: number;
  open: number;
}

/** A full mailbox is read while the reader is killed again and again. */
export const mailbox: Benchmark = {
  summary: 'a full Dovecot mailbox of mixed mail, the inbound process killed again and again: 0 lost, 0 doubled',
  options: { messages: 100_000, 'kill-every': 10, pop3: 0 },
  flags: ['pop3'],
  async run({ messages = 0, 'kill-every': killSeconds = 0, pop3 = 0 }) {
    const authority = createTestAuthority();
    const dovecot = await startDovecot({ users: { [USER]: PASSWORD }, certificate: authority.issue('localhost') });
    try {
      for (let n = 0; n < messages; n += 1) dovecot.append(USER, 'INBOX', mixedMail(n));
      const product = await startProduct();
      try {
        const api = await setUp(product);
        return await measure({ product, api, dovecot }, { messages, killSeconds, pop3: pop3 > 0 });
      } finally {
        await product.stop();
      }
    } finally {
      await dovecot.close();
      authority.remove();
    }
  },
};

interface Place {
  product: Product;
  api: ApiClient;
  dovecot: Dovecot;
}

async function measure(place: Place, asked: { messages: number; killSeconds: number; pop3: boolean }) {
  const { product, api, dovecot } = place;
  const { messages, killSeconds, pop3 } = asked;
  const started = performance.now();
  await api.post('/mailboxes', {
    name: 'bench',
    protocol: pop3 ? 'pop3' : 'imap',
    host: 'localhost',
    port: pop3 ? dovecot.pop3Port : dovecot.imapPort,
    security: 'none',
    auth: { method: 'password', user: USER, password: PASSWORD },
  });
  let kills = 0;
  let running = 0;
  let since = 0;
  let killed = false;
  let memory = 0;
  for (;;) {
    await sleep(1_000);
    const { inbound } = product.pids();
    if (inbound) memory = Math.max(memory, peakMb([inbound]));
    if ((await done(product)) >= messages) break;
    if (performance.now() - started > LONG_MS) break;
    if (inbound && inbound !== running) {
      running = inbound;
      since = performance.now();
      killed = false;
    }
    // So many seconds after its start: one that is killed while it starts shows nothing.
    if (inbound && !killed && killSeconds > 0 && performance.now() - since >= killSeconds * 1000) {
      process.kill(inbound, 'SIGKILL');
      killed = true;
      kills += 1;
    }
  }
  const seconds = (performance.now() - started) / 1000;
  const result = await counts(product);
  const { contents, open } = result;
  const limit = (messages * MS_A_MAIL) / 1000;
  const rows = [
    rowAtMost('read and processed', 's', [seconds, limit, seconds / limit], [1, 0.5]),
    rowAtMost('most memory of the process', 'MB', [memory, MEMORY_MB, memory / MEMORY_MB], [1, 0.7]),
  ];
  if (!pop3) {
    const p95 = await appendLate(place, messages);
    rows.push(rowAtMost('append → stored (IDLE), p95', 's', [p95, LATE_SECONDS, p95 / LATE_SECONDS], [1, 0.2]));
  }
  return {
    checks: [
      { name: 'no mail is lost', ok: contents === messages && open === 0, detail: `${contents} of ${messages}` },
      { name: 'none is stored twice', ok: result.stored === contents, detail: `${result.stored - contents} twice` },
      { name: 'the reader was killed', ok: killSeconds === 0 || kills > 0, detail: `${kills} times` },
    ],
    rows,
  };
}

/** Mails that come one by one while the reader waits in IDLE. @returns 95 % were stored within so many seconds */
async function appendLate({ product, api, dovecot }: Place, before: number): Promise<number> {
  await until(async () => (await api.get('/mailboxes')).items[0].state === 'idle', {
    what: 'the reader to wait',
    timeoutMs: LONG_MS,
  });
  const took: number[] = [];
  for (let n = 0; n < LATE; n += 1) {
    const at = Date.now();
    dovecot.append(USER, 'INBOX', mixedMail(before + n));
    await until(async () => (await stored(product)) > before + n, { what: 'a late mail', timeoutMs: LONG_MS });
    const [row] = await product.sql<{ at: Date }>(
      'SELECT received_at AS at FROM inbound_messages ORDER BY id DESC LIMIT 1',
    );
    took.push((row?.at.getTime() ?? Date.now()) - at);
  }
  took.sort((a, b) => a - b);
  return (took[Math.ceil(LATE * 0.95) - 1] ?? 0) / 1000;
}

async function stored(product: Product): Promise<number> {
  const [row] = await product.sql<{ n: number }>('SELECT sum(processed)::int AS n FROM mailboxes');
  return row!.n;
}

/** Looked at every second: by a sum and a small index, since counting all mail would slow down what is measured. */
async function done(product: Product): Promise<number> {
  const [row] = await product.sql<{ n: number }>(
    `SELECT ((SELECT sum(processed) FROM mailboxes)
           - (SELECT count(*) FROM inbound_messages WHERE status = 'stored'))::int AS n`,
  );
  return row!.n;
}

async function counts(product: Product): Promise<Counts> {
  const [row] = await product.sql<Counts>(
    `SELECT count(*)::int AS stored, count(DISTINCT content_hash)::int AS contents,
            (count(*) FILTER (WHERE status = 'stored'))::int AS open FROM inbound_messages`,
  );
  return row!;
}
