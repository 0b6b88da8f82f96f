import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Egress, isPublicAddress } from './index.js';

describe('addresses', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '255.255.255.255',
    '224.0.0.1',
    '::1',
    '::',
    'fe80::1%eth0',
    'fd00:ec2::254',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:a9fe:a9fe',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:0:1::1',
    'fec0::1',
  ])('%s is not public', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['8.8.8.8', '172.15.0.1', '172.32.0.1', '1.1.1.1', '2400:3200::1', '2606:4700::1111', '::ffff:8.8.8.8'])(
    '%s is public',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );
});

describe('Egress', () => {
  it.each(['127.0.0.1', '127.1', '0x7f000001', '2130706433', '017700000001', 'localhost', '::1', '::ffff:127.0.0.1'])(
    'refuses %s however it is written, and says what it is',
    async (host) => {
      const resolved = await new Egress('').resolve(host, 5_000);
      expect(resolved).toMatchObject({ ok: false, diagnosis: 'address-not-allowed' });
    },
  );

  it.each(['127.0.0.0/8', '127.0.0.1', ' 10.0.0.0/8 , 127.0.0.0/8 ', 'localhost'])(
    'connects to localhost where the operator allows "%s"',
    async (allow) => {
      const resolved = await new Egress(allow).resolve('localhost', 5_000);
      expect(resolved).toMatchObject({ ok: true });
      expect((resolved as { addresses: string[] }).addresses).toContain('127.0.0.1');
    },
  );

  it('drops the forbidden addresses of a name that has allowed ones too', async () => {
    const resolved = await new Egress('127.0.0.1').resolve('localhost', 5_000);
    expect(resolved).toEqual({ ok: true, addresses: ['127.0.0.1'] });
  });

  it('names a host that does not exist', async () => {
    const resolved = await new Egress('').resolve('no-such-host.invalid', 20_000);
    expect(resolved).toMatchObject({ ok: false, diagnosis: 'name-not-found' });
  });

  it('tells a closed port from an open one', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const egress = new Egress('127.0.0.1');
    const dialed = await egress.dial(['127.0.0.1'], port, 5_000);
    expect(dialed.ok).toBe(true);
    if (dialed.ok) dialed.socket.destroy();
    await new Promise((resolve) => server.close(resolve));
    expect(await egress.dial(['127.0.0.1'], port, 5_000)).toMatchObject({ ok: false, diagnosis: 'connection-refused' });
  });

  it('refuses a list with something that is no network', () => {
    expect(() => new Egress('10.0.0.0/99')).toThrow('10.0.0.0/99 is neither an IP address nor a network');
  });
});
