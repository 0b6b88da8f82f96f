import { readdirSync } from 'node:fs';
import path from 'node:path';

/** Folder of the journal of sender `n`, counted from one. */
export function journalDir(dataDir: string, n: number): string {
  return path.join(dataDir, 'senders', String(n));
}

/** Journals of senders that an earlier run had and this one has not, in the order of their numbers. */
export function abandonedJournals(dataDir: string, senders: number): string[] {
  return present(path.join(dataDir, 'senders'))
    .filter((name) => /^[1-9]\d{0,5}$/.test(name))
    .map(Number)
    .filter((n) => n > senders)
    .sort((a, b) => a - b)
    .map((n) => journalDir(dataDir, n));
}

function present(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // the first start; a folder that can't be read is the senders' own complaint
  }
}
