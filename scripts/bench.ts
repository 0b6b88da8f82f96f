import { parseArgs } from 'node:util';
import { bounce } from './bench/bounce.js';
import { contacts } from './bench/contacts.js';
import { crash } from './bench/crash.js';
import { importFile } from './bench/import.js';
import { mailbox } from './bench/mailbox.js';
import { pace } from './bench/pace.js';
import { prepare } from './bench/prepare.js';
import { render } from './bench/render.js';
import { report } from './bench/report.js';
import { reports } from './bench/reports.js';
import { scale } from './bench/scale.js';
import { segment } from './bench/segment.js';
import { send } from './bench/send.js';
import { trigger } from './bench/trigger.js';
import type { Benchmark } from './bench/report.js';

/** `npm run bench -- NAME [--option NUMBER …] [--json FILE]`; without a name it lists what there is. */
const BENCHMARKS: Record<string, Benchmark> = {
  render,
  send,
  scale,
  pace,
  crash,
  prepare,
  import: importFile,
  trigger,
  bounce,
  mailbox,
  report: reports,
  segment,
  contacts,
};

const [name = '', ...rest] = process.argv.slice(2);
const benchmark = BENCHMARKS[name];
if (!benchmark) {
  if (name) process.stderr.write(`There is no benchmark "${name}".\n`);
  for (const [key, { summary, options, flags = [] }] of Object.entries(BENCHMARKS)) {
    const given = Object.entries(options).map(([name, value]) => `--${name}${flags.includes(name) ? '' : ` ${value}`}`);
    process.stdout.write(`${key.padEnd(10)}${summary}\n${' '.repeat(10)}${given.join(' ')}\n`);
  }
  process.exit(name ? 2 : 0);
}

const { json, ...given } = readNumbers(rest, benchmark);
const options = { ...benchmark.options, ...given };
process.exitCode = report(name, options, await benchmark.run(options), json) ? 0 : 1;

/** The options of a benchmark are numbers. Ends the program with a sentence for anything else. */
function readNumbers(args: string[], { options: known, flags = [] }: Benchmark) {
  const type = (key: string) => ({ type: flags.includes(key) ? ('boolean' as const) : ('string' as const) });
  const declared = Object.fromEntries([...Object.keys(known), 'json'].map((key) => [key, type(key)]));
  try {
    const { json: file, ...numbers } = parseArgs({ args, options: declared }).values;
    const read = Object.entries(numbers).map(([key, value]) => [key, Number(value)] as const);
    const wrong = read.find(([, value]) => !(value >= 0));
    if (wrong) throw new Error(`--${wrong[0]} must be a number.`);
    return { ...Object.fromEntries(read), json: file as string | undefined };
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(2);
  }
}
