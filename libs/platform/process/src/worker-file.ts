import { existsSync } from 'node:fs';

/**
 * Address of a worker's file beside its caller: `workerFile('./parse-worker.js', import.meta.url)`. Where the caller
 * runs from the sources, as under the test runner, a thread can't; it gets the file of the build.
 */
export function workerFile(file: string, caller: string): string {
  const beside = new URL(file, caller);
  if (existsSync(beside)) return beside.href;
  return beside.href.replace(/\/(apps|libs)\/(?!.*\/(?:apps|libs)\/)/, '/dist/$1/');
}
