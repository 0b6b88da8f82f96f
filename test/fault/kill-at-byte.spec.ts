import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { ApiClient } from '../support/api-client.js';
import {
  addAccount,
  addresses,
  expectExact,
  importContacts,
  startCampaign,
  untilStatus,
} from '../support/campaigns.js';
import { setUp, startProduct } from '../support/product.js';
import type { Product } from '../support/product.js';
import { startRecordingSink } from '../support/recording-sink.js';
import type { RecordingSink } from '../support/recording-sink.js';
import { until } from '../support/until.js';

const RECIPIENTS = 1_000;
const CONNECTIONS = 6;
/** Bytes from the sender after which it is killed; its successor soon after it has begun, at any byte of a dialogue. */
const OFFSETS = [
  100_000 + Math.floor(Math.random() * 200_000),
  1 + Math.floor(Math.random() * 5_000),
  1 + Math.floor(Math.random() * 60_000),
];

let product: Product;
let api: ApiClient;
let sink: RecordingSink;
let wire: Server;
const killed: number[] = [];
beforeAll(async () => {
  sink = await startRecordingSink();
  wire = createServer(pass).listen(0, '127.0.0.1');
  product = await startProduct();
  api = await setUp(product);
  await addAccount(api, (wire.address() as AddressInfo).port, { connections: CONNECTIONS });
});
afterAll(async () => {
  await product?.stop();
  wire?.close();
  await sink?.close();
});

/** Bytes of the present sender so far; what comes behind its last one is not passed on. */
let passed = 0;
function pass(client: Socket): void {
  const upstream = connect(sink.port, '127.0.0.1');
  const victim = product.pids()['sender-1'] as number;
  client.on('data', (chunk: Buffer) => {
    const left = (OFFSETS[killed.length] ?? Infinity) - passed;
    if (killed.includes(victim)) return;
    passed += chunk.length;
    upstream.write(chunk.subarray(0, left));
    if (chunk.length < left) return;
    process.kill(victim, 'SIGKILL');
    killed.push(victim);
    passed = 0;
  });
  client.on('close', () => upstream.end());
  upstream.on('data', (chunk) => client.writable && client.write(chunk));
  upstream.on('close', () => client.destroy());
  for (const socket of [client, upstream]) socket.on('error', () => undefined);
}

it('a sender killed at any byte of the wire, and its successors as soon as they begin, lose and double nobody', async () => {
  process.stdout.write(`kill-at-byte: after ${OFFSETS.join(', ')} bytes\n`);
  const campaign = await startCampaign(api, await importContacts(api, addresses(RECIPIENTS)));
  await until(() => killed.length === OFFSETS.length, {
    what: 'every kill',
    timeoutMs: 90_000,
    detail: () => product.output(),
  });
  expect(sink.messages().length).toBeLessThan(RECIPIENTS);
  await untilStatus(product, api, campaign, 'sent');
  const counts = await expectExact(product, api, campaign, sink);
  expect((counts.accepted ?? 0) + (counts.uncertain ?? 0)).toBe(RECIPIENTS);
  expect(counts.uncertain ?? 0).toBeLessThanOrEqual(OFFSETS.length * CONNECTIONS);
});
