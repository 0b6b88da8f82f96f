import { Vault } from './vault.js';

it('a new token key signs, and those before it are still read', () => {
  const master = { bytes: Buffer.alloc(32, 1) };
  const before = new Vault(master).tokenKeys;
  const after = new Vault(master, 2).tokenKeys;
  expect([before.current, after.current]).toEqual([1, 2]);
  expect(after.keys.get(1)).toEqual(before.keys.get(1));
  expect(after.keys.get(2)).not.toEqual(after.keys.get(1));
});
