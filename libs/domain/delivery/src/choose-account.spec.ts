import { byWeight } from './choose-account.js';

/** How often each of the accounts stands first in a thousand choices. */
function firsts(accounts: { name: string; weight: number; sound: number }[]): Record<string, number> {
  const count: Record<string, number> = {};
  for (let n = 0; n < 1_000; n += 1) {
    const { name } = byWeight(accounts, ({ sound }) => sound)[0]!;
    count[name] = (count[name] ?? 0) + 1;
  }
  return count;
}

it('an account stands first as often as its weight says', () => {
  const { a = 0, b = 0 } = firsts([
    { name: 'a', weight: 3, sound: 1 },
    { name: 'b', weight: 1, sound: 1 },
  ]);
  expect(a + b).toBe(1_000);
  expect(Math.abs(a - 750)).toBeLessThan(120);
});

it('the share of one with bad answers goes to the others, but for a part by which it can recover', () => {
  const { bad = 0 } = firsts([
    { name: 'good', weight: 1, sound: 1 },
    { name: 'bad', weight: 1, sound: 0 },
  ]);
  expect(bad).toBeGreaterThan(0);
  expect(bad).toBeLessThan(150);
});

it('one of no weight is the last choice', () => {
  expect(
    firsts([
      { name: 'none', weight: 0, sound: 1 },
      { name: 'some', weight: 1, sound: 0 },
    ]),
  ).toEqual({ some: 1_000 });
});
