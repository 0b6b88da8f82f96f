import type { Miss, Scorecard } from '../../libs/engine/dsn/src/testing/scorecard.js';
import type { Standing } from '../../libs/engine/dsn/src/testing/targets.js';

/** Targets of the same table that need a database or a mailbox, and what measures them. */
const MEASURED_ELSEWHERE: readonly [what: string, command: string][] = [
  ['forged reports acted on', 'npm run jest -- apps/inbound/src/forged-mail'],
  ['parse + classify + apply against mailparser', 'npm run bench -- bounce'],
];
const LONGEST = 300;

const say = (line = '') => process.stdout.write(`${line}\n`);

/** Every miss with its file, what its label says and what was read by which rule. */
export function printMisses(misses: readonly Miss[]): void {
  for (const { measure, name, expected, got, rule } of misses) {
    say(`${measure}: ${name}`);
    say(`    label    ${flat(expected)}`);
    say(`    verdict  ${flat(got)} [${rule}]`);
  }
  say(`${misses.length} misses`);
}

/** What the labels say beside the targets: statuses, reply codes, other kinds, other sets of replies. */
export function printOthers(card: Scorecard, table: readonly Standing[]): void {
  const shown = new Set(table.map(({ measure }) => measure));
  say();
  for (const measure of card.measures.filter((one) => !shown.has(one))) {
    const { right, all } = card.count(measure);
    say(`${measure.padEnd(50)}${percent(right / all).padStart(10)}  ${right} of ${all}`);
  }
}

export function printTable(folder: string, table: readonly Standing[]): void {
  say();
  say(`${folder}`);
  say(['target'.padEnd(50), 'reached'.padStart(10), 'land'.padStart(9), 'aim'.padStart(9)].join(''));
  for (const { name, value, detail, land, aim, unit, ok, aimed } of table) {
    const show = (n: number) => (unit === '%' ? percent(n) : String(Math.round(n)));
    const verdict = value === null ? 'not asked' : !ok ? 'MISSED' : aimed ? 'aim reached' : 'landed';
    const reached = value === null ? '–' : show(value);
    say(
      `${name.padEnd(50)}${reached.padStart(10)}${show(land).padStart(9)}${show(aim).padStart(9)}  ${verdict}  ${detail}`,
    );
  }
  for (const [what, command] of MEASURED_ELSEWHERE) say(`${what.padEnd(50)}  ${command}`);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function flat(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)} …` : line;
}
