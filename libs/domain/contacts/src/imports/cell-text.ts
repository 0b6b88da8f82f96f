/** What spreadsheets run as a formula when a cell starts with it. */
const FORMULA = /^[=+\-@\t\r]/;
const NEUTRALISED = /^'[=+\-@\t\r]/;

/** A cell that no spreadsheet takes for a formula: `'` before a leading = + - @, tab or CR. */
export function neutraliseFormula(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

/** Takes away what {@link neutraliseFormula} put before a cell, so that a file goes out and comes back the same. */
export function undoNeutralised(cell: string): string {
  return NEUTRALISED.test(cell) ? cell.slice(1) : cell;
}

/** One line of a CSV file with CRLF, every cell neutralised and quoted where it must be. */
export function csvLine(cells: readonly string[]): string {
  const quoted = cells.map((cell) => {
    const safe = neutraliseFormula(cell);
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  });
  return `${quoted.join(',')}\r\n`;
}
