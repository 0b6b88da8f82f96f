import { togetherOrAlone } from './index.js';

/** Work that can't be done with a list in which one of these stands; each list that was tried is noted. */
function refusing(refused: readonly number[], failure: unknown = new Error('poison')) {
  const tried: number[][] = [];
  const work = (items: readonly number[]) => {
    tried.push([...items]);
    return items.some((item) => refused.includes(item))
      ? Promise.reject(failure as Error)
      : Promise.resolve(items.length);
  };
  return { tried, work };
}

it('does all at once, and nothing where there is nothing', async () => {
  const { tried, work } = refusing([]);
  expect(await togetherOrAlone([1, 2, 3], work)).toEqual([3]);
  expect(await togetherOrAlone([], work)).toEqual([]);
  expect(tried).toEqual([[1, 2, 3]]);
});

it('does each alone where that fails, and tells of the first failure after all were tried', async () => {
  const { tried, work } = refusing([1, 3]);
  await expect(togetherOrAlone([1, 2, 3, 4], work)).rejects.toThrow('poison');
  expect(tried).toEqual([[1, 2, 3, 4], [1], [2], [3], [4]]);
});

it('does not try the others alone where the connection is lost', async () => {
  const { tried, work } = refusing([1], Object.assign(new Error('gone'), { code: 'ECONNREFUSED' }));
  await expect(togetherOrAlone([1, 2], work)).rejects.toThrow('gone');
  expect(tried).toEqual([[1, 2]]);
});
