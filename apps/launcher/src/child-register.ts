import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, markOf } from './process-mark.js';
import type { ProcessMark } from './process-mark.js';

/** A killed process is gone after this, unless the kernel itself hangs on its disk. */
const GONE_MS = 10_000;

/** Children of this supervisor, on disk, so that the next start can end those that a kill left behind. */
export class ChildRegister {
  private readonly file: string;
  private readonly children = new Map<string, ProcessMark>();

  constructor(dataDir: string) {
    this.file = path.join(dataDir, 'children.json');
  }

  /**
   * Ends what the last run left behind and waits until it is gone: its ports and journals are free then.
   * By pid *and* start time, so never a stranger.
   */
  async endLeftovers(): Promise<number> {
    const left = Object.values(readMarks(this.file)).filter(isAlive);
    for (const { pid } of left) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // ended between the look and the kill
      }
    }
    for (const deadline = Date.now() + GONE_MS; left.some(isAlive) && Date.now() < deadline;) await sleep(20);
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

  /** Renamed into place: a kill in the middle leaves the old register, not half a one. */
  private save(): void {
    writeFileSync(`${this.file}.new`, JSON.stringify(Object.fromEntries(this.children)));
    renameSync(`${this.file}.new`, this.file);
  }
}

function readMarks(file: string): Record<string, ProcessMark> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, ProcessMark>;
  } catch {
    return {};
  }
}
