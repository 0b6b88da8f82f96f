import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/**
 * A long line: `slow-line-process PORT ROUND_TRIP_MS` passes connections on to a port of loopback, each chunk half a
 * round trip later. A process of its own, so that its work is nobody's. Says `{ port }` when it listens.
 */
const [target = 0, roundTripMs = 0] = process.argv.slice(2).map(Number);

function carry(from: Socket, to: Duplex): void {
  from.setNoDelay(true);
  // Timers of one length fire in the order in which they were set: no chunk overtakes another.
  from.on('data', (chunk) => setTimeout(() => to.writable && to.write(chunk), roundTripMs / 2));
  from.on('close', () => setTimeout(() => to.destroy(), roundTripMs / 2));
  from.on('error', () => undefined);
}

const server = createServer((client) => {
  const upstream = connect(target, '127.0.0.1');
  carry(client, upstream);
  carry(upstream, client);
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit(0));
