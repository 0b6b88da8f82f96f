import { appendFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Journal } from './journal.js';
import type { ClaimedBatch } from './claim-batch.js';

let dir: string;
beforeEach(() => (dir = mkdtempSync(path.join(tmpdir(), 'journal-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const BATCH: ClaimedBatch = {
  id: '7',
  campaignId: '3',
  workspaceId: '1',
  provider: 'other',
  reserved: false,
  arm: 0,
  fence: '2',
};
const YES = { kind: 'accepted', code: 250, text: 'ok' } as const;
const LATER = { kind: 'deferred', code: 450, text: 'later' } as const;
const AT = '2026-11-22T05:25:16.000Z';

const open = (boot = 'boot-1') => new Journal(dir, boot);
const fileOf = () => path.join(dir, readdirSync(dir).find((name) => name.endsWith('.journal')) ?? '');

it('tells a successor who was about to be sent to and what was answered', () => {
  const pages = open().open(BATCH);
  pages.intend(1, '5');
  pages.answer(1, YES, AT, '5');
  pages.intend(2, '5');
  pages.release();
  const [record] = open().leftBehind();
  expect(record).toMatchObject({ batchId: '7', fence: '2', campaignId: '3' });
  expect([...(record?.intended ?? [])]).toEqual([
    [1, '5'],
    [2, '5'],
  ]);
  expect([...(record?.answered ?? [])]).toEqual([[1, { outcome: YES, at: AT, smtpAccountId: '5' }]]);
});

it('reads what was written before intents named their account', () => {
  const pages = open().open(BATCH);
  pages.intend(1, '5');
  pages.release();
  writeFileSync(fileOf(), readFileSync(fileOf(), 'utf8').replace('I 1 5', 'I 1'));
  expect([...(open().leftBehind()[0]?.intended ?? [])]).toEqual([[1, '']]);
});

it('takes the answer to an earlier try for no answer to a later one', () => {
  const pages = open().open(BATCH);
  pages.intend(1, '5');
  pages.answer(1, LATER, AT, '5');
  pages.intend(1, '5');
  pages.release();
  expect(open().leftBehind()[0]?.answered.size).toBe(0);
});

it('reads up to the byte at which it was cut, wherever that is', () => {
  const pages = open().open(BATCH);
  pages.intend(1, '5');
  pages.answer(1, YES, AT, '5');
  pages.intend(23, '5');
  pages.release();
  const whole = readFileSync(fileOf(), 'utf8');
  const header = whole.indexOf('\n') + 1;
  for (let cut = header; cut <= whole.length; cut += 1) {
    writeFileSync(fileOf(), whole.slice(0, cut));
    const [record] = open().leftBehind();
    const lines = whole.slice(header, cut).split('\n').length - 1;
    expect([...(record?.intended.keys() ?? [])]).toEqual([1, 23].slice(0, lines === 0 ? 0 : lines < 3 ? 1 : 2));
    expect(record?.answered.has(1)).toBe(lines >= 2);
  }
});

it('knows nothing of a batch whose header was cut, and leaves no file of it', () => {
  open().open(BATCH).release();
  writeFileSync(fileOf(), readFileSync(fileOf(), 'utf8').slice(0, 10));
  expect(open().leftBehind()).toEqual([]);
  expect(fileOf()).toBe(`${dir}`);
});

it('keeps one identity over restarts and tells another boot of the machine apart', () => {
  const first = open('boot-1');
  first.open(BATCH).release();
  const again = open('boot-2');
  expect(again.owner).toBe(first.owner);
  const [record] = again.leftBehind();
  expect(record && again.isOfThisBoot(record)).toBe(false);
  expect(record && open('boot-1').isOfThisBoot(record)).toBe(true);
});

it('takes nothing more once a write has failed, so that no message goes out unwritten', () => {
  const pages = open().open(BATCH);
  pages.release(); // the handle is gone: the next write fails as on a dead disk
  expect(() => pages.intend(1, '5')).toThrow();
  expect(() => pages.intend(2, '5')).toThrow();
  appendFileSync(fileOf(), '');
  expect(open().leftBehind()[0]?.intended.size).toBe(0);
});
