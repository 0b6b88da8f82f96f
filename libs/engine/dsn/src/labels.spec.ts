import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readLabels } from './testing/labels.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'labels-'));
  writeFileSync(path.join(folder, 'a.eml'), 'Subject: x\n\nhello\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

const read = (...lines: string[]) => {
  writeFileSync(path.join(folder, 'labels.jsonl'), lines.join('\n'));
  return readLabels(folder);
};
const good = '{"file": "a.eml", "kind": "bounce"}';

it('labels name their mail, and mail without one is read all the same', () => {
  writeFileSync(path.join(folder, 'b.eml'), 'Subject: y\n\nhello\n');
  const { mails, labelled } = read(good, '');
  expect(labelled).toBe(1);
  expect(mails.map(({ name, kinds }) => [name, kinds])).toEqual([
    ['a.eml', ['bounce']],
    ['b.eml', []],
  ]);
});

it.each([
  ['{bad', 'line 1: is not a JSON object.'],
  ['[]', 'line 1: is not a JSON object.'],
  ['{"kind": "bounce"}', 'line 1: names no file.'],
  ['{"file": "none.eml", "kind": "bounce"}', 'line 1: there is no file none.eml.'],
  ['{"file": 5}', 'line 1: there is no file 5.'],
  ['{"file": "a.eml", "kind": "bounced"}', 'line 1: there is no kind bounced; there are bounce, delay,'],
])('a wrong label is named by its line, not passed over: %s', (line, problem) => {
  const { labelled, problems } = read(line, good);
  expect(labelled).toBe(1);
  expect(problems).toEqual([expect.stringContaining(`labels.jsonl, ${problem}`)]);
});
