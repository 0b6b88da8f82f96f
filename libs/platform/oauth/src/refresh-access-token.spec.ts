import { once } from 'node:events';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Egress } from '#platform/egress';
import { createTestAuthority, freePort } from '#platform/testing';
import type { TestAuthority } from '#platform/testing';
import { refreshAccessToken } from './index.js';

let authority: TestAuthority;
let server: Server;
let url: string;
let egress: Egress;
let answer: { status: number; body: string };
let asked: URLSearchParams;

beforeAll(async () => {
  authority = createTestAuthority();
  egress = new Egress('127.0.0.0/8', authority.ca);
  server = createServer(authority.issue('localhost'), (request, response) => {
    let form = '';
    request.on('data', (part: Buffer) => (form += part.toString()));
    request.on('end', () => {
      asked = new URLSearchParams(form);
      response.writeHead(answer.status, { 'content-type': 'application/json', location: 'https://evil.example/' });
      response.end(answer.body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `https://localhost:${(server.address() as AddressInfo).port}/token`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  authority.remove();
});

const grant = () => ({ tokenUrl: url, clientId: 'us', clientSecret: 'cs', refreshToken: 'rt', scope: 'mail' });
const refresh = (change: object = {}, by = egress) => refreshAccessToken(by, { ...grant(), ...change }, 5_000);

it('asks as the standard says and takes a rotated refresh token', async () => {
  answer = { status: 200, body: '{"access_token":"at","expires_in":1800,"refresh_token":"rt2"}' };
  expect(await refresh()).toEqual({ ok: true, accessToken: 'at', expiresIn: 1800, refreshToken: 'rt2' });
  expect(Object.fromEntries(asked)).toEqual({
    grant_type: 'refresh_token',
    refresh_token: 'rt',
    client_id: 'us',
    client_secret: 'cs',
    scope: 'mail',
  });
  answer = { status: 200, body: '{"access_token":"at"}' };
  expect(await refresh({ clientSecret: null, scope: '' })).toMatchObject({ expiresIn: 3600, refreshToken: null });
  expect([...asked.keys()]).toEqual(['grant_type', 'refresh_token', 'client_id']);
});

it.each([
  [400, '{"error":"invalid_grant","error_description":"Token has been revoked."}', 'token-refused', 'revoked'],
  [401, '{"error":"invalid_client"}', 'token-refused', 'invalid_client'],
  [302, '', 'service-unavailable', '302'],
  [503, 'busy', 'service-unavailable', '503'],
  [200, '<html>', 'service-unavailable', '200'],
  [200, 'x'.repeat(100_000), 'service-unavailable', 'too much'],
])('%d %.20s is %s', async (status, body, diagnosis, words) => {
  answer = { status, body };
  expect(await refresh()).toEqual({ ok: false, diagnosis, detail: expect.stringContaining(words) });
});

it('goes nowhere else than to what was checked', async () => {
  expect(await refresh({}, new Egress(''))).toMatchObject({ ok: false, diagnosis: 'address-not-allowed' });
  expect(await refresh({}, new Egress('127.0.0.0/8'))).toMatchObject({ ok: false, diagnosis: 'certificate-untrusted' });
  expect(await refresh({ tokenUrl: url.replace('https', 'http') })).toMatchObject({
    ok: false,
    diagnosis: 'tls-failed',
  });
  const tokenUrl = `https://localhost:${await freePort()}/`;
  expect(await refresh({ tokenUrl })).toMatchObject({ ok: false, diagnosis: 'connection-refused' });
});
