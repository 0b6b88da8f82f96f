import { spawn } from 'node:child_process';
import { once } from 'node:events';
import Handlebars from 'handlebars';
import nodemailer from 'nodemailer';
import type { SendMailOptions } from 'nodemailer';
import pg from 'pg';
import type { Product } from '../../test/support/product.js';
import { FROM } from './campaign.js';
import { SOURCE, person } from './content.js';

const MESSAGE_OCTETS = 25_000;

/**
 * What a program with nodemailer does: render each message, send it over the pool, update its row. Its best settings:
 * one connection pool without a limit of messages, and always a message ready behind the one on the wire.
 * @returns messages a second
 */
export async function nodemailerPool(
  product: Product,
  port: number,
  messages: number,
  connections: number,
): Promise<number> {
  const db = new pg.Pool({ connectionString: product.databaseUrl(), max: connections });
  await db.query(
    'CREATE TABLE bench_rows AS SELECT n AS id, NULL::text AS status, NULL::text AS answer FROM generate_series(0, $1::int - 1) n',
    [messages],
  );
  await db.query('ALTER TABLE bench_rows ADD PRIMARY KEY (id)');
  const compose = composer();
  const transport = nodemailer.createTransport({
    pool: true,
    maxConnections: connections,
    maxMessages: Infinity,
    host: '127.0.0.1',
    port,
    ignoreTLS: true,
  });
  let next = 0;
  const worker = async () => {
    for (let n = next++; n < messages; n = next++) {
      const { response } = await transport.sendMail(compose(n));
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

function composer(): (n: number) => SendMailOptions {
  const engine = Handlebars.create();
  engine.registerHelper('default', (value: unknown, otherwise: unknown) => value || otherwise);
  const subject = engine.compile(SOURCE.subject, { noEscape: true });
  const html = engine.compile(SOURCE.html);
  const text = engine.compile(SOURCE.text, { noEscape: true });
  return (n) => {
    const who = person(n);
    const unsubscribeUrl = `https://t.example/u/${n}`;
    const data = { ...who, workspace: { name: 'Skylark', postalAddress: '1 Road' }, unsubscribeUrl };
    return {
      from: FROM,
      to: { name: who.name, address: who.email },
      subject: subject(data),
      html: html(data),
      text: text(data),
      list: { unsubscribe: { url: unsubscribeUrl } },
    };
  };
}

/** Postfix' own load generator: one ready message, nothing rendered, nothing recorded. @returns messages a second */
export async function smtpSource(port: number, messages: number, connections: number): Promise<number> {
  const flags = { '-s': connections, '-m': messages, '-l': MESSAGE_OCTETS, '-f': 'a@bench.test', '-t': 'b@bench.test' };
  const args = [...Object.entries(flags).flat().map(String), `127.0.0.1:${port}`];
  const started = performance.now();
  const child = spawn('smtp-source', args, {
    stdio: 'inherit',
    env: { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin` },
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`smtp-source ended with ${code}; it comes with Debian's postfix package`);
  return (messages * 1000) / (performance.now() - started);
}
