import { mkdir, open, readdir, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

/** One append-only file of the log. `firstId` is in its name, so ids go on after the log was cleared. */
export interface Segment {
  path: string;
  firstId: number;
  file: FileHandle;
  size: number;
}

const NAME = /^segment-(\d{15})\.log$/;

/** Opens the segments of a folder, oldest first; makes the folder where it is missing. */
export async function openSegments(dir: string): Promise<Segment[]> {
  await mkdir(dir, { recursive: true });
  const names = (await readdir(dir)).filter((name) => NAME.test(name)).sort();
  const segments: Segment[] = [];
  for (const name of names) {
    const path = join(dir, name);
    segments.push({ path, firstId: Number(NAME.exec(name)![1]), file: await open(path, 'r+'), size: 0 });
  }
  return segments;
}

/** Begins an empty segment whose first record will have the id `firstId`. */
export async function createSegment(dir: string, firstId: number): Promise<Segment> {
  const path = join(dir, `segment-${String(firstId).padStart(15, '0')}.log`);
  return { path, firstId, file: await open(path, 'w+'), size: 0 };
}

/** Closes and deletes a segment; a read that is under way ends first. */
export async function dropSegment(segment: Segment): Promise<void> {
  await segment.file.close();
  await unlink(segment.path);
}
