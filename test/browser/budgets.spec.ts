import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/** What `npm run build:admin` made, as apps/api serves it. */
const ROOT = path.resolve('dist/admin');
const SHELL = 320_000;
const EDITOR = 260_000;
const CHARTS = 270_000;

const assets = readdirSync(path.join(ROOT, 'assets'));

/** Bytes over the wire. */
function gzipped(...files: string[]): number {
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(path.join(ROOT, file))).length, 0);
}

/** A file and everything it imports before it runs, without what it only loads later. */
function withImports(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const code = readFileSync(path.join(ROOT, file), 'utf8');
  for (const [, name] of code.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([\w.-]+\.js)["']/g)) {
    withImports(`assets/${name}`, seen);
  }
  return seen;
}

/** Files of the shell: what the page names, and what those import. */
function shell(): Set<string> {
  const page = readFileSync(path.join(ROOT, 'index.html'), 'utf8');
  const named = [...page.matchAll(/(?:src|href)="\/(assets\/[\w.-]+\.(?:js|css))"/g)].map((match) => match[1]!);
  const files = new Set(named.filter((file) => file.endsWith('.css')));
  for (const file of named.filter((name) => name.endsWith('.js'))) withImports(file, files);
  return files;
}

/** What a screen needs beyond the shell. */
function beyondShell(chunk: RegExp): string[] {
  const own = shell();
  const entry = assets.find((file) => chunk.test(file));
  if (!entry) throw new Error(`no file like ${chunk} in ${ROOT}/assets`);
  return [...withImports(`assets/${entry}`)].filter((file) => !own.has(file));
}

it('the shell loads at most 320 kB', () => {
  const files = [...shell()];
  expect(files.length).toBeGreaterThan(2);
  expect(gzipped(...files)).toBeLessThanOrEqual(SHELL);
  expect(files.filter((file) => /editor|charts|code-view/.test(file))).toEqual([]);
});

it('the editor adds at most 260 kB', () => {
  const files = beyondShell(/^code-view-.*\.js$/);
  expect(files.some((file) => /\/editor-/.test(file))).toBe(true);
  expect(gzipped(...files)).toBeLessThanOrEqual(EDITOR);
});

it('the block editor adds at most 260 kB', () => {
  const files = beyondShell(/^block-editor-.*\.js$/);
  expect(gzipped(...files)).toBeLessThanOrEqual(EDITOR);
});

it('the charts add at most 270 kB', () => {
  const files = beyondShell(/^echarts-.*\.js$/);
  expect(files.some((file) => /\/charts-/.test(file))).toBe(true);
  expect(gzipped(...files)).toBeLessThanOrEqual(CHARTS);
});

it('carries no font and no address of another server to load from', () => {
  expect(
    readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(woff2?|ttf|otf)$/.test(file)),
  ).toEqual([]);
  const page = readFileSync(path.join(ROOT, 'index.html'), 'utf8');
  expect([...page.matchAll(/(?:src|href)="(?!\/)[^"]*"/g)].map(([found]) => found)).toEqual([]);
});
