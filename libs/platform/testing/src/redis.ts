import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort, untilListening } from './smtp-sink.js';

/** A Redis of its own, in memory, on loopback. */
export interface RedisServer {
  port: number;
  url: string;
  close(): Promise<void>;
}

const PROGRAM = '/usr/bin/redis-server';

/**
 * Starts Debian's redis-server on loopback.
 * @param given.port to come back where it was; a free one when absent
 * @param given.settings further settings of redis.conf as flags, such as `--maxmemory 4mb`
 * @throws Error naming the package when redis-server is not installed
 */
export async function startRedis(given: { port?: number; settings?: string[] } = {}): Promise<RedisServer> {
  if (!existsSync(PROGRAM)) throw new Error('redis-server is missing: install Debian’s package redis-server.');
  const port = given.port ?? (await freePort());
  const dir = await mkdtemp(path.join(tmpdir(), 'hongyan-redis-'));
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, '--save', '', '--appendonly', 'no'];
  const child = spawn(PROGRAM, [...settings, ...(given.settings ?? [])], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const close = async () => {
    child.kill('SIGKILL');
    await ended;
    await rm(dir, { recursive: true, force: true });
  };
  try {
    await untilListening(port, () => child.exitCode !== null && `redis-server ended: ${output}`);
  } catch (error) {
    await close();
    throw error;
  }
  return { port, url: `redis://127.0.0.1:${port}`, close };
}
