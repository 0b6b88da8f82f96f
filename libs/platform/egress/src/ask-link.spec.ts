import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { Egress, askLink } from './index.js';

let server: Server;
let base: string;
const seen: string[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    if (request.url === '/moved') response.writeHead(301, { location: '/here' });
    else if (request.url === '/round') response.writeHead(302, { location: '/round' });
    else if (request.url === '/no-head') response.writeHead(request.method === 'HEAD' ? 405 : 200);
    else response.writeHead(request.url === '/here' ? 200 : 404);
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const egress = new Egress('127.0.0.0/8');

it.each([
  ['/here', { ok: true, status: 200, hops: 0 }],
  ['/moved', { ok: true, status: 200, hops: 1 }],
  ['/gone', { ok: true, status: 404, hops: 0 }],
  ['/no-head', { ok: true, status: 200, hops: 0 }],
  ['/round', { ok: false, reason: 'loop' }],
])('asks for %s', async (path, expected) => {
  expect(await askLink(egress, base + path)).toMatchObject(expected);
});

it('asks with HEAD first, and reaches nothing that the egress refuses', async () => {
  seen.length = 0;
  await askLink(egress, `${base}/no-head`);
  expect(seen).toEqual(['HEAD /no-head', 'GET /no-head']);
  expect(await askLink(new Egress(''), `${base}/here`)).toEqual({ ok: false, reason: 'not-allowed' });
  expect(seen).toHaveLength(2);
});

it('a port where nobody listens refuses', async () => {
  expect(await askLink(egress, 'http://127.0.0.1:1/')).toEqual({ ok: false, reason: 'refused' });
});

it('a name that is denied is believed only where the DNS knows one that there is', async () => {
  const known = await egress.resolve('example.com', 6_000);
  const reason = known.ok || known.diagnosis === 'address-not-allowed' ? 'no-such-host' : 'no-answer';
  expect(await askLink(egress, 'http://no-such-host.invalid/')).toEqual({ ok: false, reason });
}, 30_000);
