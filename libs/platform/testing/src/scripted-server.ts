import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** The server's side of one connection, byte by byte. Every wait fails after five seconds. */
export class ScriptedPeer {
  /** Everything the client has sent so far. */
  received = '';
  private wake: (() => void) | null = null;
  private ended = false;

  constructor(private readonly socket: Socket) {
    const wake = () => this.wake?.();
    socket.on('data', (chunk) => {
      this.received += chunk.toString('latin1');
      wake();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.ended = true;
      wake();
    });
  }

  /** Writes these bytes; line ends are the script's own affair. */
  say(text: string): void {
    this.socket.write(text, 'latin1');
  }

  /** Takes what the client has sent up to and including `mark`. */
  async until(mark: string): Promise<string> {
    const expired = Date.now() + 5_000;
    for (;;) {
      const at = this.received.indexOf(mark);
      if (at >= 0) {
        const taken = this.received.slice(0, at + mark.length);
        this.received = this.received.slice(at + mark.length);
        return taken;
      }
      if (this.ended) throw new Error(`closed before ${JSON.stringify(mark)}; got ${JSON.stringify(this.received)}`);
      if (Date.now() > expired) throw new Error(`no ${JSON.stringify(mark)}; got ${JSON.stringify(this.received)}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 5_000);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  /** Takes one line without its end. */
  async line(): Promise<string> {
    return (await this.until('\r\n')).slice(0, -2);
  }

  /** Closes in order (FIN). */
  end(): void {
    this.socket.end();
  }

  /** Cuts the connection (RST). */
  cut(): void {
    this.socket.resetAndDestroy();
  }

  /** Resolves when the client has closed its side. */
  async closed(): Promise<void> {
    if (!this.ended) await new Promise<void>((resolve) => this.socket.once('close', () => resolve()));
  }
}

export interface ScriptedServer {
  port: number;
  /** Connections taken so far. */
  connections: number;
  /** Errors of scripts that did not get what they waited for. */
  failures: Error[];
  close(): Promise<void>;
}

/** A server whose every byte the test writes: one script run per connection, on a free loopback port. */
export async function startScriptedServer(
  script: (peer: ScriptedPeer, connection: number) => Promise<void> | void,
): Promise<ScriptedServer> {
  const sockets = new Set<Socket>();
  const started: ScriptedServer = { port: 0, connections: 0, failures: [], close };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    started.connections += 1;
    Promise.resolve(script(new ScriptedPeer(socket), started.connections)).catch((error: Error) =>
      started.failures.push(error),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  started.port = (server.address() as AddressInfo).port;
  return started;

  async function close(): Promise<void> {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}
