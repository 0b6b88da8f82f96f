import { emptyPace, grantTokens, returnTokens, usage } from './index.js';

const NOW = 1_764_000_000_000;
const limits = { perMinute: 30, perDay: 100 };

describe('tokens that were not used', () => {
  it('count for no minute and no day, and are granted again', () => {
    const granted = grantTokens(emptyPace(), { perDay: 100 }, NOW, 100);
    const { state } = granted;
    expect(grantTokens(state, { perDay: 100 }, NOW + 500, 1).granted).toBe(0);
    const back = returnTokens(state, NOW + 500, 40);
    expect(usage(back, { perDay: 100 }, NOW + 500).used).toEqual({ perDay: 60 });
    expect(grantTokens(back, { perDay: 100 }, NOW + 500, 100).granted).toBe(40);
  });

  it('leave those that count longest, and are never more than there are', () => {
    let state = grantTokens(emptyPace(), limits, NOW, 1).state;
    state = grantTokens(state, limits, NOW + 30_000, 1).state;
    const back = returnTokens(state, NOW + 31_000, 1);
    // Whichever of the two was used: it still counts until its minute is over.
    expect(usage(back, limits, NOW + 89_000).used).toEqual({ perMinute: 1, perDay: 1 });
    expect(usage(back, limits, NOW + 92_000).used).toEqual({ perMinute: 0, perDay: 1 });
    expect(usage(returnTokens(state, NOW + 31_000, 50), limits, NOW + 31_000).used).toEqual({
      perMinute: 0,
      perDay: 0,
    });
    expect(returnTokens(state, NOW, 0)).toBe(state);
  });
});
