import { readFileSync } from 'node:fs';

/** A process, told apart from a later one with the same number by its start time (clock ticks since boot). */
export interface ProcessMark {
  pid: number;
  started: string;
}

export function markOf(pid: number): ProcessMark {
  return { pid, started: startTime(pid) ?? '' };
}

export function isAlive(mark: ProcessMark): boolean {
  const started = startTime(mark.pid);
  return started !== null && started === mark.started;
}

/** The mark in a file; null when there is none that can be read. */
export function readMark(file: string): ProcessMark | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessMark;
  } catch {
    return null;
  }
}

/** Field 22 of /proc/<pid>/stat (proc(5)), counted after the last parenthesis: the name may contain anything. */
function startTime(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}
