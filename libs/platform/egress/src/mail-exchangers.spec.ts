import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import { once } from 'node:events';
import { MailExchangerLookup } from './index.js';

/** A name server that knows two domains and keeps silent about a third. */
let server: Socket;
let lookup: MailExchangerLookup;
beforeAll(async () => {
  server = createSocket('udp4');
  server.on('message', (query, from) => {
    const reply = answer(query);
    if (reply) server.send(reply, from.port, from.address);
  });
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  lookup = new MailExchangerLookup(500, [`127.0.0.1:${server.address().port}`]);
});
afterAll(() => void server.close());

const RECORDS: Record<string, [number, string][]> = {
  'firm.example': [
    [20, 'MXBIZ2.qq.com'],
    [10, 'mxbiz1.qq.com'],
  ],
  'null.example': [[0, '']],
  'bare.example': [],
  'empty.example': [],
};

/** RFC 1035 section 4: the question as it came, and MX records where there are any; NXDOMAIN otherwise. */
function answer(query: Buffer): Buffer | null {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  const name = labels.join('.').toLowerCase();
  if (name === 'silent.example') return null;
  const type = query.readUInt16BE(at + 1);
  if (type === 1 && name === 'bare.example') return addressOf(query, at);
  const records = type === 15 || !RECORDS[name] ? RECORDS[name] : [];
  const header = Buffer.from(query.subarray(0, 12));
  header.writeUInt16BE(records ? 0x8180 : 0x8183, 2);
  header.writeUInt16BE(records?.length ?? 0, 6);
  header.writeUInt32BE(0, 8);
  const data = (records ?? []).map(([priority, exchange]) => {
    const encoded = Buffer.concat([
      ...exchange
        .split('.')
        .filter(Boolean)
        .map((label) => Buffer.from([label.length, ...Buffer.from(label)])),
      Buffer.from([0]),
    ]);
    const record = Buffer.from([0xc0, 12, 0, 15, 0, 1, 0, 0, 0, 60, 0, encoded.length + 2, 0, priority]);
    return Buffer.concat([record, encoded]);
  });
  return Buffer.concat([header, query.subarray(12, at + 5), ...data]);
}

/** An A record. */
function addressOf(query: Buffer, at: number): Buffer {
  const header = Buffer.from(query.subarray(0, 12));
  header.writeUInt16BE(0x8180, 2);
  header.writeUInt16BE(1, 6);
  header.writeUInt32BE(0, 8);
  const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1]);
  return Buffer.concat([header, query.subarray(12, at + 5), record]);
}

it('names a domain’s mail exchangers, the most preferred first', async () => {
  expect(await lookup.lookUp('firm.example')).toEqual({
    ok: true,
    names: ['mxbiz1.qq.com', 'mxbiz2.qq.com'],
    mail: 'exchangers',
  });
});

it('has none for a domain that takes no mail (RFC 7505), and says when there is no such domain', async () => {
  expect(await lookup.lookUp('null.example')).toEqual({ ok: true, names: [], mail: 'refused' });
  expect(await lookup.lookUp('nobody.example')).toMatchObject({ ok: false, reason: 'no-such-domain' });
});

it('without MX looks for an address, which takes the mail then', async () => {
  expect(await lookup.lookUp('bare.example')).toEqual({ ok: true, names: [], mail: 'address' });
  expect(await lookup.lookUp('empty.example')).toEqual({ ok: true, names: [], mail: 'nothing' });
});

it('gives up on a name server that does not answer', async () => {
  const asked = Date.now();
  expect(await lookup.lookUp('silent.example')).toMatchObject({ ok: false, reason: 'no-answer' });
  expect(Date.now() - asked).toBeLessThan(5_000);
});
