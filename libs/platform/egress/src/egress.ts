import { lookup } from 'node:dns';
import { connect, isIP, isIPv6 } from 'node:net';
import type { LookupFunction, Socket } from 'node:net';
import { connect as connectTls, rootCertificates } from 'node:tls';
import type { ConnectionOptions, TLSSocket } from 'node:tls';
import { diagnoseConnect, diagnoseTls } from './diagnose.js';
import type { EgressFailure } from './diagnose.js';
import { NetworkSet, isPublicAddress } from './networks.js';

export type Resolved = { ok: true; addresses: string[] } | EgressFailure;

/**
 * The one door for connections that a user's input names (mail hosts of accounts and mailboxes). A name is resolved
 * once, its addresses are checked, and the connection goes to the checked address, so that a second look-up can't lead
 * elsewhere. Private, loopback, link-local and metadata addresses are refused unless the operator allows them.
 */
export class Egress {
  private readonly networks: NetworkSet;
  private readonly names: ReadonlySet<string>;

  /**
   * @param allow the setting EGRESS_ALLOW: comma-separated host names, addresses and networks
   * @param ca further trusted certificate authorities, PEM
   */
  constructor(
    allow: string,
    private readonly ca: string | null = null,
  ) {
    const entries = allow.split(',').map((entry) => entry.trim().toLowerCase());
    const isNetwork = (entry: string) => isIP(entry.split('/')[0] ?? '') !== 0;
    this.networks = new NetworkSet(entries.filter(isNetwork));
    this.names = new Set(entries.filter((entry) => entry && !isNetwork(entry)));
  }

  /** Addresses of a host that may be connected to. Odd notations (`127.1`, `0x7f000001`) are judged by their address. */
  async resolve(host: string, timeoutMs: number): Promise<Resolved> {
    const found = await lookUp(host, timeoutMs);
    if (!found.ok) return found;
    const trusted = this.names.has(host.toLowerCase());
    const addresses = found.addresses.filter(
      (address) => trusted || isPublicAddress(address) || this.networks.has(address),
    );
    if (addresses.length > 0) return { ok: true, addresses };
    return {
      ok: false,
      diagnosis: 'address-not-allowed',
      detail: found.addresses.filter((address) => address !== host).join(', '),
    };
  }

  /** Connects to one of the checked addresses. */
  dial(
    addresses: readonly string[],
    port: number,
    timeoutMs: number,
  ): Promise<{ ok: true; socket: Socket } | EgressFailure> {
    return new Promise((resolve) => {
      const socket = connect({
        host: addresses[0] ?? '',
        port,
        lookup: pinned(addresses),
        ...(addresses.length > 1 ? { host: 'pinned.invalid', autoSelectFamily: true } : {}),
      });
      const fail = (error: NodeJS.ErrnoException) => {
        clearTimeout(timer);
        socket.destroy();
        resolve(diagnoseConnect(error));
      };
      const timer = setTimeout(
        () => fail(Object.assign(new Error('The connection attempt timed out.'), { code: 'ETIMEDOUT' })),
        timeoutMs,
      );
      socket.once('error', fail);
      socket.once('connect', () => {
        clearTimeout(timer);
        socket.off('error', fail);
        // Whoever takes the socket sets its own listener at once; until then a reset must not end the process.
        socket.on('error', () => undefined);
        socket.setNoDelay(true);
        socket.setKeepAlive(true, 30_000);
        resolve({ ok: true, socket });
      });
    });
  }

  /** TLS options for a host: certificate and name are checked against `host`, TLS 1.2 at least. */
  tlsOptions(host: string): ConnectionOptions {
    return {
      host,
      ...(isIP(host) ? {} : { servername: host }),
      minVersion: 'TLSv1.2',
      rejectUnauthorized: true,
      ...(this.ca ? { ca: [...rootCertificates, this.ca] } : {}),
    };
  }

  /** Starts TLS on a connected socket. */
  secure(socket: Socket, host: string, timeoutMs: number): Promise<{ ok: true; socket: TLSSocket } | EgressFailure> {
    return new Promise((resolve) => {
      const secured = connectTls({ ...this.tlsOptions(host), socket });
      const fail = (error: NodeJS.ErrnoException) => {
        clearTimeout(timer);
        secured.destroy();
        resolve(diagnoseTls(error));
      };
      const timer = setTimeout(
        () => fail(Object.assign(new Error('The TLS handshake timed out.'), { code: 'ETIMEDOUT' })),
        timeoutMs,
      );
      const closed = () => fail(new Error('The connection was closed during the TLS handshake.'));
      secured.once('error', fail);
      secured.once('close', closed);
      secured.once('secureConnect', () => {
        clearTimeout(timer);
        secured.off('error', fail);
        secured.off('close', closed);
        secured.on('error', () => undefined);
        resolve({ ok: true, socket: secured });
      });
    });
  }
}

/** A look-up that answers what was checked, whatever the name says by now. */
export function pinned(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
  return (_host, options, callback) => {
    if (options.all) callback(null, all);
    else callback(null, all[0]?.address ?? '', all[0]?.family);
  };
}

function lookUp(host: string, timeoutMs: number): Promise<Resolved> {
  return new Promise((resolve) => {
    const timer = setTimeout(
      () =>
        resolve({ ok: false, diagnosis: 'timed-out', detail: `Resolving ${host} took longer than ${timeoutMs} ms.` }),
      timeoutMs,
    );
    lookup(host, { all: true }, (error, found) => {
      clearTimeout(timer);
      if (error || found.length === 0) {
        const detail = `The name ${host} could not be resolved (${error?.code ?? 'no address'}).`;
        resolve({ ok: false, diagnosis: 'name-not-found', detail });
      } else resolve({ ok: true, addresses: found.map(({ address }) => address) });
    });
  });
}
