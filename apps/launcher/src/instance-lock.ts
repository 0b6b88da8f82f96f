import { linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isAlive, markOf, readMark } from './process-mark.js';

/** Two supervisors over one data folder would send everything twice: the second is refused. */
export class InstanceLock {
  private readonly urlFile: string;

  private constructor(private readonly file: string) {
    this.urlFile = path.join(path.dirname(file), 'instance-url');
  }

  /** @throws Error naming the running instance, or why the folder can't be used */
  static take(dataDir: string): InstanceLock {
    const file = path.join(dataDir, 'launcher.lock');
    const own = `${file}.${process.pid}`;
    makeOwn(dataDir, own);
    try {
      // Linked, not written in place: who reads the lock reads it whole.
      while (!link(own, file)) {
        const holder = readMark(file);
        if (holder && isAlive(holder)) throw runsAlready(dataDir, holder.pid);
        setStaleAside(file, dataDir);
      }
      return new InstanceLock(file);
    } finally {
      rmSync(own, { force: true });
    }
  }

  /** Leaves the address of the instance in the data folder, where `npm run demo` finds it. */
  announce(url: string): void {
    writeFileSync(this.urlFile, url);
  }

  release(): void {
    rmSync(this.urlFile, { force: true });
    rmSync(this.file, { force: true });
  }
}

/** Of several starts that see the same stale lock, one may have taken it meanwhile: that one gets it back. */
function setStaleAside(file: string, dataDir: string): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return; // another one was faster
  }
  const holder = readMark(aside);
  const alive = holder !== null && isAlive(holder);
  if (alive) link(aside, file);
  rmSync(aside, { force: true });
  if (alive) throw runsAlready(dataDir, holder.pid);
}

function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function makeOwn(dataDir: string, own: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(own, JSON.stringify(markOf(process.pid)));
  } catch (error) {
    throw new Error(
      `The data folder ${dataDir} can't be written (${(error as NodeJS.ErrnoException).code ?? String(error)}). ` +
        'Give it to the user who starts Hongyan, or choose another folder with --data DIR.',
      { cause: error },
    );
  }
}

function runsAlready(dataDir: string, pid: number): Error {
  return new Error(
    `Hongyan already runs over ${dataDir} (process ${pid}). Use that one, stop it, or choose another folder with --data DIR.`,
  );
}
