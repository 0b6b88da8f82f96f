import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A process, told apart from a later one with the same number by its start time (clock ticks since boot). */
interface ProcessMark {
  pid: number;
  started: string;
}

/** Two supervisors over one data folder would send everything twice: the second is refused. */
export class InstanceLock {
  private constructor(private readonly file: string) {}

  /** @throws Error naming the running instance */
  static take(dataDir: string): InstanceLock {
    mkdirSync(dataDir, { recursive: true });
    const file = path.join(dataDir, 'launcher.lock');
    for (;;) {
      try {
        writeFileSync(file, JSON.stringify(markOf(process.pid)), { flag: 'wx' });
        return new InstanceLock(file);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = readMark(file);
      if (holder && isAlive(holder)) {
        throw new Error(
          `Hongyan already runs over ${dataDir} (process ${holder.pid}). Use that one, stop it, or choose another folder with --data DIR.`,
        );
      }
      rmSync(file, { force: true });
    }
  }

  release(): void {
    rmSync(this.file, { force: true });
  }
}

/** Children of this supervisor, on disk, so that the next start can end those that a kill left behind. */
export class ChildRegister {
  private readonly file: string;
  private readonly children = new Map<string, ProcessMark>();

  constructor(dataDir: string) {
    this.file = path.join(dataDir, 'children.json');
  }

  /** Ends what the last run left behind; by pid *and* start time, so never a stranger. */
  endLeftovers(): number {
    const left = Object.values(readMarks(this.file)).filter(isAlive);
    for (const { pid } of left) process.kill(pid, 'SIGKILL');
    return left.length;
  }

  set(name: string, pid: number): void {
    this.children.set(name, markOf(pid));
    this.save();
  }

  clear(): void {
    this.children.clear();
    this.save();
  }

  private save(): void {
    writeFileSync(this.file, JSON.stringify(Object.fromEntries(this.children)));
  }
}

function markOf(pid: number): ProcessMark {
  return { pid, started: startTime(pid) ?? '' };
}

function isAlive(mark: ProcessMark): boolean {
  const started = startTime(mark.pid);
  return started !== null && started === mark.started;
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

function readMark(file: string): ProcessMark | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessMark;
  } catch {
    return null;
  }
}

function readMarks(file: string): Record<string, ProcessMark> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, ProcessMark>;
  } catch {
    return {};
  }
}
