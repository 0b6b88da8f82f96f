import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { cpuMs } from '#platform/testing';
import { CsvReader, RECORD_MAX } from './csv-reader.js';
import type { CsvRecord } from './csv-reader.js';

/** Reads `text` cut into pieces of `size` characters. */
function read(text: string, size = text.length || 1, delimiter = ',', newline: '\n' | '\r' = '\n'): CsvRecord[] {
  const reader = new CsvReader({ delimiter, newline });
  const records: CsvRecord[] = [];
  for (let at = 0; at < text.length; at += size) records.push(...reader.push(text.slice(at, at + size)));
  records.push(...reader.end());
  return records;
}
const rows = (records: CsvRecord[]) => records.map(({ line, cells }) => [line, ...cells]);
const problems = (records: CsvRecord[]) => records.map(({ line, problem }) => [line, problem?.code ?? 'ok']);

describe('CsvReader', () => {
  it('reads quotes, line ends inside them, CRLF and a last line without an end, wherever the text is cut', () => {
    const text = 'a,b\r\n"x ""1""","two\r\nlines"\r\n\r\n  ,\r\nlast,"q"';
    for (let size = 1; size <= text.length; size++) {
      expect(rows(read(text, size))).toEqual([
        [1, 'a', 'b'],
        [2, 'x "1"', 'two\r\nlines'],
        [6, 'last', 'q'],
      ]);
    }
  });

  it('takes a quote inside an unquoted cell as text', () => {
    expect(rows(read('5" pipe,x\n"y",6"\n'))).toEqual([
      [1, '5" pipe', 'x'],
      [2, 'y', '6"'],
    ]);
  });

  it('reads other delimiters and the line ends of very old files', () => {
    expect(rows(read('a;b\r"c\rd";e', 3, ';', '\r'))).toEqual([
      [1, 'a', 'b'],
      [2, 'c\rd', 'e'],
    ]);
  });

  it('reports text behind a closing quote with its line and goes on', () => {
    for (const size of [1, 7, 100]) {
      expect(problems(read('ok,1\n"bad"x,2\nok,3\n', size))).toEqual([
        [1, 'ok'],
        [2, 'QUOTE_INVALID'],
        [3, 'ok'],
      ]);
    }
  });

  it('reports a quote that never closes where it opens, and reads the lines after it', () => {
    const text = `ok,1\n"open,2\n${'ok,3\n'.repeat(20_000)}`;
    const result = read(text, 5_000);
    expect(result).toHaveLength(20_002);
    expect(problems(result).filter(([, code]) => code !== 'ok')).toEqual([[2, 'QUOTE_NOT_CLOSED']]);
    expect(result.at(-1)?.line).toBe(20_002);
    expect(problems(read('a\n"b\nc', 2))).toEqual([
      [1, 'ok'],
      [2, 'QUOTE_NOT_CLOSED'],
      [3, 'ok'],
    ]);
  });

  it('passes over a line of any length with memory that stays flat', () => {
    const reader = new CsvReader({ delimiter: ',', newline: '\n' });
    const found = [...reader.push('ok\n')];
    const piece = 'x'.repeat(RECORD_MAX);
    for (let n = 0; n < 500; n++) found.push(...reader.push(piece));
    found.push(...reader.push('\nok'), ...reader.end());
    expect(problems(found)).toEqual([
      [1, 'ok'],
      [2, 'ROW_TOO_LONG'],
      [3, 'ok'],
    ]);
    expect(found[1]?.cells[0]?.length).toBeLessThanOrEqual(2_000);
  });

  it('refuses a row of too many columns', () => {
    expect(problems(read(`${','.repeat(600)}\na,b`))).toEqual([
      [1, 'TOO_MANY_COLUMNS'],
      [2, 'ok'],
    ]);
    expect(problems(read(`${'"a",'.repeat(1_000_000)}\na,b`, 50_000)).map(([, code]) => code)).toEqual([
      'ROW_TOO_LONG',
      'ok',
    ]);
  });

  it('stays linear on quotes made to be rescanned', () => {
    for (const line of ['"a""\n', '"\n""\n', '"""\n', '","\n', '"x"y\n']) {
      const text = line.repeat(Math.ceil(2_000_000 / line.length));
      expect(cpuMs(() => read(text, 65_536))).toBeLessThan(10_000);
    }
  });

  it('agrees with csv-parse on well-formed files', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '好', ' ', '"', ',', '\n', ';', "'"), maxLength: 6 });
    const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 8 });
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 20 }), (cells, size) => {
        const filled = cells.map((row) => ['k', ...row]);
        const text = filled.map((row) => row.map(quote).join(',')).join('\n');
        const expected = parse(text, { relax_column_count: true, info: true }) as unknown as Array<{
          record: string[];
        }>;
        expect(read(text, size).map((record) => record.cells)).toEqual(expected.map(({ record }) => record));
      }),
    );
  });

  const quote = (cell: string) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
});
