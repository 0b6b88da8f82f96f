import { buffer } from 'node:stream/consumers';
import { Workbook } from './workbook.js';
import { writeWorkbook } from './write-workbook.js';

async function read(bytes: Buffer): Promise<Record<string, string[][]>> {
  const workbook = await Workbook.open({
    bytes: bytes.length,
    head: bytes.subarray(0, 1024),
    read: (from: number, length: number) => Promise.resolve(bytes.subarray(from, from + length)),
  });
  const found: Record<string, string[][]> = {};
  for (const name of workbook.sheetNames) {
    const rows = (found[name] = [] as string[][]);
    for await (const piece of workbook.rows(name)) rows.push(...piece.rows.map(({ cells }) => [...cells]));
  }
  return found;
}

it('keeps texts as they are, whatever they begin with and hold', async () => {
  const odd = ['=1+1', '+86 138', '-2', '@SUM(A1)', ' 空 格 ', '<b>&"\'', 'two\nlines', '😀'];
  const file = await buffer(
    writeWorkbook([{ name: '收件人 & <1>', rows: [['a', 12, ''], odd, ['half \ud83d, bell \u0007']] }]),
  );
  expect(await read(file)).toEqual({ '收件人 & <1>': [['a', '12'], odd, ['half , bell ']] });
  expect(file.includes('<f>')).toBe(false);
});

it('goes on in another sheet where one is full, and takes its rows as they come', async () => {
  const rows = async function* (count: number) {
    for (let n = 1; n <= count; n += 1) yield await Promise.resolve([n]);
  };
  const sheets = [
    { name: 'full', rows: rows(4) },
    { name: 'more', rows: rows(5) },
    { name: 'none', rows: rows(0) },
  ];
  expect(await read(await buffer(writeWorkbook(sheets, 2)))).toEqual({
    full: [['1'], ['2']],
    'full 2': [['3'], ['4']],
    more: [['1'], ['2']],
    'more 2': [['3'], ['4']],
    'more 3': [['5']],
    none: [],
  });
});

it('ends with the error of its source', async () => {
  const rows = async function* () {
    yield await Promise.resolve(['a']);
    throw new Error('the database went away');
  };
  await expect(buffer(writeWorkbook([{ name: 'a', rows: rows() }]))).rejects.toThrow('the database went away');
});
