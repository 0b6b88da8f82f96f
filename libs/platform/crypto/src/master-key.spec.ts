import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { MasterKeyError, loadMasterKey, makeMasterKey, readMasterKey, settleMasterKey } from './index.js';

let test: TestDatabase;
let dataDir: string;
let file: string;
beforeAll(async () => (test = await createTestDatabase()));
afterAll(() => test.drop());
beforeEach(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'hongyan-test-'));
  file = path.join(dataDir, 'master.key');
  await test.db.run('DELETE FROM instance');
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const settle = (options: { holdsData: boolean; replace?: boolean; base64?: string }) =>
  settleMasterKey(
    test.db,
    { base64: options.base64 ?? '', file },
    { holdsData: options.holdsData, replace: options.replace ?? false },
  );
const other = (byte: number) => Buffer.alloc(32, byte).toString('base64');

describe('the master key', () => {
  it('is made readable for its owner alone, once, and read again', () => {
    const made = makeMasterKey(file);
    expect(made.bytes).toHaveLength(32);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(makeMasterKey(file).bytes).toEqual(made.bytes);
    expect(loadMasterKey('', file).bytes).toEqual(made.bytes);
    expect(loadMasterKey(other(3), file).bytes).toEqual(Buffer.alloc(32, 3));
  });

  it('is not made by a process that finds none', () => {
    expect(readMasterKey({ base64: '', file })).toBeNull();
    expect(() => loadMasterKey('', file)).toThrow(`MASTER_KEY is empty and ${file} is missing`);
    expect(readMasterKey({ base64: '', file })).toBeNull();
  });

  it.each(['', 'short', `${other(1)}x`, `!!!${other(1)}`, `${other(1)}\n${other(2)}`])(
    'is refused with the remedy when the file holds %j',
    (text) => {
      writeFileSync(file, text);
      expect(() => readMasterKey({ base64: '', file })).toThrow(MasterKeyError);
      expect(() => readMasterKey({ base64: '', file })).toThrow(
        `The master key ${file} is not 32 bytes in base64. Restore the file from the backup`,
      );
    },
  );

  it('names MASTER_KEY when that is malformed, and a file that can not be read', () => {
    expect(() => readMasterKey({ base64: 'x', file })).toThrow('in MASTER_KEY is not 32 bytes in base64. Correct');
    mkdirSync(file);
    chmodSync(file, 0o700);
    expect(() => readMasterKey({ base64: '', file })).toThrow(`${file} can't be read (EISDIR)`);
  });
});

describe('the master key and its database', () => {
  it('is made for an empty database, and known from then on', async () => {
    expect(await settle({ holdsData: false })).toBe('first');
    expect(await settle({ holdsData: true })).toBe('known');
  });

  it('is taken over by a database that has never seen one', async () => {
    makeMasterKey(file);
    expect(await settle({ holdsData: true })).toBe('first');
    expect(await settle({ holdsData: true })).toBe('known');
  });

  it('is not replaced when it is missing and the database holds data', async () => {
    await expect(settle({ holdsData: true })).rejects.toThrow(
      `The master key ${file} is missing, but the database holds data that was made with it. Restore the file from the backup`,
    );
    expect(readMasterKey({ base64: '', file })).toBeNull();
  });

  it('is refused when another one was used, in the file and in MASTER_KEY', async () => {
    await settle({ holdsData: true, base64: other(1) });
    await expect(settle({ holdsData: true, base64: other(2) })).rejects.toThrow(
      'in MASTER_KEY is not the one this database was used with. Set MASTER_KEY to the one in the backup',
    );
    writeFileSync(file, other(3));
    await expect(settle({ holdsData: true })).rejects.toThrow(`${file} is not the one this database was used with`);
    expect(await settle({ holdsData: true, base64: other(1) })).toBe('known');
  });

  it('is replaced where the operator says so, or nothing depends on it yet', async () => {
    await settle({ holdsData: true, base64: other(1) });
    expect(await settle({ holdsData: true, replace: true })).toBe('replaced');
    expect(await settle({ holdsData: true })).toBe('known');
    expect(await settle({ holdsData: false, base64: other(4) })).toBe('first');
  });
});
