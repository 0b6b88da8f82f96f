import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';

/** A figure beside its reference of the same run; figures of shared machines mean nothing alone. */
export interface Row {
  metric: string;
  value: number;
  unit: string;
  /** What it is compared with, measured in the same run and the same unit. */
  reference: number | null;
  /** How many times as good as the reference; null where there is none. */
  ratio: number | null;
  must: number | null;
  aim: number | null;
  /** Where less is better the ratio must stay below `must`. */
  lessIsBetter?: true;
  ok: boolean;
}

/** Something a benchmark makes sure of: a fast wrong answer is no answer. */
export interface Check {
  name: string;
  ok: boolean;
  detail: string;
}

export interface Result {
  checks: Check[];
  rows: Row[];
}

/** One benchmark of `npm run bench`. */
export interface Benchmark {
  summary: string;
  /** Numbers by name, with what they are when they are not given. */
  options: Record<string, number>;
  /** Options that are given without a number, meaning 1. */
  flags?: string[];
  run(options: Record<string, number>): Promise<Result>;
}

/** A row whose ratio must reach `must`. */
export function row(
  metric: string,
  unit: string,
  [value, reference, ratio]: readonly [value: number, reference: number | null, ratio: number | null],
  [must, aim]: readonly [must: number | null, aim: number | null] = [null, null],
): Row {
  return { metric, value, unit, reference, ratio, must, aim, ok: must === null || ratio === null || ratio >= must };
}

/** A row of a cost: its ratio must stay at or below `must`. */
export function rowAtMost(
  metric: string,
  unit: string,
  [value, reference, ratio]: readonly [value: number, reference: number | null, ratio: number | null],
  [must, aim]: readonly [must: number | null, aim: number | null] = [null, null],
): Row {
  const ok = must === null || ratio === null || ratio <= must;
  return { metric, value, unit, reference, ratio, must, aim, lessIsBetter: true, ok };
}

/** Prints a result for people, writes it for programs, and says whether it is good enough. */
export function report(
  name: string,
  options: Record<string, number>,
  result: Result,
  file: string | undefined,
): boolean {
  const { checks, rows } = result;
  const say = (line: string) => process.stdout.write(`${line}\n`);
  say(
    `\n${name} ${Object.entries(options)
      .map(([key, value]) => `--${key} ${value}`)
      .join(' ')}`,
  );
  say(
    ['metric'.padEnd(44), ...['value', 'reference', 'ratio', 'must', 'aim'].map((word) => word.padStart(12))].join(''),
  );
  for (const { metric, value, unit, reference, ratio, must, aim, lessIsBetter, ok } of rows) {
    const times = (n: number | null) => (n === null ? '' : `${short(n)}×`).padStart(12);
    const mark = (n: number | null) => (lessIsBetter && n !== null ? `≤ ${short(n)}×`.padStart(12) : times(n));
    const figures = [short(value).padStart(12), (reference === null ? '' : short(reference)).padStart(12)];
    say(
      `${`${metric} (${unit})`.padEnd(44)}${figures.join('')}${times(ratio)}${mark(must)}${mark(aim)}${ok ? '' : '  missed'}`,
    );
  }
  for (const check of checks) say(`${check.ok ? '✓' : '✗'} ${check.name}: ${check.detail}`);
  if (file) {
    const { machine, commit } = where();
    writeFileSync(file, `${JSON.stringify({ name, options, machine, commit, checks, rows }, null, 2)}\n`);
  }
  return checks.every(({ ok }) => ok) && rows.every(({ ok }) => ok);
}

function short(n: number): string {
  if (n >= 100) return Math.round(n).toLocaleString('en');
  return n.toPrecision(3);
}

function where(): { machine: string; commit: string } {
  const memory = Math.round(totalmem() / 2 ** 30);
  const machine = `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}, ${memory} GiB, Node ${process.version}`;
  return { machine, commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim() };
}
