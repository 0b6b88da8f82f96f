import { inRounds } from './rounds.js';

it('entries that share a key stand in rounds one after the other, all others in the first that can have them', () => {
  const entries = ['a', 'b', 'ab', 'c', 'bc', 'a'];
  expect(inRounds(entries, (entry) => [...entry])).toEqual([['a', 'b', 'c'], ['ab'], ['bc', 'a']]);
  expect(inRounds([], () => [])).toEqual([]);
});
