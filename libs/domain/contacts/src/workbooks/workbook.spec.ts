import { makeWorkbook, makeZip } from '#platform/testing';
import { showNumber, styleOf } from './cell-value.js';
import { WorkbookDamaged } from './workbook-damaged.js';
import { Workbook } from './workbook.js';

const stored = (bytes: Buffer) => ({
  bytes: bytes.length,
  head: bytes.subarray(0, 1024),
  read: (from: number, length: number) => Promise.resolve(bytes.subarray(from, from + length)),
});
async function rowsOf(bytes: Buffer, sheet?: string) {
  const workbook = await Workbook.open(stored(bytes));
  const found: string[][] = [];
  for await (const { rows } of workbook.rows(sheet ?? workbook.sheetNames[0]!)) {
    found.push(...rows.map(({ line, cells }) => [String(line), ...cells]));
  }
  return found;
}
/** A workbook of one sheet in these words. */
const raw = (sheet: string, others: Record<string, string> = {}) =>
  makeZip({
    'xl/workbook.xml':
      '<x:workbook xmlns:x="x"><x:sheets><x:sheet name="S" sheetId="1" r:id="a"/></x:sheets></x:workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="a" Type="t/worksheet" Target="/xl/s.xml"/><Relationship Id="b" Type="t/sharedStrings" Target="t.xml"/></Relationships>',
    'xl/s.xml': sheet,
    ...others,
  });

describe('a workbook', () => {
  it('gives telephone numbers and postcodes whole, dates as dates, and each row with its number', async () => {
    const bytes = makeWorkbook({
      客户: [
        ['邮箱', '电话', '邮编', '生日', '入会'],
        [
          'a@example.com',
          13812345678,
          { value: '1234', style: 3 },
          { value: '45292', style: 1 },
          { value: '45292.5', style: 4 },
        ],
        [],
        ['b&c@example.com', null, null, { value: '45293', style: 2 }],
      ],
      备注: [['x']],
    });
    expect((await Workbook.open(stored(bytes))).sheetNames).toEqual(['客户', '备注']);
    expect(await rowsOf(bytes)).toEqual([
      ['1', '邮箱', '电话', '邮编', '生日', '入会'],
      ['2', 'a@example.com', '13812345678', '001234', '2024-01-01', '2024-01-01 12:00:00'],
      ['4', 'b&c@example.com', '', '', '2024-01-02'],
    ]);
    expect(await rowsOf(bytes, '备注')).toEqual([['1', 'x']]);
  });

  it('reads prefixes, inline and rich text, cells without references, results of formulas and truth values', async () => {
    const sheet = `<x:worksheet xmlns:x="x"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:r><x:t>李</x:t></x:r><x:r><x:t>明</x:t></x:r>
      <x:rPh><x:t>りめい</x:t></x:rPh></x:is></x:c><x:c t="str"><x:f>A1</x:f><x:v>x@example.com</x:v></x:c>
      <x:c t="b"><x:v>1</x:v></x:c><x:c><x:v>1.3812345678E10</x:v></x:c><x:c t="s"><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>`;
    const strings = '<sst><si><r><t>杭</t></r><r><t>州</t></r><rPh><t>こう</t></rPh></si></sst>';
    expect(await rowsOf(raw(sheet, { 'xl/t.xml': strings }))).toEqual([
      ['1', '李明', 'x@example.com', 'true', '13812345678', '杭州'],
    ]);
  });

  it.each([
    ['0.30000000000000004', 0, undefined, '0.3'],
    ['110101199003078515', 0, undefined, '110101199003078515'],
    ['0.0000001', 0, undefined, '0.0000001'],
    ['59', 14, undefined, '1900-02-28'],
    ['61', 14, undefined, '1900-03-01'],
    ['0.75', 20, undefined, '18:00:00'],
    ['1234.5', 164, '#,##0.00_);[Red](#,##0.00)', '1234.5'],
    ['45292', 164, '[$-804]yyyy"年"m"月";@', '2024-01-01'],
    ['45292', 164, '0.00E+00', '45292'],
  ])('shows %s in format %i %s as %s', (value, id, code, shown) => {
    expect(showNumber(value, styleOf(id, code), false)).toBe(shown);
  });

  it.each([
    ['is no archive', Buffer.from('PK\u0003\u0004 nothing')],
    ['has no workbook', makeZip({ 'a.txt': 'a' })],
    ['inflates without end', raw('<worksheet>'.padEnd(70 * 1024 * 1024, ' '))],
    ['has a document type', raw('<!DOCTYPE x [<!ENTITY a "a">]><worksheet/>')],
    [
      'has a text without end',
      raw(`<worksheet><sheetData><row><c><v>${'1'.repeat(9_000_000)}</v></c></row></sheetData></worksheet>`),
    ],
    ['is cut', raw('<worksheet><sheetData><row></worksheet>')],
  ])('that %s is refused', async (_, bytes) => {
    await expect(rowsOf(bytes)).rejects.toBeInstanceOf(WorkbookDamaged);
  });
});
