import { RecentAnswers } from './recent-answers.js';

describe('RecentAnswers', () => {
  it('asks once for those who ask together, and again when the answer is old', async () => {
    const answers = new RecentAnswers<number>(10);
    let asked = 0;
    const ask = async () => (asked += 1);
    expect(await Promise.all([answers.get('a', 60_000, ask), answers.get('a', 60_000, ask)])).toEqual([1, 1]);
    expect(await answers.get('a', 60_000, ask)).toBe(1);
    expect(await answers.get('b', -1e9, ask)).toBe(2);
  });

  it('holds a dear answer longer than a cheap one', async () => {
    const answers = new RecentAnswers<number>(10);
    let asked = 0;
    const busy = async () => {
      const end = performance.now() + 20;
      while (performance.now() < end);
      return (asked += 1);
    };
    await answers.get('a', 0, busy);
    expect(await answers.get('a', 0, busy)).toBe(1);
  });

  it('does not keep a failure', async () => {
    const answers = new RecentAnswers<number>(10);
    await expect(answers.get('a', 60_000, () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await answers.get('a', 60_000, async () => 7)).toBe(7);
  });

  it('forgets the oldest beyond its size', async () => {
    const answers = new RecentAnswers<string>(2);
    for (const key of ['a', 'b', 'c']) await answers.get(key, 60_000, async () => `${key}1`);
    expect(await answers.get('c', 60_000, async () => 'c2')).toBe('c1');
    expect(await answers.get('a', 60_000, async () => 'a2')).toBe('a2');
  });
});
