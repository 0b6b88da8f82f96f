import { once } from 'node:events';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Vault } from '#platform/crypto';
import { Egress } from '#platform/egress';
import { createTestAuthority } from '#platform/testing';
import type { TestAuthority } from '#platform/testing';
import { freshAccessToken, openOAuth, sealOAuth } from './mailbox-oauth.js';

let authority: TestAuthority;
let server: Server;
let asked = 0;
beforeAll(async () => {
  authority = createTestAuthority();
  server = createServer(authority.issue('localhost'), (_, response) => {
    asked += 1;
    response.end(JSON.stringify({ access_token: `at${asked}`, expires_in: 3600, refresh_token: `rt${asked}` }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  authority.remove();
});

it('fetches an access token once, keeps it while it lasts, and keeps a rotated refresh token', async () => {
  const egress = new Egress('127.0.0.0/8', authority.ca);
  const tokenUrl = `https://localhost:${(server.address() as AddressInfo).port}/token`;
  const login = { tokenUrl, clientId: 'us', scope: '', clientSecret: null, refreshToken: 'rt0' };
  const first = await freshAccessToken(egress, login, 0);
  expect(first).toEqual({
    ok: true,
    accessToken: 'at1',
    renewed: { clientSecret: null, refreshToken: 'rt1', accessToken: 'at1', expiresAt: 3_600_000 },
  });
  const stored = { ...login, ...(first.ok && first.renewed) };
  expect(await freshAccessToken(egress, stored, 3_400_000)).toEqual({ ok: true, accessToken: 'at1', renewed: null });
  expect(await freshAccessToken(egress, stored, 3_500_000)).toMatchObject({ accessToken: 'at2' });
  expect(asked).toBe(2);
});

it('is sealed for its own mailbox', () => {
  const vault = new Vault({ bytes: Buffer.alloc(32, 1) });
  const sealed = sealOAuth(vault, '7', { clientSecret: 'cs', refreshToken: 'rt' });
  expect(sealed.toString('latin1')).not.toContain('rt');
  expect(openOAuth(vault, '7', sealed)).toEqual({ clientSecret: 'cs', refreshToken: 'rt' });
  expect(() => openOAuth(vault, '8', sealed)).toThrow();
});
