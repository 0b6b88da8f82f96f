import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { abandonedJournals, journalDir } from './journals.js';

let dataDir: string;
beforeEach(() => (dataDir = mkdtempSync(path.join(tmpdir(), 'hongyan-test-'))));
afterEach(() => rmSync(dataDir, { recursive: true }));

it('finds no abandoned journal at the first start', () => {
  expect(abandonedJournals(dataDir, 1)).toEqual([]);
});

it('finds the journals of senders that are no longer there, and nothing else', () => {
  for (const name of ['1', '2', '3', '10', 'lost+found', '04']) {
    mkdirSync(path.join(dataDir, 'senders', name), { recursive: true });
  }
  expect(abandonedJournals(dataDir, 2)).toEqual([journalDir(dataDir, 3), journalDir(dataDir, 10)]);
  expect(abandonedJournals(dataDir, 10)).toEqual([]);
});
