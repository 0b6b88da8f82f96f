import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Product } from '../../test/support/product.js';

/** Ticks a second of the figures in /proc (proc(5), sysconf(_SC_CLK_TCK)). */
const TICKS = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** Processor time of a process so far with all its threads, user and system, in milliseconds. */
export function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in parentheses may hold anything; utime and stime are fields 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS;
}

/** Processor time of an embedded Postgres so far, of all its processes and of those that are gone, in milliseconds. */
export function postgresCpuMs(cluster: string): number {
  const pid = Number(readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]);
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(Number(name)) === pid);
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  const gone = ((Number(fields[13]) + Number(fields[14])) * 1000) / TICKS; // cutime and cstime
  return children.reduce((sum, child) => sum + cpuMs(Number(child)), cpuMs(pid) + gone);
}

function parentOf(pid: number): number {
  return Number(/PPid:\s+(\d+)/.exec(statusOf(pid))?.[1] ?? 0);
}

/** Processor time of all sender processes of a product together, in milliseconds. */
export function sendersCpuMs(product: Product): number {
  return Object.entries(product.pids())
    .filter(([name]) => name.startsWith('sender-'))
    .reduce((sum, [, pid]) => sum + cpuMs(pid), 0);
}

/** Largest resident memory of a sender process so far, in MB. */
export function sendersPeakMb(product: Product): number {
  return peakMb(
    Object.entries(product.pids())
      .filter(([name]) => name.startsWith('sender-'))
      .map(([, pid]) => pid),
  );
}

/** Largest resident memory of any of the processes so far, in MB; of one that is gone, nothing. */
export function peakMb(pids: readonly number[]): number {
  return Math.max(0, ...pids.map((pid) => Number(/VmHWM:\s+(\d+)/.exec(statusOf(pid))?.[1] ?? 0) / 1024));
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
}
