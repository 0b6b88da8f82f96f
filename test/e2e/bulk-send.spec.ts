import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startPostfixSink } from '#platform/testing';
import type { PostfixSink } from '#platform/testing';
import type { ApiClient } from '../support/api-client.js';
import {
  DOMAIN,
  addAccount,
  addresses,
  countBy,
  importContacts,
  ledger,
  startCampaign,
  untilStatus,
} from '../support/campaigns.js';
import { dkimSignedFields, dkimVerifies } from '../support/dkim.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';

const RECIPIENTS = 5_000;

let product: Product;
let api: ApiClient;
let sink: PostfixSink;
let dumps: string;
let dnsRecord: string;
beforeAll(async () => {
  dumps = await mkdtemp(path.join(tmpdir(), 'hongyan-dump-'));
  await chmod(dumps, 0o777); // smtp-sink writes as nobody
  sink = await startPostfixSink(['-d', `${dumps}/m.`]);
  product = await startProduct();
  api = await setUp(product);
  await addAccount(api, sink.port, { connections: 8 });
  const { records } = await api.post('/sending-domains', { domain: 'brand.hongyan-e2e.org' });
  dnsRecord = records.find((record: { kind: string }) => record.kind === 'dkim').value;
});
afterAll(async () => {
  await product?.stop();
  await sink?.close();
  await rm(dumps, { recursive: true, force: true });
});

/** A dumped transaction: what smtp-sink notes of the envelope, and the message as it came. */
function readDump(name: string): { from: string; to: string; message: string } {
  const raw = readFileSync(path.join(dumps, name), 'latin1');
  const note = (field: string) => new RegExp(`^${field}: <([^>]*)>`, 'm').exec(raw)?.[1] ?? '';
  const received = /^Received: (?:.*\n[ \t])*.*\n/m.exec(raw);
  const message = raw.slice((received?.index ?? 0) + (received?.[0].length ?? 0)).replaceAll('\n', '\r\n');
  return { from: note('X-Mail-Args'), to: note('X-Rcpt-Args'), message };
}

function headerOf(message: string, name: string): string {
  const head = message.slice(0, message.indexOf('\r\n\r\n'));
  const fields = head
    .split(/\r\n(?![ \t])/)
    .filter((field) => field.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  expect({ name, times: fields.length }).toEqual({ name, times: 1 });
  return (fields[0] ?? '')
    .slice(name.length + 1)
    .replace(/\r\n/g, '')
    .trim();
}

const decodeWords = (text: string) =>
  text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?b\?([^?]*)\?=/gi, (_, data: string) => Buffer.from(data, 'base64').toString())
    .replace(/=\?utf-8\?q\?([^?]*)\?=/gi, (_, data: string) =>
      Buffer.from(
        data
          .replaceAll('_', ' ')
          .replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16))),
        'latin1',
      ).toString(),
    );

it('5,000 recipients are 5,000 rows accepted, 5,000 messages at the server, each its own and complete', async () => {
  const list = await importContacts(api, addresses(RECIPIENTS));
  const startedAt = Date.now();
  const campaign = await startCampaign(api, list);
  await untilStatus(product, api, campaign, 'sent', 150_000);
  process.stdout.write(`bulk-send: ${Math.round((RECIPIENTS / (Date.now() - startedAt)) * 1_000)} messages/s\n`);

  const rows = await ledger(product, campaign);
  expect(countBy(rows.map((row) => row.status))).toEqual({ accepted: RECIPIENTS });
  const { counts } = await api.get(`/campaigns/${campaign}/report`);
  expect(counts).toMatchObject({ candidates: RECIPIENTS, prepared: RECIPIENTS, excluded: 0, accepted: RECIPIENTS });
  const files = readdirSync(dumps);
  expect(files).toHaveLength(RECIPIENTS);
  const dumped = files.map(readDump);
  expect(new Set(dumped.map((dump) => dump.to)).size).toBe(RECIPIENTS);
  expect(new Set(dumped.map((dump) => dump.from)).size).toBe(RECIPIENTS); // one return path each (VERP)
  expect(new Set(dumped.map((dump) => headerOf(dump.message, 'Message-ID'))).size).toBe(RECIPIENTS);

  for (const dump of [dumped[0], dumped[2_499], dumped[4_999]]) expectComplete(dump!);
});

function expectComplete({ from, to, message }: { from: string; to: string; message: string }): void {
  const number = Number(/^r(\d+)@/.exec(to)?.[1]);
  const name = `收件人 ${number}`;
  expect(to).toBe(`r${String(number).padStart(5, '0')}@${DOMAIN}`);
  expect(from).toMatch(/^b\.[a-z2-7]+@bounces\.hongyan-e2e\.org$/);
  expect(decodeWords(headerOf(message, 'Subject'))).toBe(`你好，${name}`);
  expect(decodeWords(headerOf(message, 'From'))).toMatch(/^"?鸿雁"? <news@brand\.hongyan-e2e\.org>$/);
  expect(headerOf(message, 'To')).toContain(`<${to}>`);
  expect(Math.abs(Date.parse(headerOf(message, 'Date')) - Date.now())).toBeLessThan(300_000);
  expect(headerOf(message, 'Message-ID')).toMatch(/^<m\.[a-z2-7]+@brand\.hongyan-e2e\.org>$/);
  expect(headerOf(message, 'MIME-Version')).toBe('1.0');
  // RFC 8058: both headers, and both under the signature.
  expect(headerOf(message, 'List-Unsubscribe')).toMatch(
    /^<http:\/\/localhost:\d+\/u\/[^>]+>, ?<mailto:u\.[a-z2-7]+@bounces\.hongyan-e2e\.org[^>]*>$/,
  );
  expect(headerOf(message, 'List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click');
  expect(dkimSignedFields(message)).toEqual(
    expect.arrayContaining(['from', 'list-unsubscribe', 'list-unsubscribe-post']),
  );
  expect(dkimVerifies(message, dnsRecord)).toBe(true);
  expect(dkimVerifies(message.replace('List-Unsubscribe=One-Click', 'List-Unsubscribe=One-click'), dnsRecord)).toBe(
    false,
  );
  // RFC 5322 section 2.1.1: ASCII header, lines of at most 998, ours of at most 78 where they can be folded.
  for (const line of message.split('\r\n')) expect(line.length).toBeLessThanOrEqual(998);
  expect(message.slice(0, message.indexOf('\r\n\r\n'))).toMatch(/^[\x09\x0d\x0a\x20-\x7e]*$/);
}
