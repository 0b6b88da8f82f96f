import { BlockList, isIP, isIPv4 } from 'node:net';

/**
 * Networks that are not the public internet: private, loopback, link-local (with the clouds' metadata services),
 * carrier NAT, benchmarks, documentation, multicast and reserved ranges of the IANA special-purpose registries
 * (RFC 6890).
 */
const SPECIAL = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  // IPv6 forms that carry an IPv4 address of anyone's choice: compatible, NAT64, Teredo, 6to4
  '::/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '2001::/32',
  '2002::/16',
  '100::/64',
  '2001:db8::/32',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
];

/** A set of networks in CIDR notation. */
export class NetworkSet {
  private readonly list = new BlockList();

  /** @throws Error naming an entry that is neither an address nor a network. */
  constructor(networks: readonly string[]) {
    for (const network of networks) this.add(network);
  }

  has(address: string): boolean {
    return this.list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
  }

  private add(network: string): void {
    const [address = '', bits] = network.split('/');
    const family = isIP(address);
    const max = family === 4 ? 32 : 128;
    const prefix = bits === undefined ? max : Number(bits);
    if (family === 0 || !Number.isInteger(prefix) || prefix < 0 || prefix > max) {
      throw new Error(`${network} is neither an IP address nor a network such as 10.0.0.0/8.`);
    }
    this.list.addSubnet(address, prefix, family === 4 ? 'ipv4' : 'ipv6');
  }
}

const special = new NetworkSet(SPECIAL);

/** True for an address of the public internet. An IPv4-mapped address is judged as the IPv4 address it carries. */
export function isPublicAddress(address: string): boolean {
  return !special.has(address.replace(/%.*$/, ''));
}
