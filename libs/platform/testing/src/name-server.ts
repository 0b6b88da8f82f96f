import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const TYPES = { A: 1, MX: 15, TXT: 16 } as const;

/** A name server on loopback that answers from a table. */
export interface NameServer {
  /** `address:port`, as the setting DNS_SERVERS takes it. */
  address: string;
  /** By `TXT name`, `MX name` or `A name`; a change holds for the next question. */
  records: Map<string, string[]>;
  /** While set, it answers nobody. */
  silent: boolean;
  close(): Promise<void>;
}

/** Starts a small real DNS server (RFC 1035 over UDP): NXDOMAIN for names that are not in its table. */
export async function startNameServer(): Promise<NameServer> {
  const socket = createSocket('udp4');
  const server: NameServer = {
    address: '',
    records: new Map(),
    silent: false,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
  socket.on('message', (query, from) => {
    if (!server.silent) socket.send(reply(query, server.records), from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  server.address = `127.0.0.1:${socket.address().port}`;
  return server;
}

function reply(query: Buffer, records: ReadonlyMap<string, string[]>): Buffer {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  const name = labels.join('.').toLowerCase();
  const type = query.readUInt16BE(at + 1);
  const known = Object.keys(TYPES) as (keyof typeof TYPES)[];
  const asked = known.find((each) => TYPES[each] === type);
  const values = (asked && records.get(`${asked} ${name}`)) ?? [];
  const exists = known.some((each) => records.has(`${each} ${name}`));
  const header = Buffer.from(query.subarray(0, 12));
  header.writeUInt16BE(exists ? 0x8180 : 0x8183, 2);
  header.writeUInt16BE(values.length, 6);
  header.writeUInt32BE(0, 8);
  const answers = values.map((value) => record(type, encode(type, value)));
  return Buffer.concat([header, query.subarray(12, at + 5), ...answers]);
}

/** A resource record of the name that was asked for, for a minute. */
function record(type: number, data: Buffer): Buffer {
  const head = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, 0]);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

function encode(type: number, value: string): Buffer {
  if (type === TYPES.A) return Buffer.from(value.split('.').map(Number));
  if (type === TYPES.MX) {
    const [priority, host = ''] = value.split(' ');
    return Buffer.concat([Buffer.from([0, Number(priority)]), encodeName(host)]);
  }
  // Strings of at most 255 octets (RFC 1035 section 3.3).
  const strings = value.match(/[^]{1,255}/g) ?? [''];
  return Buffer.concat(strings.map((text) => Buffer.from([text.length, ...Buffer.from(text, 'latin1')])));
}

function encodeName(host: string): Buffer {
  const labels = host.split('.').filter(Boolean);
  return Buffer.concat([
    ...labels.map((label) => Buffer.from([label.length, ...Buffer.from(label)])),
    Buffer.from([0]),
  ]);
}
