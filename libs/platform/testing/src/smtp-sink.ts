import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Postfix' own test server: takes every message and drops it. */
export interface PostfixSink {
  port: number;
  close(): Promise<void>;
}

const PLACES = ['/usr/sbin/smtp-sink', '/usr/lib/postfix/sbin/smtp-sink', '/usr/libexec/postfix/smtp-sink'];

/**
 * Starts Postfix' `smtp-sink` on a free loopback port.
 * @param options further flags of smtp-sink(1), such as `-p` (no pipelining)
 * @throws Error naming the package when smtp-sink is not installed
 */
export async function startPostfixSink(options: readonly string[] = []): Promise<PostfixSink> {
  const program = PLACES.find((place) => existsSync(place));
  if (!program) throw new Error('smtp-sink is missing: install Debian’s package postfix.');
  const port = await freePort();
  const user = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const child = spawn(program, [...user, ...options, `127.0.0.1:${port}`, '100'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await untilListening(port, () => child.exitCode !== null && `smtp-sink ended: ${stderr}`);
  return {
    port,
    async close() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** A loopback port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

/** Waits until something accepts connections on a loopback port; at most ten seconds. */
export async function untilListening(port: number, hasFailed: () => string | false): Promise<void> {
  const expired = Date.now() + 10_000;
  for (;;) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => (socket.destroy(), resolve(true)));
      socket.once('error', () => resolve(false));
    });
    if (open) return;
    const failure = hasFailed();
    if (failure) throw new Error(failure);
    if (Date.now() > expired) throw new Error(`Nothing listens on port ${port} after ten seconds.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
