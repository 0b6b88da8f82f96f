import { spawn } from 'node:child_process';
import { once } from 'node:events';
import Handlebars from 'handlebars';
import nodemailer from 'nodemailer';
import pg from 'pg';
import PostalMime from 'postal-mime';
import type { ApiClient } from '../../test/support/api-client.js';
import { setUp, startProduct } from '../../test/support/product.js';
import type { Product } from '../../test/support/product.js';
import { until } from '../../test/support/until.js';
import { SOURCE, person } from './content.js';
import { row } from './report.js';
import type { Benchmark, Check } from './report.js';
import { startSink } from './sink.js';
import type { Sink } from './sink.js';

const MESSAGE_OCTETS = 25_000;
const LONG_MS = 1_800_000;
const FROM = { name: 'Skylark Books', address: 'news@skylark.hongyan-bench.org' };

/** A campaign from the claim of its first batch to durable ledger rows. */
export const send: Benchmark = {
  summary: 'a campaign to a loopback sink with durable ledger rows, against nodemailer’s pool and Postfix’ smtp-source',
  options: { messages: 100_000, reference: 5_000, connections: 10, senders: 1 },
  run: async ({ messages = 0, reference = 0, connections = 0, senders = 1 }) => {
    const sink = await startSink();
    const product = await startProduct({ senders });
    try {
      const api = await setUp(product);
      const campaign = await prepare(api, sink, messages, connections);
      const pool = await nodemailerPool(product, sink, reference, connections);
      const source = await smtpSource(sink, reference * 4, connections);
      await sink.clear();
      const { rate, checks } = await ours(product, api, sink, campaign, messages);
      return {
        checks,
        rows: [
          row('against nodemailer’s pool', 'messages/s', [rate, pool, rate / pool], [5, 10]),
          row('against smtp-source', 'messages/s', [rate, source, rate / source], [0.35, 0.6]),
        ],
      };
    } finally {
      await product.stop();
      await sink.close();
    }
  },
};

/** Fields, a list of contacts, an account at the sink and a campaign that only has to be started. */
async function prepare(api: ApiClient, sink: Sink, messages: number, connections: number): Promise<string> {
  const fields = [
    ['city', 'text'],
    ['points', 'number'],
    ['vip', 'boolean'],
    ['salutation', 'text'],
  ];
  for (const [key, type] of fields) await api.post('/fields', { key, label: key, type });
  const list = await api.post('/lists', { name: 'readers' });
  const lines = Array.from({ length: messages }, (_, n) => {
    const { email, name, fields: own, tags } = person(n);
    return [email, name, own.city, own.points, own.vip, own.salutation, tags.join(';')]
      .map((cell) => `"${String(cell)}"`)
      .join(',');
  });
  const content = ['email,name,city,points,vip,salutation,tags', ...lines].join('\n');
  const mapping = ['email', 'name', 'field:city', 'field:points', 'field:vip', 'field:salutation', 'tags'];
  const file = { name: 'readers.csv', type: 'text/csv', content };
  const { id } = await api.upload(`/lists/${list.id}/imports`, file, { mapping, consent: { source: 'benchmark' } });
  await until(async () => (await api.get(`/imports/${id}`)).status === 'done', {
    what: 'the import',
    timeoutMs: LONG_MS,
  });
  await api.post('/smtp-accounts', {
    name: 'sink',
    host: '127.0.0.1',
    port: sink.port,
    security: 'none',
    returnPathDomain: 'bounces.hongyan-bench.org',
    connections,
    messagesPerConnection: 10_000,
  });
  const campaign = await api.post('/campaigns', {
    name: 'Autumn',
    from: FROM,
    content: SOURCE,
    audience: { lists: [list.id] },
  });
  return campaign.id;
}

async function ours(
  product: Product,
  api: ApiClient,
  sink: Sink,
  campaign: string,
  messages: number,
): Promise<{ rate: number; checks: Check[] }> {
  await api.post(`/campaigns/${campaign}/start`);
  const accepted = async () => {
    const [counted] = await product.sql<{ n: number }>(
      "SELECT count(*)::int AS n FROM campaign_recipients WHERE campaign_id = $1 AND status = 'accepted'",
      [campaign],
    );
    return counted?.n ?? 0;
  };
  await until(async () => (await api.get(`/campaigns/${campaign}`)).status === 'sent', {
    what: 'the campaign to be sent',
    timeoutMs: LONG_MS,
    detail: () => product.output(),
  });
  const taken = await sink.report();
  const rows = await accepted();
  const checks = [
    {
      name: 'rows accepted = messages at the sink',
      ok: rows === messages && taken.messages === messages,
      detail: `${rows} = ${taken.messages}`,
    },
    await sampleIsRight(taken.kept),
  ];
  return { rate: ((taken.messages - 1) * 1000) / (taken.lastAt - taken.firstAt), checks };
}

/** Every kept message is read by a mail reader and must say what its own recipient's data says. */
async function sampleIsRight(kept: readonly string[]): Promise<Check> {
  const name = 'one in a hundred decoded and personalised right';
  for (const message of kept) {
    const mail = await PostalMime.parse(Buffer.from(message.slice(0, -3), 'latin1'));
    const email = mail.to?.[0]?.address ?? '';
    const who = person(Number(/^reader(\d+)@/.exec(email)?.[1]));
    const expected = `${who.fields.salutation} ${who.name},`;
    const right =
      email === who.email &&
      mail.subject?.startsWith(`${who.name}, your autumn letter`) &&
      mail.text?.startsWith(expected) &&
      mail.text.includes(`you have ${who.fields.points} points in ${who.fields.city}.`) &&
      mail.html?.includes(who.fields.vip ? 'one of our regulars' : 'Free delivery from 20 €') &&
      mail.html.includes(`<li>${who.tags[0]}</li>`) &&
      mail.html.includes('/c/');
    if (!right) return { name, ok: false, detail: `the message to ${email} is wrong` };
  }
  return { name, ok: kept.length > 0, detail: `${kept.length} messages` };
}

/** What a program with nodemailer does: render each message, send it over the pool, update its row. */
async function nodemailerPool(product: Product, sink: Sink, messages: number, connections: number): Promise<number> {
  const db = new pg.Pool({ connectionString: product.databaseUrl(), max: connections });
  await db.query(
    'CREATE TABLE bench_rows AS SELECT n AS id, NULL::text AS status, NULL::text AS answer FROM generate_series(0, $1::int - 1) n',
    [messages],
  );
  await db.query('ALTER TABLE bench_rows ADD PRIMARY KEY (id)');
  const engine = Handlebars.create();
  engine.registerHelper('default', (value: unknown, otherwise: unknown) => value || otherwise);
  const subject = engine.compile(SOURCE.subject, { noEscape: true });
  const html = engine.compile(SOURCE.html);
  const text = engine.compile(SOURCE.text, { noEscape: true });
  const transport = nodemailer.createTransport({
    pool: true,
    maxConnections: connections,
    maxMessages: Infinity,
    host: '127.0.0.1',
    port: sink.port,
    ignoreTLS: true,
  });
  let next = 0;
  const worker = async () => {
    for (let n = next++; n < messages; n = next++) {
      const who = person(n);
      const data = {
        ...who,
        workspace: { name: 'Skylark', postalAddress: '1 Road' },
        unsubscribeUrl: `https://t.example/u/${n}`,
      };
      const { response } = await transport.sendMail({
        from: FROM,
        to: { name: who.name, address: who.email },
        subject: subject(data),
        html: html(data),
        text: text(data),
        list: { unsubscribe: { url: data.unsubscribeUrl } },
      });
      await db.query({
        name: 'done',
        text: "UPDATE bench_rows SET status = 'accepted', answer = $2 WHERE id = $1",
        values: [n, response],
      });
    }
  };
  const started = performance.now();
  // Two for each connection: one on the wire, one being made.
  await Promise.all(Array.from({ length: connections * 2 }, worker));
  const rate = (messages * 1000) / (performance.now() - started);
  transport.close();
  await db.end();
  return rate;
}

/** Postfix' own load generator: one ready message, nothing rendered, nothing recorded. */
async function smtpSource(sink: Sink, messages: number, connections: number): Promise<number> {
  const size = String(MESSAGE_OCTETS);
  const started = performance.now();
  const child = spawn(
    'smtp-source',
    [
      '-s',
      String(connections),
      '-m',
      String(messages),
      '-l',
      size,
      '-f',
      'a@bench.test',
      '-t',
      'b@bench.test',
      `127.0.0.1:${sink.port}`,
    ],
    { stdio: 'inherit', env: { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin` } },
  );
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`smtp-source ended with ${code}; it comes with Debian's postfix package`);
  return (messages * 1000) / (performance.now() - started);
}
