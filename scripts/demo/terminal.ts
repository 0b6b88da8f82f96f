const { stdout } = process;
const colours = stdout.isTTY && !process.env.NO_COLOR;
const paint = (code: number) => (text: string) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);
export const bold = paint(1);
export const dim = paint(2);
export const green = paint(32);
export const red = paint(31);

export function say(line = ''): void {
  stdout.write(`${line}\n`);
}

/** A numbered step of the demo with what came of it. */
export function step(title: string, result: string): void {
  say(`${green('✓')} ${pad(title, 18)} ${result}`);
}

/** One line that is written over again; where nobody watches (a pipe), a new line every five seconds. */
export class LiveLine {
  private written = Date.now();

  show(text: string): void {
    if (stdout.isTTY) {
      stdout.write(`\r\u001b[2K${text}`);
    } else if (Date.now() - this.written > 5_000) {
      this.written = Date.now();
      say(text);
    }
  }

  clear(): void {
    if (stdout.isTTY) stdout.write('\r\u001b[2K');
  }
}

export function bar(done: number, of: number, width = 24): string {
  const full = of === 0 ? width : Math.round((Math.min(done, of) / of) * width);
  return `${'█'.repeat(full)}${dim('░'.repeat(width - full))}`;
}

export const count = (n: number): string => n.toLocaleString('en-US');
export const percent = (n: number, of: number): string => (of === 0 ? '–' : `${((n / of) * 100).toFixed(1)} %`);

/**
 * Rows under a title.
 * @param align one letter for each column: l left, r right
 */
export function table(title: string, align: string, rows: readonly (readonly string[])[]): void {
  const widths = [...align].map((_, column) => Math.max(0, ...rows.map((row) => width(row[column] ?? ''))));
  say(`\n${bold(title)}`);
  for (const row of rows) {
    const cells = widths.map((to, column) => (align[column] === 'l' ? pad : padLeft)(row[column] ?? '', to));
    say(`  ${cells.join('   ')}`.trimEnd());
  }
}

export function pad(text: string, to: number): string {
  return text + ' '.repeat(Math.max(0, to - width(text)));
}

function padLeft(text: string, to: number): string {
  return ' '.repeat(Math.max(0, to - width(text))) + text;
}

/** Columns on a terminal: a Chinese character takes two. */
function width(text: string): number {
  let columns = 0;
  for (const character of text)
    columns += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/.test(character) ? 2 : 1;
  return columns;
}
